"""A story of about two thousand words for benchmarks: made up here, so that it needs no file."""

from __future__ import annotations

PEOPLE = ("Mara", "the old fisherman", "the girl", "Jonas", "the king", "the baker")
PLACES = (
    "the garden",
    "the street",
    "the forest",
    "the castle",
    "the shore",
    "the mountain",
    "the kitchen",
    "the market",
    "the desert",
    "the hall",
)
DEEDS = (
    "walked into {place} and looked around",
    "ran across {place} in the rain",
    "sat down in {place} and read a letter",
    "stood in {place} and pointed at the sky",
    "knelt in {place} and cried",
    "danced in {place} with a lantern",
    "carried a basket through {place}",
    "slept in {place} until the morning",
    "climbed a tree in {place}",
    "waved from {place} and laughed",
)
TIMES = ("In the morning", "At noon", "At dusk", "That night", "In winter", "In spring", "One day")


def long_story(sentences: int = 150) -> str:
    """Return a story of so many sentences, always the same one."""
    lines = ["# The Long Way Home", ""]
    for number in range(sentences):
        person = PEOPLE[number // 5 % len(PEOPLE)]
        place = PLACES[number // 5 % len(PLACES)]
        deed = DEEDS[(number * 7 + number // 10) % len(DEEDS)].format(place=place)
        when = f"{TIMES[number // 5 % len(TIMES)]} " if number % 5 == 0 else ""
        start = f"{when}{person} {deed}"
        lines.append(start[0].upper() + start[1:] + ".")
        if number % 4 == 3:
            other = PEOPLE[(number // 5 + 1) % len(PEOPLE)]
            lines.append(f'"Where have you been?" asked {other}.')
        if number % 5 == 4:
            lines.append("")
    return "\n".join(lines) + "\n"
