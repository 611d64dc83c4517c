"""Which kind of four-legged animal a word means."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from stillreel.draw.animal.tame import CAT, COW, DOG, DONKEY, GOAT, HORSE, PIG, SHEEP
from stillreel.draw.animal.wild import BEAR, DEER, DRAGON, ELEPHANT, FOX, LION, MOUSE, RABBIT, WOLF

if TYPE_CHECKING:
    from stillreel.draw.animal.quad import Quad

_GENERIC = replace(DOG, ears="round", ear_size=(0.4, 0.4), pattern="", tail_size=(0.5, 0.05))


QUADS: dict[str, Quad] = {
    "dog": DOG,
    "cat": CAT,
    "horse": HORSE,
    "cow": COW,
    "bull": replace(COW, coat="#5b4033", pattern="", mark="", usual_m=1.6),
    "sheep": SHEEP,
    "lamb": replace(SHEEP, usual_m=0.5),
    "ram": replace(SHEEP, horns="ram"),
    "goat": GOAT,
    "pig": PIG,
    "boar": replace(PIG, coat="#5c4c42", tusks=True),
    "wolf": WOLF,
    "fox": FOX,
    "bear": BEAR,
    "lion": LION,
    "lioness": replace(LION, mane=""),
    "tiger": replace(LION, coat="#d98836", mane="", pattern="stripes", mark="#2e2622"),
    "leopard": replace(LION, coat="#d9ab63", mane="", pattern="spots", mark="#43301f"),
    "rabbit": RABBIT,
    "mouse": MOUSE,
    "rat": replace(MOUSE, coat="#6f655f", usual_m=0.1),
    "squirrel": replace(
        MOUSE, coat="#a3562e", usual_m=0.2, tail="plume", tail_size=(1.3, 0.22), tail_up=85.0
    ),
    "deer": DEER,
    "doe": replace(DEER, horns=""),
    "donkey": DONKEY,
    "elephant": ELEPHANT,
    "dragon": DRAGON,
    "animal": _GENERIC,
}


_SYNONYMS = {
    "dog": "hound puppy pup terrier spaniel collie sheepdog mastiff poodle cur mongrel bitch",
    "cat": "kitten tomcat tabby kitty puss",
    "horse": "pony mare stallion steed foal colt nag gelding unicorn charger",
    "cow": "calf heifer cattle",
    "bull": "ox bison buffalo bullock yak",
    "sheep": "ewe flock",
    "goat": "kid billy ibex",
    "pig": "hog sow piglet swine",
    "wolf": "werewolf coyote jackal hyena dingo",
    "fox": "vixen",
    "bear": "cub panda grizzly badger",
    "lion": "beast",
    "tiger": "tigress",
    "leopard": "panther jaguar cheetah lynx puma",
    "rabbit": "hare bunny",
    "mouse": "mice hamster vole shrew",
    "rat": "weasel otter ferret mole hedgehog beaver",
    "deer": "stag hart reindeer elk moose antelope buck caribou",
    "doe": "fawn gazelle hind roe llama camel giraffe",
    "donkey": "ass mule zebra",
    "elephant": "mammoth rhinoceros rhino hippopotamus hippo",
    "dragon": "wyvern lizard monster crocodile dinosaur",
}


_BY_WORD = {word: kind for kind, words in _SYNONYMS.items() for word in words.split()}


def quad_of(word: str) -> tuple[str, Quad]:
    """Return the kind and measures for a species word; a plain four-legged one if unknown."""
    for part in reversed(word.lower().replace("-", " ").split()):
        for form in (part, part.removesuffix("s"), part.removesuffix("es")):
            kind = form if form in QUADS else _BY_WORD.get(form, "")
            if kind:
                return kind, QUADS[kind]
    return "animal", _GENERIC
