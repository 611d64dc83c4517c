"""Write the three requirements*.lock files: every package at one exact version.

Resolution is done by `pip install --report` in a throw-away environment, so the files hold what a
fresh machine of this kind would get.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import tomllib
import venv
from pathlib import Path

TORCH = "2.13.0"
"""Held here: a newer one may come as a build for cards alone, of several gigabytes."""
ROOT = Path(__file__).resolve().parent.parent


def resolve(wanted: list[str], known: dict[str, str]) -> list[tuple[str, str, str]]:
    """Return name, version and SHA-256 of every package that `wanted` brings, sorted."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        venv.create(home / "venv", with_pip=True)
        report = home / "report.json"
        pins = home / "pins.txt"
        pins.write_text("".join(f"{name}=={version}\n" for name, version in known.items()))
        python = str(home / "venv" / "bin" / "python")
        command = [python, "-m", "pip", "install", "--quiet", "--ignore-installed", "--dry-run"]
        command += ["--only-binary=:all:", "--constraint", str(pins), "--report", str(report)]
        subprocess.run([*command, *wanted], check=True)
        found = json.loads(report.read_text())["install"]
    rows = [
        (
            one["metadata"]["name"].lower().replace("_", "-"),
            # `+cpu` and the like name a build, which another machine may not have
            one["metadata"]["version"].partition("+")[0],
            one["download_info"]["archive_info"].get("hashes", {}).get("sha256", ""),
        )
        for one in found
    ]
    return sorted(rows)


def write(path: Path, rows: list[tuple[str, str, str]], words: str) -> None:
    """Write one lock file."""
    lines = [f"# {words} Made by tools/lock.py; commit what changes.\n"]
    lines += [f"{name}=={version}\n" for name, version, _ in rows]
    path.write_text("".join(lines))


def main() -> None:
    """Resolve the run-time set first, then the tools on top of it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    runtime = project["project"]["dependencies"]
    extras = project["project"]["optional-dependencies"]
    tools = project["dependency-groups"]["dev"]
    base = resolve([*runtime, "hatchling", "editables"], {})
    write(ROOT / "requirements.lock", base, "Everything a film needs.")
    known = {name: version for name, version, _ in base}
    local = extras.pop("local")
    everything = [*tools, *(one for extra in extras.values() for one in extra)]
    every = resolve([*runtime, *everything], known)
    more = [row for row in every if row[0] not in known]
    write(ROOT / "requirements-dev.lock", more, "What the tests and linters need besides.")
    known |= {name: version for name, version, _ in more}
    heavy = resolve([*runtime, *everything, *local], {**known, "torch": TORCH})
    models = [row for row in heavy if row[0] not in known]
    write(ROOT / "requirements-local.lock", models, "What models on this machine need besides.")
    told = f"{len(base)} packages, {len(more)} more for development, {len(models)} for models\n"
    sys.stdout.write(told)


if __name__ == "__main__":
    main()
