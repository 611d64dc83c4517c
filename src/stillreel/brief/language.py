"""Which language a story is written in, told by its script and its commonest small words."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

_SAMPLE = 20_000
_WORD = re.compile(r"[^\W\d_]+")
_SCRIPTS = {
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "HANGUL": "ko",
    "CJK": "zh",
    "GREEK": "el",
    "HEBREW": "he",
    "DEVANAGARI": "hi",
    "BENGALI": "bn",
    "TAMIL": "ta",
    "TELUGU": "te",
    "THAI": "th",
    "GEORGIAN": "ka",
    "ARMENIAN": "hy",
}
_LETTERS = {
    "CYRILLIC": (("uk", "іїєґ"), ("sr", "ђјљњћџ"), ("be", "ўі"), ("bg", ""), ("ru", "ыэё")),
    "ARABIC": (("fa", "پچژگ"), ("ur", "ٹڈڑے"), ("ar", "ةىإأ")),
}
_SMALL_WORDS = {
    "en": (
        "the and of to in a is was he it that his her with for on as at they had you not be "
        "she him from were but all said there out into up what"
    ),
    "de": (
        "der die das und in den von zu mit sich ist nicht ein eine war dem er sie es auf als "
        "auch ich so wie aber im an für hatte sein ihr nach wenn"
    ),
    "fr": (
        "le la les de des et un une est dans que qui il elle ne pas pour sur en au avec se "
        "son sa ses du ce était plus mais par nous vous je"
    ),
    "es": (
        "el la los las de y que en un una se no por con su para es al lo como más pero sus le "
        "ya era del él había muy sin sobre me"
    ),
    "it": (
        "il la le gli di e che un una in non si per con del della è era a da al come ma più "
        "suo sua lo nel alla i ha sono dei"
    ),
    "pt": (
        "o a os as de e que em um uma não se por com para do da no na ao mas como mais seu "
        "sua era ele ela dos das foi lhe já"
    ),
    "nl": (
        "de het een en van in is dat op te niet met zijn was voor hij ze er aan om ook als "
        "maar naar had haar door over uit toen bij nog"
    ),
    "sv": (
        "och att det i en som på är av för med han hon den till var inte om ett men de så "
        "hade från sig jag vid när hans ut upp"
    ),
    "da": (
        "og at det i en som på er af for med han hun den til var ikke om et men de så havde "
        "fra sig jeg ved da hans ud op blev"
    ),
    "no": (
        "og at det i en som på er av for med han hun den til var ikke om et men de så hadde "
        "fra seg jeg ved da hans ut opp ble etter"
    ),
    "fi": (
        "ja on ei se että hän oli mutta kun niin en ovat joka kuin hänen sen myös vain minä "
        "sinä tämä jo sitten kaikki olla"
    ),
    "pl": (
        "i w na z się nie że do to jest jak o po ale za od był tak już go co jego przez dla "
        "była tylko ich przy gdy"
    ),
    "cs": (
        "a se na je že v to s z do byl o jako po ale za by si tak už jeho ve když jen která "
        "který byla pro od ho"
    ),
    "ro": (
        "și în de la a cu pe că nu o din un se ce mai care era pentru dar sau lui au sa fost "
        "îl ca către după fi"
    ),
    "hu": (
        "a az és hogy nem is egy volt de meg ez ki csak mint már volna ha azt el vagy le fel "
        "majd mert nagyon ő"
    ),
    "tr": (
        "ve bir bu da de için ile çok o ne gibi daha ama olan var sonra kadar ki her şey "
        "değil ben sen onun en mi"
    ),
    "ca": (
        "el la els les de i que en un una no es per amb al com més però seu seva va del hi ho "
        "són era quan molt"
    ),
    "id": (
        "yang dan di itu dengan untuk tidak ini dari dalam akan pada juga ke karena ada dia "
        "mereka oleh sudah saya kami telah"
    ),
    "vi": (
        "và của là có không được trong cho một những với các người này đã khi để từ ra vào "
        "lại thì cũng như"
    ),
}


def language_of(text: str) -> str:
    """Return the ISO 639-1 code of the language, `en` when there is too little to tell."""
    words = _WORD.findall(text[:_SAMPLE].lower())
    script = _script(words)
    if script in _SCRIPTS:
        return _SCRIPTS[script]
    if script in _LETTERS:
        return _by_letters(words, script)
    counts = Counter(words)
    best, most = "en", 0.0
    for code, small in _SMALL_WORDS.items():
        known = small.split()
        share = sum(counts[word] for word in known) / len(words) if words else 0.0
        variety = sum(1 for word in known if counts[word])
        score = share * variety
        if variety >= 2 and score > most * 1.0001:
            best, most = code, score
    return best


def _script(words: list[str]) -> str:
    """Return the script most letters are written in; a little kana makes Han text Japanese."""
    seen: Counter[str] = Counter()
    for word in words:
        for letter in word[:8]:
            seen["LATIN" if letter < "\u0250" else unicodedata.name(letter, "?").split()[0]] += 1
    kana = seen["HIRAGANA"] + seen["KATAKANA"]
    if kana and kana * 12 >= seen["CJK"] and kana + seen["CJK"] > seen["LATIN"]:
        return "HIRAGANA"
    return max(sorted(seen), key=lambda name: seen[name]) if seen else "LATIN"


def _by_letters(words: list[str], script: str) -> str:
    """Tell languages of one script apart by letters that only some of them use."""
    counts = Counter("".join(words))
    total = sum(counts.values())
    default = "ru" if script == "CYRILLIC" else "ar"
    best, most = default, 0.004
    for code, letters in _LETTERS[script]:
        share = sum(counts[letter] for letter in letters) / total
        if share > most:
            best, most = code, share
    if script == "CYRILLIC" and best == "ru" and not sum(counts[c] for c in "ыэё") and counts["ъ"]:
        return "bg"
    return best
