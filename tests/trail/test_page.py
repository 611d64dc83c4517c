"""trail.html: one file that shows where a film came from, and believes nothing it is told."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

import pytest

from stillreel.trail.nouns import (
    Action,
    Credential,
    Fact,
    Facts,
    Fault,
    Ingredient,
    Relationship,
    Signer,
    State,
)
from stillreel.trail.page.draw import trail_page
from stillreel.trail.page.nouns import Chain, Shown
from stillreel.trail.read import read
from stillreel.trail.signing.keys import studio_key, studio_root
from trail.signing.rooms import NOW, Studio, made

GOOD = Facts(Fact("intact"), Fact("good"), Fact("listed"), Fact("stamped"))
HOME = Facts(Fact("intact"), Fact("good"), Fact("unlisted"), Fact("unstamped"))
CHANGED = Facts(Fact("broken"), Fact("good"), Fact("listed"), Fact("stamped"))
HASH = "assertion.dataHash.mismatch"
JPEG = b"\xff\xd8\xff\xe0" + bytes(6_000)
VOID = {"meta", "link", "img", "br"}


class Page(HTMLParser):
    """The page as a browser reads it: elements, words, and whether every element is closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.open: list[str] = []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.words += f"{data} "

    def of(self, name: str) -> list[str]:
        return [value for _, attrs in self.tags if (value := attrs.get(name))]


def piece(
    title: str,
    *below: Ingredient,
    relationship: Relationship = "inputTo",
    state: State = "Trusted",
    facts: Facts = GOOD,
    media_type: str = "image/png",
    codes: tuple[str, ...] = (),
) -> Ingredient:
    return Ingredient(
        title=title,
        relationship=relationship,
        manifest=f"urn:c2pa:{title}",
        state=state,
        facts=facts,
        failure_codes=codes,
        media_type=media_type,
        signer=Signer(issuer="A Vendor"),
        claim_generator="a-program",
        actions=(Action("c2pa.created", "trainedAlgorithmicMedia", "a-model"),),
        ingredients=below,
    )


def clip(number: int, *below: Ingredient) -> Ingredient:
    return piece(f"C{number:02}", *below, relationship="componentOf", media_type="video/mp4")


def film(*pieces: Ingredient, worst: State = "Trusted") -> Credential:
    return Credential(
        file="/somewhere/film.mp4",
        media_type="video/mp4",
        state="Trusted",
        facts=GOOD,
        checked_at="2026-11-27T16:03:59+00:00",
        lists_snapshot="2026-08-21",
        worst=worst,
        manifest="urn:c2pa:film",
        signer=Signer(issuer="A Studio", signed_time="2026-11-26T10:00:00+00:00"),
        ingredients=pieces,
    )


def fifty(panels: int = 0) -> Credential:
    sheets = [piece(f"sheet {index}") for index in range(8)]
    pieces: list[Ingredient] = []
    for number in range(1, 51):
        board = piece(f"Board {number}", *sheets[number % 6 : number % 6 + 3])
        cut = replace(board, relationship="parentOf")
        panel = [piece(f"C{number:02}.P{index}", cut) for index in range(panels)]
        pieces.append(clip(number, *(panel or [board])))
    return film(*pieces)


def labels(credential: Credential) -> set[str]:
    found = {credential.manifest or ""}
    waiting = [*credential.ingredients]
    while waiting:
        one = waiting.pop()
        found.add(one.manifest or "")
        waiting += one.ingredients
    return found


def test_a_whole_film_says_so_and_when_and_by_which_lists_it_was_checked() -> None:
    page = Page(
        trail_page(film(clip(1, piece("Board"))), chain=Chain(214, "ab" * 32), title="Mara")
    )
    assert "✓ Whole" in page.words
    assert "2026-11-27 16:03 UTC" in page.words
    assert "trust lists of 2026-08-21" in page.words
    assert "whole, 214 events" in page.words
    assert "broken" not in page.words.lower()


