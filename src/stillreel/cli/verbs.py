"""Every verb, where it lives, and the sentence that the help shows for it."""

from __future__ import annotations

from typing import NamedTuple


class Verb(NamedTuple):
    """One command; its module is imported only when it is called."""

    name: str
    home: str
    usage: str
    sentence: str


GROUPS: tuple[tuple[str, tuple[Verb, ...]], ...] = (
    (
        "Make a film",
        (
            Verb("make", "make:make", "STORY [--out DIR]", "story to film in one command"),
            Verb("new", "make:new", "STORY [DIR]", "make a project folder"),
            Verb("plan", "make:plan", "DIR", "write cast/, places/, props/, board/ and prompts/"),
            Verb("quote", "look:quote", "DIR", "price and time of what is missing; no calls"),
            Verb("probe", "make:probe", "DIR", "the smallest chain end to end: one clip"),
            Verb("run", "make:run", "DIR [--until STAGE]", "make what is missing, up to the film"),
        ),
    ),
    (
        "Look",
        (
            Verb("check", "look:check", "DIR", "every problem as file:line"),
            Verb("status", "look:status", "DIR", "what is done, spent and waiting"),
            Verb("events", "look:events", "DIR", "what happened, in order"),
            Verb("spend", "pay:spend", "DIR", "where the money went, and what was for nothing"),
            Verb(
                "compare", "compare:compare", "DIR WHAT", "takes side by side: figures and picture"
            ),
        ),
    ),
    (
        "Decide",
        (
            Verb("approve", "decide:approve", "DIR WHAT", "let the film go on past a gate"),
            Verb("choose", "decide:choose", "DIR WHAT TAKE", "use another take"),
            Verb("redo", "decide:redo", "DIR WHAT", "ask for one more take"),
            Verb("settle", "pay:settle", "DIR [WHAT]", "jobs of which nobody knows how they ended"),
        ),
    ),
    (
        "Take away",
        (Verb("export", "deliver:export", "DIR --as FORMAT", "otio otioz fcpxml fcp7 edl srt"),),
    ),
    (
        "Tools",
        (
            Verb("measure", "measure:app", "WHAT FILE...", "panels, instances, identity or clip"),
            Verb("trail", "trail:trail", "FILE|DIR...", "where a picture, clip or film came from"),
            Verb("bench", "bench:app", "WHAT", "experiments you can rerun: judge or survival"),
            Verb("providers", "tools:providers", "", "who can draw and move, and whether ready"),
            Verb("keys", "tools:keys", "", "which keys were found, and where"),
            Verb("rehearse", "rehearse:rehearse", "DIR", "the same film against stand-in vendors"),
            Verb("worker", "pay:worker", "", "carry paid jobs for films that share a database"),
            Verb("doctor", "tools:doctor", "", "what this machine has"),
        ),
    ),
)

VERBS = tuple(verb for _, verbs in GROUPS for verb in verbs)

EXIT_CODES = (
    "0 done, 1 our bug, 2 usage, 3 the project has problems, 4 waiting for a person, "
    "5 a provider failed, 6 not configured, 130 interrupted"
)


def root_help() -> str:
    """Return the text of `stillreel --help`; written out, so that it answers at once."""
    lines = [
        "stillreel: story to finished short film, still first.",
        "",
        "Usage: stillreel VERB ...",
    ]
    for title, verbs in GROUPS:
        lines += ["", f"{title}:"]
        lines += [f"  {f'{verb.name} {verb.usage}'.strip():<28} {verb.sentence}" for verb in verbs]
    lines += [
        "",
        "`stillreel VERB --help` shows a verb's options; --json gives any answer as JSON.",
        f"Exit codes: {EXIT_CODES}.",
    ]
    return "\n".join(lines)
