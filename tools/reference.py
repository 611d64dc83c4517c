"""Write docs/reference/ from the code, so that the reference cannot drift from the program.

Run it after changing a command, a TOML key, an error or a word of the scene vocabulary; a test
compares the files with what this would write.
"""

from __future__ import annotations

import ast
import inspect
import re
import sys
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from pydantic import BaseModel
from pydantic_core import PydanticUndefined

from stillreel import errors
from stillreel.cli.verbs import EXIT_CODES, GROUPS
from stillreel.plan import nouns as plan
from stillreel.production import settings
from stillreel.values import scene

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = ROOT / "docs" / "reference"
MADE = "<!-- Made by tools/reference.py from the code; edit the code instead. -->\n"


def pages() -> dict[str, str]:
    """Return every page of the reference: file name -> Markdown."""
    return {
        "commands.md": commands(),
        "film-toml.md": film_toml(),
        "plan-files.md": plan_files(),
        "errors.md": error_tree(),
        "words.md": words(),
    }


def commands() -> str:
    """Return the page on every verb and its options."""
    lines = [MADE, "# Commands\n", f"Exit codes: {EXIT_CODES}.\n"]
    for title, verbs in GROUPS:
        lines.append(f"## {title}\n")
        for verb in verbs:
            module, _, name = verb.home.partition(":")
            lines.append(f"### `stillreel {verb.name} {verb.usage}`\n".replace(" `\n", "`\n"))
            found = getattr(import_module(f"stillreel.cli.{module}"), name)
            if callable(found) and inspect.isfunction(found):
                lines.extend(_function(found))
            else:
                lines.append(f"{verb.sentence}.\n")
                for sub in found:
                    if not sub.startswith("-"):
                        lines.append(f"#### `stillreel {verb.name} {sub}`\n")
                        lines.extend(_function(found[sub].default_command))
    return "\n".join(lines)


def film_toml() -> str:
    """Return the page on film.toml."""
    lines = [MADE, "# film.toml\n", "Every key, its default and its meaning.\n"]
    lines.append("| key | default | meaning |\n|---|---|---|")
    lines.extend(_keys(settings.FilmSettings, ""))
    return "\n".join(lines) + "\n"


def plan_files() -> str:
    """Return the page on the files of the plan."""
    lines = [MADE, "# Files of the plan\n"]
    for title, noun in (
        ("cast/ID.toml", plan.Character),
        ("places/ID.toml", plan.Place),
        ("props/ID.toml", plan.PlanProp),
        ("board/CNN.toml", plan.ClipPlan),
    ):
        lines.append(f"## {title}\n\n| key | default | meaning |\n|---|---|---|")
        lines.extend(_keys(noun, ""))
        lines.append("")
    return "\n".join(lines)


def error_tree() -> str:
    """Return the page on errors and exit codes."""
    lines = [MADE, "# Errors\n", "```", (errors.__doc__ or "").strip(), "```\n"]
    for _, kind in sorted(inspect.getmembers(errors, inspect.isclass)):
        if issubclass(kind, errors.StillreelError):
            lines.append(f"- `{kind.__name__}` (exit {kind.exit_code}): {inspect.getdoc(kind)}")
    firsts = (line.splitlines()[0] if line.startswith("- ") else line for line in lines)
    return "\n".join(firsts) + "\n"


def words() -> str:
    """Return the page on the vocabulary of a panel."""
    lines = [MADE, "# Words a panel is written in\n"]
    said = _docstrings(inspect.getsource(scene))
    for name in sorted(vars(scene)):
        listed = get_args(getattr(scene, name))
        if listed and all(isinstance(word, str) for word in listed):
            lines.append(f"## {name}\n")
            if name in said:
                lines.append(said[name] + "\n")
            lines.append(" ".join(f"`{word}`" for word in listed) + "\n")
    return "\n".join(lines)


def _function(found: Any) -> Iterator[str]:
    text = inspect.getdoc(found) or ""
    body, _, arguments = text.partition("\nArgs:\n")
    yield body.strip() + "\n"
    # An argument stands one step in; what goes on with it stands further in.
    rows = re.sub(r"\n {5,}", " ", arguments).splitlines()
    for row in (line.strip() for line in rows if line.strip()):
        name, _, meaning = row.partition(": ")
        option = name.replace("as_json", "json").strip("_").replace("_", "-")
        kind = inspect.signature(found).parameters[name].kind
        shown = f"--{option}" if kind is inspect.Parameter.KEYWORD_ONLY else option.upper()
        yield f"- `{shown}`: {meaning}"
    yield ""


def _keys(noun: type[BaseModel], prefix: str) -> Iterator[str]:
    said: dict[str, str] = {}
    for kind in reversed(noun.__mro__):
        if issubclass(kind, BaseModel) and kind is not BaseModel and kind is not scene.Noun:
            said |= _docstrings(inspect.getsource(kind), inside=True)
    for name, field in noun.model_fields.items():
        inner = next(
            (
                one
                for one in (field.annotation, *get_args(field.annotation))
                if inspect.isclass(one) and issubclass(one, BaseModel)
            ),
            None,
        )
        key = f"{prefix}{name}"
        if inner is not None:
            if name in said:
                yield f"| `{key}` | | {said[name]} |"
            yield from _keys(inner, f"{key}.")
            continue
        held = field.get_default(call_default_factory=True)
        default = "required" if held is PydanticUndefined else f"`{_toml(held)}`"
        listed = (word for word in get_args(field.annotation) if isinstance(word, str))
        choices = " ".join(f"`{word}`" for word in listed)
        meaning = " ".join(part for part in (said.get(name, ""), choices) if part)
        yield f"| `{key}` | {default} | {meaning} |"


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (tuple, list)):
        return "[" + ", ".join(_toml(one) for one in value) + "]"
    return f'"{value}"' if isinstance(value, str) else str(value)


def _docstrings(source: str, *, inside: bool = False) -> dict[str, str]:
    tree = ast.parse(inspect.cleandoc(source) if not inside else source)
    body = tree.body[0].body if inside else tree.body
    found: dict[str, str] = {}
    for before, after in pairwise(body):
        if not (isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant)):
            continue
        if isinstance(before, ast.AnnAssign) and isinstance(before.target, ast.Name):
            found[before.target.id] = " ".join(str(after.value.value).split())
        elif isinstance(before, ast.Assign) and isinstance(before.targets[0], ast.Name):
            found[before.targets[0].id] = " ".join(str(after.value.value).split())
    return found


def main() -> None:
    """Write the pages."""
    REFERENCE.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (REFERENCE / name).write_text(text)
        sys.stdout.write(f"docs/reference/{name}\n")


if __name__ == "__main__":
    main()