def test_every_file_tells_its_kind_its_maker_and_four_facts() -> None:
    shown = {"urn:c2pa:Board": Shown(kind="board")}
    page = Page(trail_page(film(clip(1, piece("Board", facts=HOME, state="Valid"))), shown))
    for words in ("board", "a-model · made by a trained model", "A Vendor"):
        assert words in page.words
    for words in ("content intact", "signature holds", "signer on no list", "no time-stamp"):
        assert words in page.words


def test_the_worst_finding_stands_at_the_top_and_leads_to_the_broken_file() -> None:
    board = piece("Board 2", state="Invalid", facts=CHANGED, codes=(HASH,))
    text = trail_page(film(clip(1), clip(2, board), worst="Invalid"))
    top = text[text.index('class="verdict bad"') : text.index("</ul>")]
    assert "1 of 4 files in this chain does not hold." in top
    assert "C02 &gt; Board 2</bdi></a>: The content was changed after it was signed." in top
    (target,) = re.findall(r'href="#(n\d+)"', top)
    card = text[text.index(f'id="{target}"') :]
    assert card.index("broken") < card.index("Board 2") < card.index("content changed")


def test_a_clip_above_a_broken_file_is_marked_and_its_neighbour_is_not() -> None:
    board = piece("Board 2", state="Invalid", facts=CHANGED, codes=(HASH,))
    text = trail_page(film(clip(1), clip(2, board), worst="Invalid"))
    assert text.count('<li class="hurt">') == 1
    assert "✗ C02" in Page(text).words
    assert "✗ C01" not in Page(text).words


def test_a_broken_ledger_is_named_by_its_first_broken_link() -> None:
    chain = Chain(40, broken="event 41 (chosen C07)", why="Its hash is not that of event 40.")
    page = Page(trail_page(film(clip(1)), chain=chain))
    assert "✗ Broken" in page.words
    assert "event 41 (chosen C07)" in page.words
    assert "Its hash is not that of event 40." in page.words


def test_a_film_without_credentials_says_so_and_why() -> None:
    bare = replace(film(), state="NoManifest", worst="NoManifest", manifest=None, facts=Facts())
    page = Page(trail_page(bare))
    assert "✗ Not signed" in page.words
    assert "no credentials" in page.words


def test_a_home_made_signature_is_whole_with_remarks() -> None:
    home = replace(film(clip(1)), facts=HOME, state="Valid", worst="Valid")
    page = Page(trail_page(home))
    assert "! Whole, with remarks" in page.words
    assert "1 signature by signers on no trust list (A Studio): that shows change" in page.words


def test_what_strangers_wrote_stays_text() -> None:
    evil = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>\u202egpj.exe"
    leaves = [piece(f"{evil}{index}") for index in range(5)]
    one = piece(evil, *leaves, relationship="componentOf")
    one = replace(
        one,
        signer=Signer(issuer=evil, common_name=evil, not_after=evil, signed_time=evil),
        claim_generator=evil,
        actions=(Action(evil, evil, evil, model_name=evil),),
        failure_codes=(evil,),
        state="Invalid",
    )
    told = replace(film(one, one), worst="Invalid", signer=one.signer, claim_generator=evil)
    told = replace(told, faults=(Fault((evil,), "Invalid", (evil,)),), checked_at=evil)
    shown = {label: Shown(b"</style><script>", "<script>") for label in labels(told)}
    chain = Chain(1, evil, evil, evil)
    text = trail_page(told, shown, chain, title=evil, program=evil)
    page = Page(text)
    assert {tag for tag, _ in page.tags}.isdisjoint({"script", "img", "iframe", "object", "link"})
    assert not [name for _, attrs in page.tags for name in attrs if name.startswith("on")]
    assert "alert(1)" in page.words
    assert "\u202e" not in text


