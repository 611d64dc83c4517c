# ruff: noqa: E501 - the stories keep their paragraphs and their quotation marks
"""Stories and plans that several tests read; each is written once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from stillreel.brief.nouns import Brief, Element
from stillreel.plan.make import write
from stillreel.plan.nouns import PlanSettings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from stillreel.plan.nouns import Plan

STORY = """
One winter night Mara walked through the snow to the mill. She carried a lantern.

“Is anybody here?” she called. An old miller opened the door and looked at her. He was dressed in grey.

“Come in, child,” said the miller. Mara sat on the bench and ate the bread. She did not smile.

The miller built a fire and told her a story about the sea. If it had rained, she would have left.

Suddenly a wolf howled outside. Mara jumped up and hid behind the table. The miller took an axe and went out into the yard.
"""

GIANT_OPENING = """
Every afternoon, as they were coming from school, the children used to go and play in the Giant’s garden.

One day the Giant came back. He saw the children playing in the garden. “What are you doing here?” he cried in a very gruff voice, and the children ran away. So he built a high wall all round it, and put up a notice-board.

TRESPASSERS

WILL BE

PROSECUTED

Then the Spring came. Only in the garden of the Selfish Giant it was still winter.

One morning the Giant was lying awake in bed. Through a little hole in the wall the children had crept in, and they were sitting in the branches of the trees. In the farthest corner of the garden was standing a little boy, crying bitterly.

The Giant took a great axe and knocked down the wall. Years went over, and the Giant grew very old and feeble. When the children ran in that afternoon, they found the Giant lying dead under the tree.
"""

SCRIPT: tuple[tuple[str, str, str], ...] = (
    ("heading", "INT. KITCHEN - NIGHT", ""),
    ("action", "MARA (34), a tired waitress in a red coat, sits at the table.", ""),
    ("action", "JONAS enters, holding a letter. He stops at the door.", ""),
    ("character", "JONAS", ""),
    ("dialogue", "You kept the light on.", "JONAS"),
    ("character", "MARA", ""),
    ("parenthetical", "(quietly)", "MARA"),
    ("dialogue", "I always keep the light on.", "MARA"),
    ("action", "Jonas puts the letter on the table. Mara opens it. She weeps.", ""),
    ("heading", "EXT. STREET - DAWN", ""),
    ("action", "Mara runs across the street. Jonas follows her.", ""),
)


@pytest.fixture(scope="session")
def brief_of() -> Callable[..., Brief]:
    """Return a maker of prose briefs from plain text."""

    def make(text: str, language: str = "en", title: str = "A story") -> Brief:
        elements: list[Element] = []
        for number, line in enumerate(text.splitlines(), 1):
            if line.strip():
                elements.append(Element("action", line.strip(), number, number))
        return Brief("story.md", "prose", title, "", language, "0" * 64, tuple(elements))

    return make


@pytest.fixture(scope="session")
def script_of() -> Callable[..., Brief]:
    """Return a maker of scripts from elements: kind, text and speaker."""

    def make(*told: tuple[str, str, str]) -> Brief:
        elements = tuple(
            Element(kind, text, number, number, speaker=speaker)  # type: ignore[arg-type]
            for number, (kind, text, speaker) in enumerate(told, 1)
        )
        return Brief("script.fountain", "fountain", "A script", "", "en", "0" * 64, elements)

    return make


@pytest.fixture(scope="session")
def script() -> Brief:
    """Return a two-hander in a kitchen."""
    elements = tuple(
        Element(kind, text, number, number, speaker=speaker)  # type: ignore[arg-type]
        for number, (kind, text, speaker) in enumerate(SCRIPT, 1)
    )
    return Brief("script.fountain", "fountain", "The Light", "", "en", "0" * 64, elements)


@pytest.fixture(scope="session")
def mill(brief_of: Callable[..., Brief]) -> Plan:
    """Return the plan of a small tale."""
    return write(brief_of(STORY), PlanSettings(style="woodcut"))


@pytest.fixture(scope="session")
def giant(brief_of: Callable[..., Brief]) -> Plan:
    """Return the plan of a shortened Selfish Giant."""
    return write(brief_of(GIANT_OPENING, title="The Selfish Giant"), PlanSettings(clips=4))


def _put(plan: Plan, folder: Path) -> None:
    from stillreel.plan.files import plan_files

    for file in plan_files(plan):
        path = folder / file.path
        path.parent.mkdir(exist_ok=True)
        path.write_text(file.text, "utf-8", newline="\n")


@pytest.fixture
def put() -> Callable[[Plan, Path], None]:
    """Return what writes a plan's files into a folder."""
    return _put


@pytest.fixture
def folder(tmp_path: Path, mill: Plan) -> Path:
    """Return a project folder with the small tale's plan in it."""
    _put(mill, tmp_path)
    return tmp_path
