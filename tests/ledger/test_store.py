"""Files by digest: written whole or not at all, and known when damaged."""

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from stillreel.errors import StorageError
from stillreel.ledger.store import FileStore, write_atomic
from stillreel.values.take import StoredFile


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "files")


def test_the_same_bytes_are_stored_once(store: FileStore) -> None:
    first = store.keep(b"panel", "image/png", "panel-1")
    second = store.keep(b"panel", "image/png", "panel-2")
    assert first.digest == second.digest
    assert len([path for path in store.folder.rglob("*") if path.is_file()]) == 1


def test_stored_bytes_cannot_be_written_through_their_path(store: FileStore) -> None:
    kept = store.keep(b"panel", "image/png")
    mode = store.path(kept.digest, kept.media_type).stat().st_mode & 0o777
    assert mode == 0o444


def test_a_changed_byte_is_noticed_and_set_aside(store: FileStore) -> None:
    kept = store.keep(b"panel", "image/png")
    path = store.path(kept.digest, kept.media_type)
    path.chmod(0o644)
    path.write_bytes(b"pAnel")
    assert not store.sound(kept)
    aside = store.set_aside(kept)
    assert aside.read_bytes() == b"pAnel"
    assert not path.exists()
    assert store.sound(store.keep(b"panel", "image/png"))


def test_a_file_cut_short_is_not_sound_and_is_written_again(store: FileStore) -> None:
    kept = store.keep(b"panel" * 100, "image/png")
    path = store.path(kept.digest, kept.media_type)
    path.chmod(0o644)
    path.write_bytes(b"panel")
    assert not store.sound(kept)
    store.keep(b"panel" * 100, "image/png")
    assert store.sound(kept)


def test_a_missing_file_is_not_sound(store: FileStore) -> None:
    assert not store.sound(StoredFile("ab" * 32, "image/png", 5))


def test_no_half_file_is_left_when_writing_fails(tmp_path: Path) -> None:
    # A real limit of the kernel on file size stands in for a full disk.
    program = (
        "import resource, signal, sys\n"
        "from pathlib import Path\n"
        "from stillreel.errors import StorageError\n"
        "from stillreel.ledger.store import write_atomic\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))\n"
        "try:\n"
        "    write_atomic(Path(sys.argv[1]) / 'film.mp4', bytes(100_000))\n"
        "except StorageError as error:\n"
        "    print(error)\n"
    )
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] != 4096
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert "The disk is full" in done.stdout
    assert "run the same command again" in done.stdout
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_is_said_in_a_sentence(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    with pytest.raises(StorageError, match="cannot be written"):
        write_atomic(tmp_path / "film.toml", b"format = 1")
