"""One run at a time on one folder; a dead run holds nothing."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from stillreel.errors import ProjectBusy
from stillreel.ledger.lock import held, is_held

HOLDER = (
    "import sys, time\n"
    "from pathlib import Path\n"
    "from stillreel.ledger.lock import held\n"
    "with held(Path(sys.argv[1]), 'stillreel run, process 4711'):\n"
    "    print('held', flush=True)\n"
    "    sys.stdin.read()\n"
)


def test_the_second_run_is_told_who_holds_the_folder(tmp_path: Path) -> None:
    with (
        held(tmp_path / ".stillreel", "stillreel run, process 4711"),
        pytest.raises(ProjectBusy, match="process 4711"),
        held(tmp_path / ".stillreel", "another"),
    ):
        pass


def test_the_folder_is_free_after_the_run(tmp_path: Path) -> None:
    for who in ("first", "second"):
        with held(tmp_path, who):
            assert (tmp_path / "lock").read_text() == who


def test_a_killed_run_leaves_the_folder_free(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(ProjectBusy), held(tmp_path, "me"):
            pass
        os.kill(other.pid, signal.SIGKILL)
        other.wait()
    with held(tmp_path, "me"):
        assert (tmp_path / "lock").read_text() == "me"


def test_whoever_asks_learns_whether_a_run_is_at_work_and_keeps_nobody_out(tmp_path: Path) -> None:
    assert not is_held(tmp_path / "never")
    with held(tmp_path, "me"):
        assert is_held(tmp_path)
    assert not is_held(tmp_path)
    with held(tmp_path, "another"):
        assert (tmp_path / "lock").read_text() == "another"
