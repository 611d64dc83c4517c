"""CPU seconds to read two-megabyte stories, ordinary and hostile."""

from __future__ import annotations

import time
from itertools import repeat

from stillreel.brief import read_bytes

SIZE = 1_990_000
HOSTILE = {
    "ordinary.fountain": (
        "INT. ROOM - DAY #1#\n\nMara *looks* up. [[why?]]\n\nMARA (V.O.)\nHello.\n\n"
    ),
    "open-notes.fountain": "[[\n",
    "open-notes-line.fountain": "[[",
    "notes-line.fountain": "[[a]]",
    "boneyards-line.fountain": "/*a*/b",
    "open-boneyards.fountain": "/*",
    "far-close.fountain": "[[ ",
    "stars.fountain": "*a ",
    "star-runs.fountain": "** _x_ ",
    "brackets.fountain": "()",
    "carets.fountain": "^",
    "capitals.fountain": "A",
    "dialogue.fountain": "A\nb\n  \n",
    "lyrics.fountain": "~a\n",
    "hashes.fountain": "#",
    "spaces.fountain": " ",
    "colons.fountain": "a: b\n",
    "prose.md": "The giant *built* a wall. He was [angry](x).\n\n",
    "links.md": "[a](",
    "brackets.md": "[",
    "tags.md": "<p ",
    "comments.md": "<!-- a\n",
    "rules.md": "- - -",
    "quotes.md": "> ",
    "byline.md": "by ",
    "words.txt": "word ",
    "lines.txt": "a\n",
    "sections.md": "## a\n",
    "titles.md": "<!-- a -->\n\n",
}


def main() -> None:
    for name, piece in HOSTILE.items():
        text = "".join(repeat(piece, SIZE // len(piece.encode())))
        if name == "far-close.fountain":
            text += "]]"
        if name.startswith("capitals"):
            text += "\nhello"
        if name.startswith(("brackets.f", "carets")):
            text = "A" + text + "\nhello"
        text = "x\n" + text if not text.strip() else text
        start = time.process_time()
        brief = read_bytes(text.encode(), name)
        spent = time.process_time() - start
        flag = "" if spent < 2 else "  OVER 2 s"
        print(f"{name:28} {spent:6.2f} CPU-s {len(brief.elements):8} elements{flag}")


if __name__ == "__main__":
    main()
