"""film.toml: defaults that work, mistakes told with their lines."""

from pathlib import Path

import pytest

from stillreel.production import folder, settings
from stillreel.values.money import Money


def load(tmp_path: Path, text: str) -> tuple[settings.FilmSettings | None, list[str]]:
    (tmp_path / "film.toml").write_text(text)
    found, problems = settings.load(tmp_path)
    return found, [str(problem) for problem in problems]


def test_a_new_film_toml_has_no_problem_and_says_the_defaults(tmp_path: Path) -> None:
    written, problems = load(tmp_path, folder.film_toml())
    empty, _ = load(tmp_path, "")
    assert problems == []
    assert written == empty


def test_every_key_of_a_new_film_toml_is_known_and_no_known_key_is_missing() -> None:
    import tomllib

    text = tomllib.loads(folder.film_toml())
    model = settings.FilmSettings.model_fields
    assert set(text) == set(model)
    for name, table in text.items():
        if isinstance(table, dict):
            kind = model[name].annotation
            assert kind is not None
            assert set(table) == set(kind.model_fields), name


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (
            "[bakeoff]\ncounts = { identity = 0, attributes = 0, plan = 0 }",
            2,
            "Nothing counts",
        ),
        ('titel = "x"', 1, "title"),
        ('format = 1\nratio = "16:10"', 2, "16:9"),
        ("fps = 23", 1, "24"),
        ("[film]\nheight = 10", 2, "144"),
        ('[money]\nceiling_usd = "lots"', 2, 'Write an amount in US dollars such as "5.00"'),
        ('[money]\nstage_usd = { clip = "1,50" }', 2, 'such as "5.00"'),
        ('[money]\neach_usd = { clips = "1.50" }', 2, "Did you mean 'clip'?"),
        ("[make]\nsheets = 3", 2, "list"),
        ('title = "open', 1, "TOML"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_what_to_write(
    tmp_path: Path, text: str, line: int, words: str
) -> None:
    found, problems = load(tmp_path, text)
    assert found is None
    assert len(problems) == 1
    assert problems[0].startswith(f"film.toml:{line}: ")
    assert words in problems[0]


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    found, problems = load(tmp_path, 'titel = "x"\nfps = 23\n[film]\nheight = "tall"\n')
    assert found is None
    assert [problem.split(":")[1] for problem in problems] == ["1", "2", "4"]


def test_a_folder_without_film_toml_is_told_how_to_begin(tmp_path: Path) -> None:
    found, problems = settings.load(tmp_path)
    assert found is None
    assert "stillreel new STORY DIR" in str(problems[0])


def test_the_ceiling_is_exact_money(tmp_path: Path) -> None:
    found, _ = load(tmp_path, '[money]\nceiling_usd = "12.345678"')
    assert found is not None
    assert found.ceiling == Money(12_345_678)