def test_the_page_needs_nothing_but_itself() -> None:
    shown = {label: Shown(JPEG) for label in labels(fifty())}
    text = trail_page(fifty(), shown)
    page = Page(text)
    assert all(link.startswith("#") for link in page.of("href"))
    assert page.of("src") == page.of("style") == []
    assert set(re.findall(r"url\((.{16})", text)) == {"data:image/jpeg;"}
    style = text[text.index("<style>") + 7 : text.index("</style>")]
    allowed = b64encode(sha256(style.encode()).digest()).decode()
    (policy,) = [value for value in page.of("content") if "default-src" in value]
    assert policy == (
        f"default-src 'none'; img-src data:; style-src 'sha256-{allowed}'; "
        "base-uri 'none'; form-action 'none'"
    )


@pytest.mark.parametrize("panels", [0, 9])
def test_fifty_clips_stay_under_two_megabytes_with_every_file_drawn_once(panels: int) -> None:
    told = fifty(panels)
    text = trail_page(told, {label: Shown(JPEG, "sheet") for label in labels(told)})
    assert len(text.encode()) < 2_000_000
    page = Page(text)
    names = page.of("id")
    assert sorted(names) == sorted(f"n{index}" for index in range(len(labels(told))))
    assert {link[1:] for link in page.of("href")} <= set(names)


def test_a_sheet_used_by_many_is_pictured_once_and_names_who_used_it() -> None:
    sheet = piece("Mara")
    told = film(*(clip(index, piece(f"Board {index}", sheet)) for index in range(1, 4)))
    shown = {"urn:c2pa:Mara": Shown(JPEG, "sheet")}
    text = trail_page(told, shown)
    assert text.count(b64encode(JPEG).decode()) == 1
    assert text.count('class="chip"') == 3
    words = " ".join(Page(text).words.split())
    assert "in Board 1 , Board 2 , Board 3" in words


def test_one_sheet_found_in_two_states_is_two_files() -> None:
    sheet = piece("Mara")
    bad = replace(sheet, state="Invalid", facts=CHANGED, failure_codes=(HASH,))
    told = film(clip(1, piece("B1", sheet)), clip(2, piece("B2", bad)), worst="Invalid")
    assert "1 of 7 files in this chain does not hold." in Page(trail_page(told)).words


def test_what_is_no_jpeg_is_not_shown() -> None:
    for data in (b"\x89PNG\r\n\x1a\n" + bytes(64), b"<svg onload=alert(1)>", b""):
        assert "base64" not in trail_page(film(), {"urn:c2pa:film": Shown(data)})


def test_more_files_than_can_be_drawn_are_counted_and_a_broken_one_among_them_is_named() -> None:
    bad = replace(clip(2_500), state="Invalid", facts=CHANGED, failure_codes=(HASH,))
    told = film(*(clip(index) for index in range(2_500)), bad, worst="Invalid")
    text = trail_page(replace(told, faults=(Fault(("C2500",), "Invalid", (HASH,)),)))
    page = Page(text)
    assert "And 701 others, too many to draw." in page.words
    assert "✗ Broken" in page.words
    assert "C2500" in page.words
    assert len(text.encode()) < 2_000_000


def test_a_real_film_with_a_sheet_that_was_tampered_with(tmp_path: Path) -> None:
    key, root = studio_key(tmp_path / "keys", now=NOW), studio_root(tmp_path / "keys")
    assert root is not None
    studio = Studio(tmp_path, key, root.read_text())
    sheet = studio.sign(studio.picture("drawn.png"), "sheet.png", made("sheet")).path
    data = bytearray(sheet.read_bytes())
    data[-40] ^= 1
    sheet.write_bytes(data)
    page = Page(trail_page(read(studio.chain(sheet)[3], anchors=root), title="The film"))
    assert "✗ Broken" in page.words
    assert "clip.mp4 > panel.png > sheet.png : The content was changed" in page.words
