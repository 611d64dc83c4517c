"""What a sentence says about how someone looks, as phrases for the wardrobe to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stillreel.plan.lexicon import lexicon, word_set

if TYPE_CHECKING:
    from collections.abc import Iterable

    from stillreel.plan.grammar import Sentence, Word
    from stillreel.plan.predicate import Clause
    from stillreel.plan.pronouns import Refs

_DRESSED = word_set("dress wrap clothe wear clad robe")
_FACE = word_set("hair beard eye eyes face skin head moustache breath")
_MARKED = word_set("""
    scar tattoo freckle freckles mole birthmark piercing earring patch eyepatch stubble
""")


def phrases_of(sentence: Sentence, word: Word) -> tuple[str, ...]:
    """Return what a noun phrase tells of looks: `small brown dog`, `with red hair`."""
    before = [w for w in sentence.children(word, "amod", "compound", "nummod") if w.i < word.i]
    found = [_text((*before, word))] if any(w.dep == "amod" for w in before) else []
    after = [w for w in sentence.children(word, "amod") if w.i > word.i]
    found += [_text(sentence.subtree(one)) for one in after]
    found += _apart(sentence, word)
    number = _years(sentence, word)
    found += [f"of {number}"] if number else []
    for link in sentence.children(word, "prep", "acl", "relcl", "appos"):
        text = _text(sentence.subtree(link))
        if link.dep == "acl" and link.lemma in ("call", "name", "know"):
            rest = [w for w in sentence.subtree(link) if w is not link and w.tag != "NNP"]
            found.append(_text(rest))
            continue
        dressed = link.lemma in _DRESSED
        shown = link.dep == "prep" and link.lemma in ("with", "in") and tells(text)
        if shown or (link.dep in ("acl", "relcl") and dressed):
            found.append(text)
        if link.dep == "prep" and not shown:
            found += [
                _text(sentence.subtree(deep))
                for noun in sentence.children(link, "pobj")
                for deep in sentence.children(noun, "prep", "acl")
                if deep.lemma in ("with", "in", *_DRESSED)
                and tells(_text(sentence.subtree(deep)))
                and lexicon().number(noun.lemma)
            ]
    return tuple(found)


def told_by(sentence: Sentence, clause: Clause) -> str:
    """Return the words of a clause when they say how its subject looks, else an empty text."""
    lex = lexicon()
    words = [sentence.words[i] for i in clause.words]
    wearing = clause.lemma in _DRESSED and (clause.passive or clause.lemma == "wear")
    body = any(w.lemma in _FACE | _MARKED or lex.style_noun(w.text.lower()) for w in words)
    if wearing or (body and clause.lemma in ("be", "have", "grow")):
        about = {w.i for one in clause.subjects for w in sentence.subtree(one)}
        subject = any(sentence.words[i].lemma in _FACE | _MARKED for i in about)
        kept = [w for w in words if (subject or w.i not in about) and not lex.person(w.lemma)]
        return _text(w for w in kept if w.tag != "CC" or w.i != words[-1].i)
    if clause.lemma == "be" and clause.attribute is not None:
        one = clause.attribute
        return _text((*(w for w in sentence.children(one, "amod") if w.i < one.i), one))
    return ""


def owned(sentence: Sentence, clause: Clause, refs: Refs) -> tuple[tuple[str, str], ...]:
    """Return whose clothes, hair or marks a clause names with `his` or `her`, and the words."""
    found: list[tuple[str, str]] = []
    lex = lexicon()
    for i in clause.words:
        word = sentence.words[i]
        shown = lex.garment(word.text.lower()) or word.lemma in _FACE | _MARKED
        shown = shown or lex.style_noun(word.text.lower()) or lex.beard(word.lemma)
        poss = sentence.child(word, "poss")
        if not word.is_noun or not shown or poss is None or len(refs.get(poss.i, ())) != 1:
            continue
        own = [w for w in sentence.children(word, "amod", "compound") if w.i < word.i]
        if any(w.lemma not in ("left", "right") for w in own) or lex.beard(word.lemma):
            found.append((refs[poss.i][0], _text((*own, word))))
    return tuple(found)


def carried(sentence: Sentence, clause: Clause) -> tuple[tuple[Word | None, str], ...]:
    """Return the clothes a clause shows: `she came in a red dress`, `he met a man in a hat`.

    Returns:
        The noun the clothes are on, None for the subject, with the words.
    """
    found: list[tuple[Word | None, str]] = []
    for link in sentence.children(clause.verb, "prep"):
        noun = sentence.child(link, "pobj")
        worn = noun is not None and (
            lexicon().garment(noun.text.lower()) or noun.lemma in ("hair", "beard")
        )
        after = sentence.words[noun.i + 1 : noun.i + 4] if noun else ()
        held = any(w.lemma in ("hand", "arm") for w in after)
        if held:
            continue
        if link.lemma in ("in", "with") and worn and noun and not sentence.child(noun, "poss"):
            holder = next((w for w in clause.objects if w.i < link.i), None)
            found.append((holder, _text(sentence.subtree(link))))
    return tuple(found)


def tells(text: str) -> bool:
    """Say whether words name hair, clothes, marks, or nothing but a colour to be dressed in."""
    lex = lexicon()
    words = [w for one in text.lower().split() for w in (one, *one.split("-"))]
    if any(
        lex.garment(w)
        or lex.garment(w.removesuffix("s"))
        or lex.beard(w)
        or lex.style_noun(w)
        or w in _FACE | _MARKED
        for w in words
    ):
        return True
    rings = any(w in ("ring", "stud") for w in words) and any(lex.body(w) for w in words)
    rest = [w for w in words if w not in ("in", "a", "the", "dark", "light", "and", "all")]
    return rings or (bool(rest) and words[0] == "in" and all(lex.colour(w) for w in rest))


def _apart(sentence: Sentence, word: Word) -> list[str]:
    """Return an apposition as written, up to the comma before the verb of the sentence."""
    if word.dep != "appos" or word.tag.startswith("NNP"):
        return []
    start = min(one.i for one in sentence.subtree(word))
    verb = sentence.root.i if sentence.root.i > word.i else len(sentence.words)
    commas = [one.i for one in sentence.words[word.i : verb] if one.text == ","]
    end = commas[-1] if commas else max(one.i for one in sentence.subtree(word)) + 1
    return [_text(sentence.words[start:end])]


def _years(sentence: Sentence, word: Word) -> str:
    for link in sentence.children(word, "prep"):
        noun = sentence.child(link, "pobj")
        if link.lemma == "of" and noun is not None and noun.tag == "CD":
            return noun.text.lower()
    return ""


def _text(words: Iterable[Word]) -> str:
    ordered = sorted(words, key=lambda one: one.i)
    return "".join(one.text + (" " if one.space else "") for one in ordered).strip(" .,;")
