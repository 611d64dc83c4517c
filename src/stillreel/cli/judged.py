"""The judge tier of `measure identity`: a price, a yes, the checklist, and who may decide."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from stillreel.cli import show
from stillreel.cli.measured import Answer, likeness_row, picture
from stillreel.errors import UsageError
from stillreel.measure.nouns import IdentityScore, NotMeasurable

if TYPE_CHECKING:
    from collections.abc import Sequence
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
        heard = _heard(who, [one for _, one in asked], account, most, trust, as_json=as_json)
    if heard is None:
        return _WAITING
    for (file, _), seen in zip(asked, heard, strict=True):
        told = {"reference": str(reference), "file": str(file), "judge": who.id}
        row = told | _row(seen, trust)
        answer.results.append(row)
        answer.lines += _told(row, seen)
    return answer.tell(as_json=as_json)


def dollars(said: str | None) -> Money | None:
    """Return an amount from the command line; None where none was said.

    Raises:
        UsageError: it is no amount of money.
    """
    from stillreel.values.money import Money

    try:
        return Money.parse(said) if said is not None else None
    except ValueError as error:
        raise UsageError(f"{error}.", next_step="Write dollars, like --max-spend 5.00.") from error


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


def _heard(
    who: Judge,
    asked: Sequence[Sequence[Round]],
    account: Account,
    most: Money | None,
    trust: Trust | None,
    *,
    as_json: bool,
) -> Sequence[JudgeScore | NotMeasurable] | None:
    """Tell the price, see that somebody agrees to it, and ask; None where nobody agreed."""
    from stillreel.measure.judge.score import model_of, refusal, scores
    from stillreel.providers import answer

    asks = [ask for pair in asked for one in pair for ask in (one.first, one.second)]
    fresh = account.fresh(asks)
    price = answer.price(who, fresh)
    undecided = refusal(who.id, model_of(who.offer), trust)
    if fresh:
        show.story(f"{len(fresh)} questions to {who.id}: up to {price} USD")
    if undecided:
        show.story(f"It will not decide: {undecided}")
    if not _agreed(price, most, as_json=as_json):
        if as_json:
            show.document(
                {
                    "judge": who.id,
                    "questions": len(fresh),
                    "high_usd": str(price),
                    "asked": False,
                    "decides": not undecided,
                    "why": undecided,
                }
            )
        show.story(f"Nothing was asked. To go on: --max-spend {price}")
        return None

    async def hear(asks: Sequence[JudgeAsk]) -> Sequence[JudgeAnswer | None]:
        return await account.hear(asks, price)

    return asyncio.run(scores(asked, hear, who.offer))


def _agreed(price: Money, most: Money | None, *, as_json: bool) -> bool:
    if most is not None or not price.micros:
        return most is None or price <= most
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
