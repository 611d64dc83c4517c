"""TOML to a noun, with every mistake found at once and the line it stands on."""

from __future__ import annotations

import re
import tomllib
from difflib import get_close_matches
from typing import TYPE_CHECKING, TypeVar, cast, get_args

from pydantic import BaseModel, ValidationError

from stillreel.values.problem import Problem

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

Path = tuple[str | int, ...]
"""Keys and positions from the top of a file down to one value."""

_Model = TypeVar("_Model", bound=BaseModel)

_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\]]+?)\s*\]\]?\s*(#.*)?$")
_KEY = re.compile(r"^\s*([A-Za-z0-9_.\"'-]+)\s*=\s*(.*)$")
_AT_LINE = re.compile(r"line (\d+)")
_KINDS = {
    "string_type": ("a text in quotes", 'Write it in quotes, like "..." .'),
    "int_type": ("a whole number", "Write a whole number without quotes."),
    "int_parsing": ("a whole number", "Write a whole number without quotes."),
    "int_from_float": ("a whole number", "Write a whole number without quotes."),
    "float_type": ("a number", "Write a number without quotes."),
    "float_parsing": ("a number", "Write a number without quotes."),
    "bool_type": ("true or false", "Write true or false without quotes."),
    "bool_parsing": ("true or false", "Write true or false without quotes."),
    "tuple_type": ("a list in brackets", 'Write a list, like ["..."] .'),
    "list_type": ("a list in brackets", 'Write a list, like ["..."] .'),
    "model_type": ("a table", "Write a table, like { key = value } or [table]."),
    "model_attributes_type": ("a table", "Write a table, like { key = value } or [table]."),
    "dict_type": ("a table", "Write a table, like { key = value } or [table]."),
}
_PATTERNS = {
    r"^\d{1,2}(\.\d{1,3})?$": 'a length such as "1.35" (seconds, at most three decimals)',
    r"^\d{1,7}(\.\d{1,6})?$": 'an amount in US dollars such as "5.00"',
    r"^#[0-9a-f]{6}$": 'a colour such as "#e8b04b" (lower case)',
    r"^[a-z][a-z0-9-]{0,39}$": "a short id: lower-case letters, digits and hyphens",
    r"^C\d{2,3}$": "a clip id such as C07",
    r"^P[1-9]$": "a panel id, P1 to P9",
}


class LineIndex:
    """Where each key of a TOML text stands; built only once something is wrong."""

    def __init__(self, text: str) -> None:
        """Scan `text` once; it need not be valid TOML."""
        self._at: dict[Path, int] = {(): 0}
        self._counts: dict[Path, int] = {}
        prefix: Path = ()
        array: Path | None = None
        element = -1
        for number, raw in enumerate(text.splitlines(), 1):
            if array is not None:
                stripped = raw.strip()
                if stripped.startswith("]"):
                    array = None
                elif stripped and not stripped.startswith("#"):
                    element += 1
                    self._note((*array, element), number)
                    self._inline((*array, element), stripped, number)
                continue
            header = _HEADER.match(raw)
            if header:
                prefix = self._enter(header.group(2), double=header.group(1) == "[[")
                self._note(prefix, number)
                continue
            pair = _KEY.match(raw)
            if pair:
                path = (*prefix, *_split(pair.group(1)))
                self._note(path, number)
                value = pair.group(2).split("#")[0].strip()
                if value == "[":
                    array, element = path, -1
                else:
                    self._inline(path, value, number)

    def line(self, path: Path) -> int:
        """Return the line of `path`, or of the nearest table or key that holds it."""
        for length in range(len(path), -1, -1):
            found = self._at.get(path[:length])
            if found is not None:
                return found
        return 0

    def _note(self, path: Path, number: int) -> None:
        self._at.setdefault(path, number)

    def _inline(self, path: Path, text: str, number: int) -> None:
        for name in re.findall(r"[{,]\s*([A-Za-z0-9_-]+)\s*=", text):
            self._note((*path, name), number)

    def _enter(self, name: str, *, double: bool) -> Path:
        path: Path = ()
        parts = _split(name)
        for index, part in enumerate(parts):
            path = (*path, part)
            last = index == len(parts) - 1
            if last and double:
                self._counts[path] = self._counts.get(path, -1) + 1
            if path in self._counts:
                path = (*path, self._counts[path])
        return path


def problems_of(
    text: str, model: type[_Model], file: str
) -> tuple[_Model | None, tuple[Problem, ...]]:
    """Read `text` as TOML into `model`.

    Args:
        text: the file's words.
        model: a pydantic model that forbids unknown keys.
        file: path relative to the project, for messages.

    Returns:
        The value and no problems, or None and every problem found.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return None, (_syntax(text, str(error), file),)
    try:
        return model.model_validate(data), ()
    except ValidationError as error:
        index = LineIndex(text)
        errors = [one for one in error.errors(include_url=False) if not _echo(one)]
        found = {_told(one, model, file, index) for one in errors}
        return None, tuple(sorted(found))


def key_of(path: Path) -> str:
    """Return a path as a dotted key with positions counted from one: `panel.3.size`."""
    return ".".join(str(part + 1) if isinstance(part, int) else part for part in path)


def near(word: str, words: tuple[str, ...]) -> str:
    """Return a `Did you mean` sentence for a misspelt word, or an empty text."""
    close = get_close_matches(word.lower(), words, n=1, cutoff=0.6)
    return f"Did you mean {close[0]!r}?" if close else ""


def _syntax(text: str, message: str, file: str) -> Problem:
    place = _AT_LINE.search(message)
    line = int(place.group(1)) if place else len(text.splitlines())
    what = message.split(" (at", maxsplit=1)[0]
    return Problem(
        file,
        max(line, 1),
        "",
        f"This is not valid TOML: {what[:1].lower()}{what[1:]}.",
        "Check quotes, brackets and the equals sign on this line and the one before it.",
    )


def _echo(error: ErrorDetails) -> bool:
    """Say whether this only counts elements that failed for reasons told elsewhere."""
    given = error.get("input")
    if error["type"] != "too_short" or not isinstance(given, list):
        return False
    context = error.get("ctx") or {}
    return len(cast("list[object]", given)) >= int(context.get("min_length", 0))


def _told(error: ErrorDetails, top: type[BaseModel], file: str, index: LineIndex) -> Problem:
    path: Path = tuple(error["loc"])
    message, hint = _explained(error, top, path)
    return Problem(file, index.line(path), key_of(path), message, hint)


def _explained(error: ErrorDetails, top: type[BaseModel], path: Path) -> tuple[str, str]:
    kind = error["type"]
    context = error.get("ctx") or {}
    given = error.get("input")
    message = error["msg"].removeprefix("Value error, ")
    told = (f"{message[:1].upper()}{message[1:]}.", "")
    if kind == "extra_forbidden":
        fields = _fields(top, path[:-1])
        told = (
            f"Unknown key {str(path[-1])!r}.",
            near(str(path[-1]), fields) or f"Known keys: {', '.join(fields)}.",
        )
    elif kind == "missing":
        told = (f"The key {str(path[-1])!r} is missing.", f"Add {path[-1]} = ... here.")
    elif kind == "literal_error":
        words = _choices(str(context.get("expected", "")))
        hint = f"{near(str(given), words)} One of: {', '.join(words)}.".strip()
        told = (f"{given!r} is not a word this key knows.", hint)
    elif kind in ("too_short", "too_long") and path == ("panel",):
        count = context.get("actual_length", 0)
        told = (f"A clip has nine panels; this one has {count}.", "Add or merge panels.")
    elif kind == "string_pattern_mismatch":
        wanted = _PATTERNS.get(str(context.get("pattern")), str(context.get("pattern")))
        told = (f"{given!r} does not fit.", f"Write {wanted}.")
    elif kind in _KINDS:
        wanted, hint = _KINDS[kind]
        told = (f"This must be {wanted}, not {_shown(given)}.", hint)
    return told


def _choices(expected: str) -> tuple[str, ...]:
    """Return what may be written, words and numbers alike: `'grid' or 'clip'`, `24, 25 or 30`."""
    return tuple(a or b for a, b in re.findall(r"'([^']*)'|(-?\d+(?:\.\d+)?)", expected))


def _shown(given: object) -> str:
    text = repr(given)
    return text if len(text) <= 40 else f"{text[:37]}..."


def _fields(top: type[BaseModel], path: Path) -> tuple[str, ...]:
    model: type[BaseModel] = top
    for part in path:
        if isinstance(part, int):
            continue
        field = model.model_fields.get(part)
        inner = _model_in(field.annotation) if field else None
        if inner is None:
            return ()
        model = inner
    return tuple(model.model_fields)


def _model_in(annotation: object) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for inner in cast("tuple[object, ...]", get_args(annotation)):
        found = _model_in(inner)
        if found is not None:
            return found
    return None


def _split(name: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in name.split("."))
