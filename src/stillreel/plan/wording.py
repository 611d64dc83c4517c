# ruff: noqa: RUF001 - typographic marks stand in stories
"""Clauses back into readable words: the story's own, with names where pronouns stood."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from stillreel.plan.lexicon import word_set

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from stillreel.plan.grammar import Sentence, Word
    from stillreel.plan.predicate import Clause
    from stillreel.plan.pronouns import Refs

_OPENERS = word_set("and but so for then yet or nor , ; : . - — – “ ” \" ‘ ’ '")
_ENDS = frozenset(
    [
        "and",
        "but",
        "so",
        "for",
        "yet",
        "or",
        "nor",
        ",",
        ";",
        ":",
        ".",
        "-",
        "—",
        "–",
        "!",
        "?",
        "“",
        "”",
        '"',
        "when",
        "as",
        "while",
        "that",
    ]
)


def stand_ins(sentence: Sentence) -> frozenset[int]:
    """Return the positions of the words that stand in for direct speech."""
    found: set[int] = set()
    for word in sentence.words:
        if word.lemma == "yes" and word.i and sentence.words[word.i - 1].text == "“":
            found |= {word.i - 1, word.i}
            rest = sentence.words[word.i + 1 : word.i + 3]
            found |= {one.i for one in rest if one.text in (",", ".", "”")}
    return frozenset(found)


def clause_text(
    sentence: Sentence, clause: Clause, refs: Refs, name_of: Callable[[tuple[str, ...]], str]
) -> str:
    """Return a clause as a sentence of its own.

    Args:
        sentence: the sentence the clause is from.
        clause: the clause.
        refs: whom the words of the sentence mean.
        name_of: the noun phrase for some ids.
    """
    hidden = stand_ins(sentence)
    words = [sentence.words[i] for i in clause.words if i not in hidden]
    words = _trimmed(words)
    if not words:
        return ""
    named: set[tuple[str, ...]] = {refs[w.i] for w in words if w.i in refs and not w.is_pronoun}
    pieces: list[str] = []
    words = _subject_first(sentence, clause, words)
    own = {word.i for word in words}
    apart = [one for one in clause.subjects if one.i not in own]
    if apart and len(apart) < len(clause.subjects):
        inside = {w.i for one in clause.subjects if one.i in own for w in sentence.subtree(one)}
        words = [word for word in words if word.i not in inside]
        own -= inside
    first = next((sentence.words[i] for i in clause.words if sentence.words[i].text != ","), None)
    why = first is not None and first.lemma == "for" and first.i < clause.verb.i
    if clause.subjects and not why and not any(one.i in own for one in clause.subjects):
        ids = tuple(dict.fromkeys(one for w in clause.subjects for one in refs.get(w.i, ())))
        subject = name_of(ids) if ids else _phrase(sentence, clause.subjects)
        named.add(ids)
        pieces.append(f"{subject} ")
    for index, word in enumerate(words):
        text = word.text
        ids = refs.get(word.i, ())
        if word.is_pronoun and ids and ids not in named:
            named.add(ids)
            text = possessive(name_of(ids)) if word.tag == "PRP$" else name_of(ids)
        follows = index + 1 < len(words) and words[index + 1].i != word.i + 1
        bare = word is clause.verb and word.tag == "VBG" and word.dep not in ("xcomp", "dobj")
        if bare and sentence.child(word, "aux") is None:
            pieces.append(_helper(sentence, clause, refs))
            text = text.lower()
        pieces.append(f"{text} " if word.space or follows else text)
    return tidy("".join(pieces))


def _subject_first(sentence: Sentence, clause: Clause, words: list[Word]) -> list[Word]:
    """Turn `said the Giant` round."""
    if not words or words[0] is not clause.verb or not clause.subjects or words[0].tag == "VBG":
        return words
    subject = {one.i for noun in clause.subjects[:1] for one in sentence.subtree(noun)}
    moved = [word for word in words if word.i in subject]
    return [*moved, *(word for word in words if word.i not in subject)] if moved else words


def _helper(sentence: Sentence, clause: Clause, refs: Refs) -> str:
    """Return the `was` that a bare `-ing` needs to stand alone."""
    past = any(word.tag == "VBD" for word in sentence.words)
    several = len(clause.subjects) > 1 or any(
        w.plural or len(refs.get(w.i, ())) > 1 or w.text.lower() in ("they", "we", "you")
        for w in clause.subjects
    )
    if several:
        return "were " if past else "are "
    return "was " if past else "is "


def tidy(text: str) -> str:
    """Return `text` as one sentence: spaces and commas mended, a capital first, a stop last."""
    text = re.sub(r"\s+", " ", text).strip()
    text = re.sub(r"\s+([,.;:!?’])", r"\1", text)
    text = re.sub(r"([,;:])(?:\s*[,;:.])+", r"\1", text)
    text = re.sub(r"\s*-\s+(?=[a-z])|(?<=[a-z])\s+-(?=[a-z])", "-", text)
    text = text.strip(" ,;:—–-")
    if not text:
        return ""
    if text[-1] not in ".!?…。！？":
        text += "."
    return text[0].upper() + text[1:]


def listed(names: Sequence[str]) -> str:
    """Return names as a list in words: `the Snow and the Frost`."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def full_noun(sentence: Sentence, word: Word) -> str:
    """Return a noun with its compound: `notice-board`, `peach-tree`, lower case, singular."""
    before = [
        w.text.lower() for w in sentence.children(word, "compound") if not w.text[:1].isupper()
    ]
    return "-".join([*before, word.lemma])


def possessive(name: str) -> str:
    """Return a name as an owner, with a bare apostrophe after a plural."""
    many = (
        name.endswith("s") and not name.endswith("ss") and name.rsplit(maxsplit=1)[-1][:1].islower()
    )
    return f"{name}’" if many else f"{name}’s"


def _phrase(sentence: Sentence, words: Sequence[Word]) -> str:
    shown: list[str] = []
    for word in words:
        kept = [
            w
            for w in sentence.children(word, "det", "amod", "compound", "poss", "nummod")
            if w.i < word.i
        ]
        shown.append(" ".join(one.text for one in (*kept, word)))
    return listed(shown)


def _trimmed(words: list[Word]) -> list[Word]:
    start, end = 0, len(words)
    while start < end and (words[start].text.lower() in _OPENERS or words[start].tag == "CC"):
        start += 1
    while end > start and (words[end - 1].text.lower() in _ENDS or words[end - 1].tag == "CC"):
        end -= 1
    opener = words[start] if end - start > 2 else None
    if (
        opener is not None
        and opener.tag != "DT"
        and opener.text.lower() in ("when", "as", "while", "till", "until", "that", "if")
    ):
        start += 1
    return words[start:end]
