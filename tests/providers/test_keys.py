"""A key comes from an argument, the environment or the keyring, and shows four letters."""

import pytest

from stillreel.providers import keys

NAMES = ("ACME_KEY", "ACME_TOKEN")
FILED = {"ACME_TOKEN": "filed-0123456789"}


def keyring(name: str) -> str:
    return FILED.get(name, "")


def test_the_argument_wins_then_the_environment_then_the_keyring() -> None:
    environment = {"ACME_TOKEN": " env-0123456789\n"}
    given = keys.find(NAMES, environment, "arg-0123456789", keyring)
    assert given == keys.Key("arg-0123456789", "argument")
    assert keys.find(NAMES, environment, "", keyring) == keys.Key("env-0123456789", "ACME_TOKEN")
    assert keys.find(NAMES, {}, "", keyring) == keys.Key("filed-0123456789", "keyring ACME_TOKEN")
    assert keys.find(("OTHER",), {"OTHER": " "}, "", keyring) is None


def test_a_key_shows_its_source_and_four_letters_and_never_itself() -> None:
    key = keys.Key("sk-0123456789abcd", "ACME_KEY")
    assert str(key) == "ACME_KEY (...abcd)"
    assert "0123" not in f"{key} {key!r}"
    assert str(keys.Key("short", "ACME_KEY")) == "ACME_KEY"


def test_without_the_extra_there_is_no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "keyring", None)
    assert keys.find(NAMES, {}) is None
