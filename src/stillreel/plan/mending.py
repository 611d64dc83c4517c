"""Trees put right where the parser is known to slip: verbs read as nouns, animals as verbs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from stillreel.plan.lexicon import lexicon

if TYPE_CHECKING:
    from stillreel.plan.grammar import Word


_PAST = {
    "knelt": "kneel",
    "swam": "swim",
    "slunk": "slink",
    "strode": "stride",
    "wove": "weave",
    "leapt": "leap",
    "clung": "cling",
    "bent": "bend",
}
"""Past forms the parser does not know as verbs."""


def mended(words: list[Word]) -> list[Word]:
    """Return a sentence's words with the slips we know of put right.

    Args:
        words: the words in order; heads are positions in this list.
    """
    for mend in (_enters, _hammered, _piles, _ducks, _three_run, _lay, _beast, _one_day):
        words = mend(words)
    return words


def _enters(words: list[Word]) -> list[Word]:
    """Turn `Jonas enters`, read as a name before a plural noun, back into a name and its verb."""
    found = list(words)
    for word in words:
        noun = words[word.head]
        if word.tag == "NNP" and word.dep == "compound" and noun.tag == "VBZ":
            found[word.i] = replace(word, dep="nsubj")
        beside = word.tag == "NNP" and word.dep == "compound" and noun.i == word.i + 1
        if not beside or noun.tag != "NNS" or lexicon().action(noun.lemma) is None:
            continue
        if noun.head == noun.i:
            found[noun.i] = replace(noun, tag="VBZ")
            found[word.i] = replace(word, dep="nsubj")
        elif noun.dep == "nsubj":
            found[noun.i] = replace(noun, tag="VBZ", dep="parataxis")
            found[word.i] = replace(word, dep="nsubj", head=noun.head)
    return found


def _root(words: list[Word]) -> Word | None:
    return next((word for word in words if word.head == word.i), None)


def _hammered(words: list[Word]) -> list[Word]:
    """Find the verb of `Yuri, a young engineer, hammered at the door`."""
    root = _root(words)
    if root is None or not root.is_noun or any(w.tag in ("VBD", "VBZ", "VBP") for w in words):
        return words
    verb = next(
        (
            w
            for w in words
            if w.tag == "VBN" and w.dep == "acl" and w.i > root.i and words[w.i - 1].text == ","
        ),
        None,
    )
    if verb is None or lexicon().action(verb.lemma) is None:
        return words
    return _crowned(words, verb, replace(verb, tag="VBD"), root)


def _piles(words: list[Word]) -> list[Word]:
    """Turn `a baker piles bread`, read as one heap of nouns, into doer, verb and object."""
    root = _root(words)
    if root is None or not root.is_noun:
        return words
    lex = lexicon()
    for verb in words[1 : root.i]:
        doer = words[verb.i - 1]
        shaped = verb.tag in ("VBZ", "NNS") and verb.dep == "compound" and verb.head == root.i
        someone = lex.person(doer.lemma) or lex.animal(doer.lemma) or doer.tag == "NNP"
        if not shaped or not doer.is_noun or not someone or lex.action(verb.lemma) is None:
            continue
        found = list(words)
        found[doer.i] = replace(doer, dep="nsubj", head=verb.i)
        found[root.i] = replace(root, dep="dobj", head=verb.i)
        found[verb.i] = replace(verb, tag="VBZ", dep="ROOT", head=verb.i)
        for word in words:
            if word.head == root.i and word.i < doer.i:
                found[word.i] = replace(word, head=doer.i)
            elif word.head == root.i and word.i > root.i:
                found[word.i] = replace(word, head=verb.i)
        return found
    return words


def _ducks(words: list[Word]) -> list[Word]:
    """Turn `grabs a loaf and ducks under the cart` from two things grabbed into two deeds."""
    root = _root(words)
    if root is None or root.tag not in ("VBZ", "VBD"):
        return words
    lex = lexicon()
    found = list(words)
    for word in words[2:]:
        bare = not any(w.head == word.i and w.i < word.i for w in words)
        joined = word.tag == "NNS" and word.dep == "conj" and words[word.i - 1].text == "and"
        head = words[word.head]
        single = any(w.head == head.i and w.lemma in ("a", "an", "the") for w in words)
        if joined and bare and single and root.tag == "VBZ" and lex.action(word.lemma):
            found[word.i] = replace(word, tag="VBZ", head=root.i)
            for below in words:
                if below.i > word.i and below.head in (head.i, root.i) and below.dep == "prep":
                    found[below.i] = replace(below, head=word.i)
    return found


def _three_run(words: list[Word]) -> list[Word]:
    """Turn `the three run` into a number of people and their verb."""
    root = _root(words)
    if root is None or root.tag != "NN" or root.i < 1 or lexicon().action(root.lemma) is None:
        return words
    number = words[root.i - 1]
    if number.dep != "nummod" or any(w.tag.startswith(("V", "MD")) for w in words):
        return words
    found = list(words)
    found[root.i] = replace(root, tag="VBP")
    found[number.i] = replace(number, dep="nsubj")
    for word in words[: number.i]:
        if word.head == root.i:
            found[word.i] = replace(word, head=number.i)
    return found


def _lay(words: list[Word]) -> list[Word]:
    """Read `there she lay` as lying, not as laying something down; `knelt` as kneeling."""
    found = [replace(word, lemma=_PAST.get(word.lemma, word.lemma)) for word in words]
    for word in words:
        if word.text.lower() == "lay" and word.tag in ("VBD", "VBP"):
            thing = any(w.head == word.i and w.dep == "dobj" and w.i > word.i for w in words)
            if not thing or words[0].text.lower() in ("there", "in", "on", "under"):
                found[word.i] = replace(word, lemma="lie")
    return found


def _one_day(words: list[Word]) -> list[Word]:
    """Tell the time from the name in `one morning Henrik sat`, read as a name of three words."""
    found = list(words)
    for word in words[:-1]:
        name = words[word.head]
        joined = word.dep in ("compound", "nmod") and name.i == word.i + 1
        timely = lexicon().time(word.lemma) or lexicon().season(word.lemma)
        if not joined or not timely or not name.tag.startswith("NNP") or word.text[:1].isupper():
            continue
        found[word.i] = replace(word, dep="npadvmod", head=name.head)
        for below in words[: word.i]:
            if below.head == name.i:
                found[below.i] = replace(below, head=word.i)
    return found


def _beast(words: list[Word]) -> list[Word]:
    """Turn `carried the duckling home` from a kind of home into someone carried."""
    found = list(words)
    for word in words:
        text = word.text.lower()
        someone = lexicon().animal(text) or lexicon().person(text)
        if word.dep in ("nsubj", "dobj", "pobj") and word.tag in ("JJ", "VB", "VBG") and someone:
            found[word.i] = replace(word, tag="NN", lemma=text)
    for word in words[:-1]:
        home = words[word.i + 1]
        if word.dep not in ("amod", "compound") or home.lemma != "home" or home.dep != "dobj":
            continue
        text = word.text.lower()
        if lexicon().animal(text) or lexicon().person(text):
            found[word.i] = replace(word, tag="NN", lemma=text, dep="dobj", head=home.head)
            found[home.i] = replace(home, tag="RB", dep="advmod")
            for below in words:
                if below.head == home.i and below.i < word.i:
                    found[below.i] = replace(below, head=word.i)
    return found


def _crowned(words: list[Word], old: Word, verb: Word, noun: Word) -> list[Word]:
    """Let a verb be the root and the old root its subject."""
    found = list(words)
    found[old.i] = replace(verb, dep="ROOT", head=verb.i)
    found[noun.i] = replace(noun, dep="nsubj", head=verb.i)
    for word in words:
        if word.head == noun.i and word.i > verb.i:
            found[word.i] = replace(word, head=verb.i)
    return found
