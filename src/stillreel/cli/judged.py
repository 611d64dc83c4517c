"""The judge tier of `measure identity`: a price, a yes, the checklist, and who may decide."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from stillreel.cli import show
from stillreel.cli.env import dollars
from stillreel.cli.measured import Answer, likeness_row, picture
from stillreel.errors import UsageError
from stillreel.measure.nouns import IdentityScore, NotMeasurable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from stillreel.measure.judge.ask import Round
    from stillreel.measure.judge.nouns import JudgeScore, Trust, View
    from stillreel.plan.nouns import Character
    from stillreel.production.judging import Account
    from stillreel.providers.ask import JudgeAnswer, JudgeAsk
    from stillreel.providers.seam import Judge
    from stillreel.values.money import Money

_WAITING = 4


@dataclass(frozen=True, slots=True)
class Words:
    """What the command line says about the judge tier."""

    judge: str | None
    trust: Path | None
    film: Path | None
    who: str | None
    max_spend: str | None
    view: View | None

    def unused(self) -> None:
        """Refuse words of the judge tier where another tier measures.

        Raises:
            UsageError: there is one.
        """
        said = [f"--{name.replace('_', '-')}" for name, word in asdict(self).items() if word]
        if said:
            raise UsageError(
                f"{', '.join(said)} {'is' if len(said) == 1 else 'are'} of use to a judge only.",
                next_step="Add --tier judge.",
            )


def identity(reference: Path, files: Sequence[Path], words: Words, *, as_json: bool) -> int:
    """Let a judge fill in a character's checklist for pictures beside a reference.

    Raises:
        UsageError: a word is missing, or the film has no such character.
        MediaError: the reference cannot be read.
        ProjectError: the film, or the file of trust, has problems.
    """
    from stillreel.cli.env import database
    from stillreel.measure.judge.keep import trust_in
    from stillreel.measure.judge.score import model_of, refusal
    from stillreel.production import judging
    from stillreel.production.folder import Folder
    from stillreel.providers import registry

    answer = Answer(files)
    if not (words.judge and words.trust and words.film and words.who):
        names = ("judge", "trust", "film", "who")
        missing = [f"--{name}" for name in names if not getattr(words, name)]
        raise UsageError(
            f"A judge cannot be asked without {' and '.join(missing)}.",
            next_step=(
                "--film DIR and --who ID name the character's checklist and the account that pays, "
                "--judge NAME who looks, --trust FILE what `stillreel bench judge --keep` wrote."
            ),
        )
    most = dollars(words.max_spend)
    trust = trust_in(words.trust)
    folder, who = Folder(words.film), registry.judge(words.judge)
    character = judging.member(folder, words.who)
    asked = _comparisons(character, reference, files, words.view or "full", answer)
    if not asked:
        return answer.tell(as_json=as_json)
    with judging.account(folder, who, database()) as account:
        pairs = [one for _, one in asked]
        asks, price = _priced(who, pairs, account)
        refused = refusal(who.offer.provider, model_of(who.offer), trust)
        if asks:
            show.story(f"{asks} questions to {who.id}: up to {price} USD")
        if refused:
            show.story(f"It will not decide: {refused}")
        if not _agreed(price, most, as_json=as_json):
            facts = {"judge": who.id, "questions": asks, "high_usd": str(price)}
            facts |= {"asked": False, "decides": not refused, "why": refused}
            return _waiting(facts, answer, as_json=as_json)
        heard = _heard(who, pairs, account, price)
    for (file, _), seen in zip(asked, heard, strict=True):
        told = {"reference": str(reference), "file": str(file), "judge": who.id}
        row = told | _row(seen, trust)
        answer.results.append(row)
        answer.lines += _told(row, seen)
    return answer.tell(as_json=as_json)


def _comparisons(
    character: Character, reference: Path, files: Sequence[Path], view: View, answer: Answer
) -> list[tuple[Path, tuple[Round, ...]]]:
    """Return what is asked about each file that can be read."""
    from stillreel.measure.judge.ask import comparison
    from stillreel.measure.judge.nouns import Depiction
    from stillreel.plan.colours import colour_name

    known = Depiction(picture(reference), view)
    asked: list[tuple[Path, tuple[Round, ...]]] = []
    for file in files:
        with answer.one():
            shown = Depiction(picture(file), view)
            asked.append((file, comparison(character, colour_name, known, shown)))
    return asked


def _priced(who: Judge, pairs: Sequence[Sequence[Round]], account: Account) -> tuple[int, Money]:
    """Return how many questions were never asked, and the most they can cost."""
    from stillreel.providers import answer

    fresh = account.fresh(
        [ask for pair in pairs for one in pair for ask in (one.first, one.second)]
    )
    return len(fresh), answer.price(who, fresh)


def _heard(
    who: Judge, pairs: Sequence[Sequence[Round]], account: Account, agreed: Money
) -> Sequence[JudgeScore | NotMeasurable]:
    from stillreel.measure.judge.score import scores

    async def hear(asks: Sequence[JudgeAsk]) -> Sequence[JudgeAnswer | None]:
        return await account.hear(asks, agreed)

    return asyncio.run(scores(pairs, hear, who.offer))


def _waiting(told: Mapping[str, object], answer: Answer, *, as_json: bool) -> int:
    if as_json:
        errors = [show.failure_row(error) for error in answer.errors]
        show.document({**told, "errors": errors})
        return _WAITING
    for error in answer.errors:
        show.failure(error, as_json=False)
    show.story(f"Nothing was asked. To go on: --max-spend {told['high_usd']}")
    return _WAITING


def _agreed(price: Money, most: Money | None, *, as_json: bool) -> bool:
    if most is not None:
        return price <= most
    if not price.micros:
        return True
    if as_json or not (sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    sys.stderr.write("Spend it? [y/N] ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in {"y", "yes"}


def _row(seen: JudgeScore | NotMeasurable, trust: Trust | None) -> dict[str, object]:
    """Return a score as values of a row; `same` only where the judge may decide."""
    from stillreel.measure.judge.score import identity as decided
    from stillreel.measure.judge.score import marks

    if isinstance(seen, NotMeasurable):
        return {**likeness_row(seen), "decides": False, "why": seen.reason}
    more = {"model": seen.model, "seen": [asdict(one) for one in seen.attributes]}
    verdict = decided(seen, trust)
    if isinstance(verdict, IdentityScore):
        kappa = None if trust is None else round(trust.kappa, 3)
        return {**likeness_row(verdict), "decides": True, "why": "", "kappa": kappa, **more}
    shown = IdentityScore(seen.score, seen.interval, False, "judge", marks(seen))
    told = {"same": None, "decides": False, "why": verdict.reason, "kappa": None}
    return {**likeness_row(shown), **told, **more}


def _told(row: dict[str, object], seen: JudgeScore | NotMeasurable) -> list[str]:
    if isinstance(seen, NotMeasurable):
        return [f"{row['file']}: not_measurable, {seen.reason} (judge)"]
    verdict = ("same" if row["same"] else "different") if row["decides"] else "undecided"
    lines = [f"{row['file']}: {row['score']} {row['interval']} {verdict} ({row['judge']})"]
    lines += [
        f"  {one.attribute}: {one.outcome}{f', {one.how}' if one.how else ''}"
        for one in seen.attributes
        if one.outcome != "present"
    ]
    return lines if row["decides"] else [*lines, f"  It does not decide: {row['why']}"]
