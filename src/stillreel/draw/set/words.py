"""Plain nouns and their synonyms: what a feature word of a setting means to the pencil."""

from __future__ import annotations

import re
from functools import lru_cache

_WORDS = {
    "tree": "tree trees orchard peach-tree peach apple-tree oak elm branch branches grove",
    "pine": "pine pines fir firs spruce conifer christmas-tree",
    "birch": "birch birches poplar poplars",
    "palm": "palm palms palm-tree coconut",
    "cactus": "cactus cacti",
    "blossom": "blossom blossoms bloom",
    "flowers": "flower flowers rose roses daisy daisies tulips flowerbed bluebells",
    "grass": "grass lawn meadow reeds wheat corn crops",
    "bush": "bush bushes shrub shrubs hedge hedges bramble thicket",
    "wall": "wall walls garden-wall stone-wall",
    "hole": "hole gap breach crack",
    "fence": "fence fences railing railings palings",
    "gate": "gate gates gateway portcullis",
    "castle": "castle fortress palace keep fort",
    "house": "house houses cottage cottages hut cabin farm farmhouse home barn village mill",
    "church": "church chapel cathedral steeple spire temple",
    "tower": "tower towers turret belfry clocktower",
    "school": "school schoolhouse",
    "lighthouse": "lighthouse beacon",
    "window": "window windows casement pane skylight",
    "door": "door doors doorway entrance",
    "notice-board": "notice-board noticeboard notice board billboard",
    "sign": "sign signs signpost shop-sign",
    "table": "table tables desk counter workbench altar bar",
    "chair": "chair chairs armchair stool stools seat sofa couch",
    "bed": "bed beds cot mattress cradle bunk",
    "fireplace": "fireplace hearth stove oven chimneypiece",
    "lamp": "lamp lamps lantern lanterns candle candles chandelier lamppost streetlight",
    "bookshelf": "bookshelf bookshelves shelf shelves bookcase books cupboard wardrobe cabinet",
    "stairs": "stairs staircase stair steps stairway",
    "ladder": "ladder ladders stepladder",
    "bench": "bench benches pew",
    "fountain": "fountain basin",
    "well": "well",
    "bridge": "bridge footbridge",
    "river": "river stream brook creek canal",
    "lake": "lake pond pool",
    "rock": "rock rocks stone stones boulder boulders cliffside",
    "boat": "boat boats ship ships rowboat sailboat raft canoe yacht",
    "road": "road lane highway street avenue track",
    "path": "path paths trail footpath",
    "hill": "hill hills knoll mound",
    "mountain": "mountain mountains peak peaks alps",
    "snow": "snow snowdrift snowdrifts",
    "ice": "ice frost icicle icicles glacier",
    "chimney": "chimney chimneys chimney-pots",
    "roof": "roof roofs rooftop rooftops slates",
    "moon": "moon moonlight",
    "sun": "sun sunlight sunshine",
    "star": "star stars starlight",
    "cloud": "cloud clouds",
    "rainbow": "rainbow",
    "fire": "fire campfire bonfire flames",
    "tent": "tent tents camp pavilion",
    "car": "car cars taxi automobile truck van bus",
    "train": "train railway carriage locomotive wagon",
    "stall": "stall stalls market market-stall booth",
    "pillar": "pillar pillars column columns",
    "throne": "throne",
    "banner": "banner banners flag flags tapestry tapestries curtain curtains",
    "cave": "cave cavern grotto",
    "cliff": "cliff cliffs",
    "island": "island islands",
    "pyramid": "pyramid pyramids",
    "dune": "dune dunes sand",
    "picture": "picture painting paintings portrait mirror clock",
    "blackboard": "blackboard chalkboard whiteboard",
    "rug": "rug carpet",
    "plant": "plant plants pot houseplant vase",
    "neon": "neon skyscraper skyscrapers city downtown traffic billboard-lights",
    "wave": "wave waves surf shore beach",
    "statue": "statue monument",
    "grave": "grave graves gravestone gravestones tomb tombstone headstone headstones",
    "haystack": "haystack haystacks haycock stook stooks",
    "cart": "cart carts barrow wheelbarrow",
    "barrel": "barrel barrels crate crates box boxes sack sacks",
    "horse": "horse saddle",
}
_NOUN_OF = {word: noun for noun, words in _WORDS.items() for word in words.split()}


@lru_cache(maxsize=512)
def noun_of(feature: str) -> str:
    """Return the pencil's noun for a feature such as `high stone wall`, or an empty string."""
    words = re.findall(r"[a-z]+(?:-[a-z]+)*", feature.lower())
    joined = "-".join(words)
    for candidate in (joined, *reversed(words)):
        for form in (candidate, candidate.removesuffix("s")):
            if form in _NOUN_OF:
                return _NOUN_OF[form]
        for part in reversed(candidate.split("-")):
            if part in _NOUN_OF:
                return _NOUN_OF[part]
    return ""


def nouns_in(features: tuple[str, ...]) -> tuple[str, ...]:
    """Return the nouns the pencil knows among the features, in order, each once."""
    found: list[str] = []
    for feature in features:
        whole = noun_of(feature)
        others = [noun_of(word) for word in feature.lower().replace("-", " ").split()]
        for noun in (whole, *(other for other in others if other in {"hole", "blossom", "snow"})):
            if noun and noun not in found:
                found.append(noun)
    return tuple(found)
