"""Numbers written out in words, in four languages: "twenty-one", "veintiuno", "vinte e um", "vingt et un"."""

import re
from functools import cache

from ingest.normalisation import fold

_UNITS = {
    "en": "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    " seventeen eighteen nineteen",
    "es": "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis"
    " diecisiete dieciocho diecinueve veinte veintiuno veintidos veintitres veinticuatro veinticinco veintiseis"
    " veintisiete veintiocho veintinueve",
    "pt": "zero um dois tres quatro cinco seis sete oito nove dez onze doze treze quatorze quinze dezesseis dezessete"
    " dezoito dezenove",
    "fr": "zero un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept"
    " dix-huit dix-neuf",
}
_TENS = {
    "en": "twenty thirty forty fifty sixty seventy eighty ninety",
    "es": "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa",
    "pt": "vinte trinta quarenta cinquenta sessenta setenta oitenta noventa",
    "fr": "vingt trente quarante cinquante soixante septante octante nonante",
}
_HUNDREDS = {
    "en": {},
    "es": {"cien": 100, "ciento": 100, "doscientos": 200, "trescientos": 300, "cuatrocientos": 400, "quinientos": 500,
           "seiscientos": 600, "setecientos": 700, "ochocientos": 800, "novecientos": 900},
    "pt": {"cem": 100, "cento": 100, "duzentos": 200, "trezentos": 300, "quatrocentos": 400, "quinhentos": 500,
           "seiscentos": 600, "setecentos": 700, "oitocentos": 800, "novecentos": 900},
    "fr": {},
}  # fmt: skip
_MORE = {
    "en": {"dozen": 12, "dozens": 12},
    "es": {"un": 1, "una": 1, "docena": 12, "veintiun": 21, "veintiuna": 21},
    "pt": {
        "uma": 1,
        "duas": 2,
        "duzia": 12,
        "meia": 6,
        "catorze": 14,
        "dezasseis": 16,
        "dezassete": 17,
        "dezanove": 19,
    },
    "fr": {"une": 1, "douzaine": 12},
}
_SCALES = {
    "en": {"hundred": 100, "thousand": 1000, "million": 10**6, "millions": 10**6, "billion": 10**9},
    "es": {"mil": 1000, "millon": 10**6, "millones": 10**6},
    "pt": {"mil": 1000, "milhao": 10**6, "milhoes": 10**6, "bilhao": 10**9, "bilhoes": 10**9},
    "fr": {"cent": 100, "cents": 100, "mille": 1000, "million": 10**6, "millions": 10**6, "milliard": 10**9},
}
_JOINERS = {"en": ("and",), "es": ("y",), "pt": ("e",), "fr": ("et",)}
_ARTICLES = frozenset({"one", "un", "una", "uno", "um", "uma", "une"})
_EIGHTY = re.compile(r"\bquatre[- ]vingts?\b")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def spelled_numbers(text: str, *, language: str) -> list[int]:
    """Return the numbers that `text` writes out in words, in order; "one" and the articles like it are left out."""
    found: list[int] = []
    run: list[str] = []
    end = 0
    folded = _EIGHTY.sub("octante", fold(text))
    for match in _WORD.finditer(folded):
        if folded[end : match.start()].strip():
            found += _values(run, language)
            run = []
        run += _split(match.group(), language)
        end = match.end()
    return found + _values(run, language)


def _split(word: str, language: str) -> list[str]:
    return [word] if word in _small(language) or word in _SCALES[language] else word.split("-")


def _values(words: list[str], language: str) -> list[int]:
    """Return the numbers of a run of words; what is no number parts them."""
    found: list[int] = []
    current: list[str] = []
    for word in [*words, ""]:
        is_joiner = word in _JOINERS[language] and current
        if word in _small(language) or word in _SCALES[language] or is_joiner:
            current.append(word)
            continue
        spoken = [w for w in current if w not in _JOINERS[language]]
        if spoken and not (len(spoken) == 1 and spoken[0] in _ARTICLES):
            found += _sums(current, language)
        current = []
    return found


def _sums(words: list[str], language: str) -> list[int]:
    """Return what number words make together: one number, or several where one cannot go on with another."""
    found: list[int] = []
    total = group = 0
    for word in (w for w in words if w not in _JOINERS[language]):
        value = _small(language).get(word)
        if value is None:
            scale = _SCALES[language][word]
            group, total = (max(group, 1) * 100, total) if scale == 100 else (0, total + max(group, 1) * scale)
        elif _goes_on(group, value):
            group += value
        else:
            found.append(total + group)
            total, group = 0, value
    return [*found, total + group]


def _goes_on(group: int, value: int) -> bool:
    """Tell whether a number word can follow what was said: "twenty" then "one", "soixante" then "douze"."""
    if value < 10:
        return group % 10 == 0 and group % 100 != 10
    if value < 20:
        return group % 100 in (0, 60, 80)
    return group % 100 == 0 if value < 100 else group == 0


@cache
def _small(language: str) -> dict[str, int]:
    units = dict(zip(_UNITS[language].split(), range(30), strict=False))
    tens = dict(zip(_TENS[language].split(), range(20, 100, 10), strict=True))
    hundreds = dict(_HUNDREDS[language])
    feminine = {f"{w[:-2]}as": n for w, n in hundreds.items() if w.endswith("os")}
    return {**units, **tens, **hundreds, **feminine, **_MORE[language]}
