"""Final Draft FDX scripts: paragraphs by their type, with entities and DTDs refused."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from xml.parsers import expat

from stillreel.brief.fountain import Script, cue_of
from stillreel.brief.nouns import Element, ElementKind
from stillreel.errors import Unreadable

if TYPE_CHECKING:
    from collections.abc import Mapping

_DEEPEST = 60
_KINDS: dict[str, ElementKind] = {
    "scene heading": "heading",
    "action": "action",
    "general": "action",
    "shot": "action",
    "cast list": "note",
    "character": "character",
    "dialogue": "dialogue",
    "parenthetical": "parenthetical",
    "lyrics": "lyric",
    "singing": "lyric",
    "transition": "transition",
    "new act": "section",
    "end of act": "section",
    "act break": "section",
    "outline body": "synopsis",
}
_ASIDE = frozenset(("ScriptNote", "Summary", "SceneProperties"))
_STYLES = (("Underline", "_"), ("Italic", "*"), ("Bold", "**"))
_BYLINES = ("by", "written by", "screenplay by", "story by")


@dataclass(slots=True)
class _Paragraph:
    """A paragraph while its text runs come in."""

    kind: str
    line: int
    area: str
    number: str = ""
    centred: bool = False
    new_page: bool = False
    runs: list[str] = field(default_factory=list[str])
    styled: list[str] = field(default_factory=list[str])
    marked: bool = False


def read_fdx(data: bytes, name: str) -> Script:
    """Return the elements and title page of an FDX file.

    Raises:
        Unreadable: not well-formed XML, not Final Draft, or it declares a DTD or entities.
    """
    reader = _Reader(name)
    try:
        reader.parser.Parse(data, True)
    except expat.ExpatError as error:
        raise Unreadable(
            f"The XML is not well formed: {expat.ErrorString(error.code)}.",
            where=f"{name}:{error.lineno}",
            next_step="Export the script from Final Draft again.",
        ) from error
    except (LookupError, ValueError) as error:
        raise Unreadable(
            "The XML names an encoding that cannot be read.",
            where=f"{name}:1",
            next_step="Save the script as UTF-8.",
        ) from error
    if not reader.is_final_draft:
        raise Unreadable(
            "The XML is no Final Draft script.",
            where=f"{name}:1",
            next_step="Export the script from Final Draft as .fdx.",
        )
    page = reader.title_page()
    return Script(tuple(reader.elements), page)


class _Reader:
    """An event reader: keeps the open tags, and turns finished paragraphs into elements."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.elements: list[Element] = []
        self.front: list[tuple[str, int, int]] = []
        self.is_final_draft = False
        self.speaker = ""
        self.cues_in_dual = -1
        self.open: list[str] = []
        self.paragraphs: list[_Paragraph] = []
        self.in_text = False
        self.style = ""
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.EntityDeclHandler = self._refuse
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._words

    def _refuse(self, *_: object) -> None:
        raise Unreadable(
            "The script declares a DTD or entities, which Final Draft never writes.",
            where=f"{self.name}:{self.parser.CurrentLineNumber}",
            next_step="Remove the DOCTYPE, or export the script from Final Draft again.",
        )

    def _start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if len(self.open) >= _DEEPEST:
            raise Unreadable(
                f"The XML is nested more than {_DEEPEST} deep.",
                where=f"{self.name}:{self.parser.CurrentLineNumber}",
                next_step="Export the script from Final Draft again.",
            )
        if not self.open:
            self.is_final_draft = tag == "FinalDraft"
        self.open.append(tag)
        if tag == "DualDialogue":
            self.cues_in_dual = 0
        elif tag == "Paragraph" and "Content" in self.open:
            self._begin(attributes)
        elif tag == "Text" and self.paragraphs and self.open[-2:-1] == ["Paragraph"]:
            self.in_text = True
            self.style = attributes.get("Style", "")

    def _begin(self, attributes: Mapping[str, str]) -> None:
        area = next((tag for tag in reversed(self.open) if tag in _ASIDE), "")
        if "TitlePage" in self.open:
            area = "TitlePage"
        self.paragraphs.append(
            _Paragraph(
                attributes.get("Type", "Action").lower(),
                self.parser.CurrentLineNumber,
                area,
                attributes.get("Number", ""),
                attributes.get("Alignment", "") == "Center",
                attributes.get("StartsNewPage", "") == "Yes",
            )
        )

    def _words(self, text: str) -> None:
        if not self.in_text:
            return
        paragraph = self.paragraphs[-1]
        paragraph.runs.append(text)
        core = text.strip()
        marks = [mark for name, mark in _STYLES if name in self.style] if core else []
        for mark in marks:
            start = text.find(core)
            text = f"{text[:start]}{mark}{core}{mark}{text[start + len(core) :]}"
            core = f"{mark}{core}{mark}"
            paragraph.marked = True
        paragraph.styled.append(text)

    def _end(self, tag: str) -> None:
        self.open.pop()
        if tag == "DualDialogue":
            self.cues_in_dual = -1
        elif tag == "Text":
            self.in_text = False
        elif tag == "Paragraph" and self.paragraphs and "Content" in self.open:
            self._finish(self.paragraphs.pop())

    def _finish(self, paragraph: _Paragraph) -> None:
        text = "".join(paragraph.runs).strip()
        last = self.parser.CurrentLineNumber
        if paragraph.area == "TitlePage":
            if text:
                self.front.append((text, paragraph.line, last))
            return
        if paragraph.new_page and not paragraph.area:
            self.elements.append(Element("page-break", "", paragraph.line, paragraph.line))
        if text:
            self._add(paragraph, text, last)

    def _add(self, paragraph: _Paragraph, text: str, last: int) -> None:
        kind = _kind_of(paragraph)
        styled = "".join(paragraph.styled).strip() if paragraph.marked else ""
        element = Element(kind, text, paragraph.line, last, styled=styled)
        dual = self.cues_in_dual > 0
        if kind == "heading":
            element = replace(element, scene_number=paragraph.number)
        elif kind == "section":
            digits = paragraph.kind.removeprefix("outline ")
            element = replace(element, depth=int(digits) if digits in "123456" else 1)
        elif kind == "character":
            if self.cues_in_dual >= 0:
                dual = self.cues_in_dual > 0
                self.cues_in_dual += 1
            name, extension, _ = cue_of(text)
            self.speaker = name
            element = replace(element, text=name, speaker=name, extension=extension, dual=dual)
        elif kind in {"dialogue", "parenthetical", "lyric"}:
            if kind == "parenthetical" and text[0] == "(" and text[-1] == ")":
                text = text[1:-1].strip()
            dual = self.cues_in_dual > 1
            element = replace(element, text=text, speaker=self.speaker, dual=dual)
        if kind in {"heading", "action", "transition", "centered", "section"}:
            self.speaker = ""
        self._insert(element)

    def _insert(self, element: Element) -> None:
        """Put an element where its line belongs: notes end inside the paragraph they are in."""
        at = len(self.elements)
        while at and self.elements[at - 1].line > element.line:
            at -= 1
        self.elements.insert(at, element)

    def title_page(self) -> tuple[tuple[str, str], ...]:
        """Return title and author: the first words of the title page, and those after `by`."""
        if not self.front:
            return ()
        pairs = [("Title", self.front[0][0])]
        texts = [text for text, _, _ in self.front]
        for at, text in enumerate(texts[1:], 1):
            lowered = text.lower().rstrip(":")
            if lowered in _BYLINES and at + 1 < len(texts):
                pairs += [("Credit", text), ("Author", texts[at + 1])]
                break
            if lowered.startswith(("by ", "written by ")):
                pairs.append(("Author", text.partition("by ")[2].strip() or text))
                break
        self._insert(Element("title", *self.front[0]))
        return tuple(pairs)


def _kind_of(paragraph: _Paragraph) -> ElementKind:
    if paragraph.area == "ScriptNote":
        return "note"
    if paragraph.area:
        return "synopsis"
    if paragraph.kind.startswith("outline ") and paragraph.kind[8:].isdigit():
        return "section"
    kind = _KINDS.get(paragraph.kind, "action")
    return "centered" if kind == "action" and paragraph.centred else kind
