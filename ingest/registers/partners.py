"""The organisations that an activity names as partners, organisers or sponsors."""

import re
from collections.abc import Iterable, Iterator

from ingest.documents import BlockKind
from ingest.normalisation import fold
from ingest.registers.activity_entries import Partner
from ingest.registers.paragraphs import Paragraph
from ingest.sentences import sentence_spans

_TRIGGER = re.compile(
    r"\b(?:(?:jointly|together|in (?:conjunction|coordination|collaboration|partnership|cooperation|alliance)"
    r"|(?:prepared|organi[sz]ed|financed|developed) (?:jointly |together )?) ?with"
    r"|with the (?:support|assistance|collaboration|co-?sponsor(?:ship|ing)|participation|backing|co-?operation"
    r"|help) of"
    r"|(?:supported|sponsored|co-?sponsored|co-?organi[sz]ed|organi[sz]ed|financed|funded) by"
    r"|(?:agreement|signed) with|on the support of"
    r"|con (?:el apoyo|la colaboración|el auspicio|el patrocinio|la participación|el respaldo|la ayuda) de"
    r"|(?:conjuntamente|en conjunto|en coordinación|en colaboración|en cooperación|en alianza|junto|preparad[ao]) con"
    r"|(?:apoyad|organizad|financiad|patrocinad|auspiciad)[oa]s? por"
    r"|com (?:o apoio|a colaboração|o patrocínio|a participação|a ajuda) d[aeo]s?"
    r"|(?:em conjunto|conjuntamente|em coordenação|em colaboração|em cooperação|em parceria|junto|preparad[ao]) com"
    r"|(?:apoiad|organizad|financiad|patrocinad)[oa]s? (?:por|pel[ao]s?)"
    r"|avec (?:l['’]appui|le soutien|la collaboration|la participation|l['’]aide|le concours) d(?:e|u|es)"
    r"|(?:conjointement|en coordination|en collaboration|en coopération|en partenariat|préparée?) avec"
    r"|(?:appuyé|organisé|financé|parrainé)e?s? par)(?= |l['’]|d['’])",
    re.IGNORECASE,
)
_ARTICLE = r"(?:(?:the|its|la|el|los|las|le|les|o|a|os|as|su|sus|seu|sua|du|des|del|do|da|de la|de los)\s+|[ld]['’])"
_WORD = r"[A-ZÀ-Þ](?:[\w'’/&]|\.(?=\w))*(?:[-–](?:[\w'’/&]|\.(?=\w))+)*"
_INNER = r"(?:of|for|on|in|at|to|and|de|del|la|las|los|el|para|en|do|da|dos|das|du|des|d['’]|et|y|e|pour|the|bank|Bank)"
_REGION = r"(?:and the|y el|e o|e do|et des?|et les?|y del?)\s+(?:Caribbean|Caribe|Caraïbes?)"
_NAME = re.compile(
    rf"{_WORD}(?:\s+(?:{_REGION}|(?!(?:and|y|e|et)\s+(?:(?:the|la|el|los|o|a|le|les|its)\s|[A-Z]{{3,}}\b|[A-Z]+/))(?:{_INNER}\s+){{0,3}}{_WORD}"
    r"|of \d{1,3}))*"
    r"(?:\s*\((?P<short>[^()]{2,30})\))?"
)
_SEPARATOR = re.compile(
    r"\s*(?:[,;]\s*)?(?:(?:and|y|e|et|as well as|in addition to|through|along with|así como|además de|a través de"
    rf"|bem como|além d[aeo]s?|ainsi que|par l['’]intermédiaire de|por meio d[aeo])\s+)?{_ARTICLE}?"
)
_JOINS_LIST = re.compile(r"[,;]|\b(?:and|y|e|et|well|addition|through|along|así|además|través|bem|além|ainsi|meio)\b")
_JOINING_IN = re.compile(
    rf"(?P<name>{_NAME.pattern})\s+(?:(?:will|shall)\s+(?:also\s+)?(?:start to\s+)?(?:participate|take part|support"
    r"|collaborate|cooperate|co-?organi[sz]e|co-?sponsor|accompany)"
    r"|(?:también\s+|também\s+)?(?:participará|apoyará|colaborará|auspiciará|apoiará)"
    r"|(?:participera|appuiera|collaborera))\b"
)
_POSSESSIVE = re.compile(r"(?:['’]s)?$")
_CONTINUES = re.compile(rf"^, {_WORD}(?:,? (?:and|y|e|et)? ?{_WORD})*[^,;.()]{{0,60}}\([^()]{{2,30}}\)")
_ORGANISATION = re.compile(
    r"\b(?:organi[sz]ations?|offices?|banks?|commissions?|ministr(?:y|ies)|governments?|cent(?:re|er)s?|agenc(?:y|ies)"
    r"|councils?|funds?|universit(?:y|ies)|institutes?|associations?|secretariats?|federations?|federacion(?:es)?|federac(?:ao|oes)|authorit(?:y|ies)|networks?"
    r"|corporations?|communit(?:y|ies)|alliance|nations|unions?|conference|group|chambers?"
    r"|organizacion(?:es)?|oficinas?|bancos?|comision(?:es)?|ministerios?|gobiernos?|centros?|agencias?|consejos?"
    r"|fondos?|universidad(?:es)?|institutos?|asociacion(?:es)?|secretarias?|red|comunidad|alianza|naciones"
    r"|organizac(?:ao|oes)|escritorios?|comissao|governos?|conselhos?|fundos?|universidades?|associacao|rede|comunidade"
    r"|nacoes|organisations?|bureau|banque|ministere|gouvernements?|conseil|fonds|universites?|instituts?|reseau)\b"
)
_ACRONYM = re.compile(r"\b[A-Z]{2}[A-Za-z]*\b|\b[A-Z]+[/-][A-Z]+\b")
_SECRETARIAT = re.compile(
    r"^(?:General Secretariat|Secretar[ií]a General|Secretaria-Geral|Secrétariat général) (?:of|del?|d[ao]) "
)
_OWN = re.compile(
    r"^(?:permanent secretariat(?: of the .*)?|secretaria permanente|secretariat permanent|sela|latin american council"
    r"|latin american and caribbean economic system|sistema economico latinoamericano.*"
    r"|permanent secretariat of sela|secretaria permanente del? sela|member states.*|estados miembros.*"
    r"|work programme.*|latin america(?: and the caribbean)?|america latina.*|lac"
    r"|smes?|msmes?|icts?|tics?|ppps?|pymes?|mipymes?)(?: \(.*\))?$"
)


def partners_in(body: Iterable[Paragraph]) -> tuple[Partner, ...]:
    """Return the organisations that clauses such as "jointly with…" name, each once, where it is named first."""
    found: dict[str, Partner] = {}
    for paragraph in body:
        if paragraph.kind is BlockKind.TABLE_ROW:
            continue
        for start, end in sentence_spans(paragraph.text):
            for name in _names(paragraph.text, start, end):
                partner = Partner(paragraph.cite(*name), paragraph.cite(start, end))
                if not any(_is_same(partner.name.words, known) for known in found):
                    found[partner.name.words] = partner
    return tuple(found.values())


def _names(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    sentence = text[start:end].replace("\n", " ")
    for trigger in _TRIGGER.finditer(sentence):
        position = _SEPARATOR.match(sentence, trigger.end())
        after = position.end() if position else trigger.end()
        for first, last in _listed(sentence, after):
            if _is_organisation(sentence[first:last]):
                yield start + first, start + last
    for joining in _JOINING_IN.finditer(sentence):
        first, last = joining.span("name")
        if _is_organisation(sentence[first:last]):
            yield start + first, start + last


def _listed(sentence: str, position: int) -> Iterator[tuple[int, int]]:
    """Yield the names of a list that begins at `position`."""
    while True:
        name = _NAME.match(sentence, position)
        if name is None:
            return
        end = position + len(_POSSESSIVE.sub("", name.group()))
        longer = None if name["short"] or _ACRONYM.fullmatch(name.group()) else _CONTINUES.match(sentence[end:])
        end += longer.end() if longer else 0
        yield position, end
        separator = _SEPARATOR.match(sentence, end)
        if separator is None or not _JOINS_LIST.search(separator.group()):
            return
        position = separator.end()


def _is_organisation(name: str) -> bool:
    folded = " ".join(fold(name).split())
    if _OWN.match(folded):
        return False
    return _ORGANISATION.search(folded) is not None or _ACRONYM.search(name) is not None


def _is_same(name: str, known: str) -> bool:
    """Tell whether two names are of one body: equal, or with the same acronym, its secretariat counting as itself."""
    return name == known or bool(_short(name) & _short(known))


def _short(name: str) -> frozenset[str]:
    bracketed = re.search(r"\(([^()]+)\)$", name)
    bare = _SECRETARIAT.sub("", name)
    acronym = bracketed[1] if bracketed else bare if _ACRONYM.fullmatch(bare) else ""
    return frozenset({re.sub(r"\W", "", acronym)} - {""})
