"""Cities and countries where meetings are held, in four languages, and how a text names one as a place of meeting."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ingest.identifiers import find_dates, fold_with_offsets
from ingest.normalisation import fold

# One country a line: its names, then each of its cities with the names of that city.
_GAZETTEER = """
argentina|argentine: buenos aires; cordoba; rosario; mendoza
antigua and barbuda|antigua y barbuda|antigua e barbuda|antigua-et-barbuda: saint john's
bahamas: nassau
barbados|barbade: bridgetown
belize|belice: belmopan; belize city|ciudad de belice
bolivia|bolivie: la paz; santa cruz de la sierra|santa cruz; sucre; cochabamba
brazil|brasil|bresil: brasilia; sao paulo; rio de janeiro; belem; salvador de bahia; recife
chile|chili: santiago|santiago de chile|santiago du chili; valparaiso; san antonio
colombia|colombie: bogota; cartagena|cartagena de indias|carthagene|carthagene des indes; cali; medellin; barranquilla
costa rica: san jose
cuba: havana|la habana|la havane; varadero
dominica|dominique: roseau
ecuador|equador|equateur: quito; guayaquil; manta; cuenca
el salvador|salvador: san salvador
grenada|granada|grenade: saint george's
guatemala: guatemala city|ciudad de guatemala|cidade da guatemala|antigua guatemala
guyana|guiana: georgetown
haiti: port-au-prince|puerto principe|porto principe
honduras: tegucigalpa; san pedro sula; roatan
jamaica|jamaique: kingston; montego bay
mexico|mexique: mexico city|ciudad de mexico|cidade do mexico|mexico d.f.; cancun; manzanillo; veracruz; guadalajara
nicaragua: managua
panama: panama city|ciudad de panama|cidade do panama|panama-ville; colon; balboa
paraguay|paraguai: asuncion|assuncao|assomption
peru|perou: lima; callao; cusco; arequipa; piura
dominican republic|republica dominicana|republique dominicaine: santo domingo|saint-domingue|sao domingos; punta cana
saint kitts and nevis|san cristobal y nieves|sao cristovao e nevis|saint-christophe-et-nieves: basseterre
saint lucia|santa lucia|sainte-lucie: castries
saint vincent and the grenadines|san vicente y las granadinas|sao vicente e granadinas|saint-vincent-et-les grenadines|\
saint-vincent-et-les-grenadines: kingstown
suriname|surinam: paramaribo
trinidad and tobago|trinidad y tobago|trinidad e tobago|trinite-et-tobago: \
port of spain|puerto espana|port-d'espagne|porto de espanha|port-of-spain
uruguay|uruguai: montevideo|montevideu; punta del este
venezuela|bolivarian republic of venezuela|republica bolivariana de venezuela|republique bolivarienne du venezuela: \
caracas; valencia; maracaibo
united states|united states of america|estados unidos|estados unidos de america|etats-unis|usa: \
washington|washington d.c.|washington, d.c.; new york|nueva york|nova york|nova iorque; miami
spain|espana|espanha|espagne: madrid; barcelona; seville|sevilla|sevilha
portugal: lisbon|lisboa|lisbonne
france|francia|franca: paris
italy|italia|italie: rome|roma
germany|alemania|alemanha|allemagne: berlin; bonn
belgium|belgica|belgique: brussels|bruselas|bruxelas|bruxelles
switzerland|suiza|suica|suisse: geneva|ginebra|genebra|geneve
austria|autriche: vienna|viena|vienne
russia|rusia|russie|russian federation|federacion de rusia: moscow|moscu|moscou; saint petersburg|san petersburgo
turkey|turquia|turquie: ankara; istanbul|estambul|istambul
china|chine: beijing|pekin|pequim; shanghai
japan|japon|japao: tokyo|tokio|toquio; sendai
india|inde: new delhi|nueva delhi|nova delhi
south korea|republic of korea|corea del sur|republica de corea|coreia do sul|coree du sud: seoul|seul
canada: ottawa; montreal
"""
_VIRTUAL = re.compile(
    r"\b(?:virtual(?:es|ly|mente)?|virtuel(?:le)?(?:ment)?|virtua(?:l|is)|on-?line|en l[ií]nea|en ligne"
    r"|por videoconfer\w+|by videoconference|par visioconf\w+|via zoom)\b",
    re.IGNORECASE,
)
_BEFORE_PLACE = re.compile(
    r"(?:(?:^|[\s(])(?:in|at|en|em|na|no|à|a|au|aux)(?:\s+the)?(?:\s+(?:city|island|state|province|ciudad|cidade"
    r"|ville|isla|ilha|estado)"
    r"\s+(?:of|de|da|do))?\s+|\bisland of\s+|[(|]\s*|\bde\s+(?=la ciudad)|^\W*)$",
    re.IGNORECASE,
)
_ADJACENT = re.compile(r"[,.:;|]\s*$")
_CAPITALISED = r"[A-ZÀ-Þ][\w'’.-]*"
_UNKNOWN_CITY = re.compile(
    rf"{_CAPITALISED}(?:\s+(?:(?:de|del|da|do|of|la|las|los)\s+)*{_CAPITALISED}){{0,3}}\s*[(,]\s*$"
)
_JOIN = re.compile(r"\s*(?:[,(]|\()\s*")
_VENUE = re.compile(
    r"\b(?:headquarters|sede|si[eè]ge)\b(?:\s+(?:of|de|del|da|do|du|de la|de l['’])\s*(?:the\s+|la\s+|l['’])?"
    rf"{_CAPITALISED}(?:\s+(?:(?:for|of|and|de|del|la|y|e|et|du|des)\s+)*{_CAPITALISED})*(?:\s*\([A-Z-]+\))?)?"
    r"|\bConference Room\s+[A-ZÀ-Þ]\w+(?:\s+[A-ZÀ-Þ]\w+)*",
)


@dataclass(frozen=True, slots=True)
class Location:
    """A place of meeting standing in a text.

    Args:
        city: normal form of the city, empty if only a country is named.
        country: normal form of the country, empty if unknown.
        start: first character.
        end: one past the last character.
        country_written: whether the text names the country.
    """

    city: str
    country: str
    start: int
    end: int
    country_written: bool = False


def find_locations(text: str) -> tuple[Location, ...]:
    """Return the cities and countries of `text`, "Lima, Peru" as one, in reading order."""
    found: list[Location] = []
    for place in _names(text):
        if (
            found
            and not found[-1].country_written
            and not place.city
            and _JOIN.fullmatch(text[found[-1].end : place.start])
        ):
            found[-1] = _joined(text, found[-1], place)
        elif not place.city and (start := _start_of_unknown_city(text, place.start)) is not None:
            city = Location(fold(text[start : place.start]).strip(" ,("), "", start, place.start)
            found.append(_joined(text, city, place))
        else:
            found.append(place)
    return tuple(found)


def places_of_meeting(text: str) -> tuple[Location, ...]:
    """Return the locations of `text` that stand after "in" or its like, in brackets, or beside a date."""
    return tuple(place for place in find_locations(text) if _is_place_of_meeting(text, place))


def find_venue(text: str) -> tuple[int, int] | None:
    """Return where "headquarters of…" or a conference room stands in `text`."""
    match = _VENUE.search(text)
    return match.span() if match else None


def find_virtual(text: str) -> tuple[int, int] | None:
    """Return where `text` says that a meeting is virtual."""
    match = _VIRTUAL.search(text)
    return match.span() if match else None


def same_location(one: str, other: str) -> bool:
    """Tell whether two names can be one place of meeting: "Lima" and "Lima, Peru", "Havana" and "La Habana"."""
    first, second = find_locations(one)[:1], find_locations(other)[:1]
    if not first or not second:
        return fold(one).split(",")[0].strip() == fold(other).split(",")[0].strip()
    if first[0].city and second[0].city:
        return first[0].city == second[0].city
    return first[0].country == second[0].country


def _is_place_of_meeting(text: str, place: Location) -> bool:
    before = text[: place.start]
    if _BEFORE_PLACE.search(before):
        return True
    beside = text[max(0, place.start - 30) : place.start] + text[place.end : place.end + 45]
    return _ADJACENT.search(before) is not None and bool(find_dates(beside, with_years=False))


def _names(text: str) -> Iterator[Location]:
    folded = fold_with_offsets(text)
    for match in _pattern().finditer(folded.text):
        start, end = folded.span(match.start(), match.end())
        if text[start].isupper():
            city, country = _places()[match.group()]
            yield Location(city, country, start, end, country_written=not city)


def _joined(text: str, city: Location, country: Location) -> Location:
    closing = text[country.end : country.end + 1] == ")" and "(" in text[city.end : country.start]
    return Location(city.city, country.country, city.start, country.end + closing, country_written=True)


def _start_of_unknown_city(text: str, country: int) -> int | None:
    """Return where "Punta Ballena" begins in "in Punta Ballena, Uruguay"."""
    match = _UNKNOWN_CITY.search(text[:country])
    if match and _BEFORE_PLACE.search(text[: match.start()]):
        return match.start()
    return None


@cache
def _places() -> dict[str, tuple[str, str]]:
    """Return (city, country) in normal form by every folded name of either."""
    found: dict[str, tuple[str, str]] = {}
    for line in _GAZETTEER.strip().splitlines():
        countries, _, cities = line.partition(":")
        country = countries.split("|")[0]
        found |= {name: ("", country) for name in countries.split("|")}
        for city in filter(None, (each.strip() for each in cities.split(";"))):
            found |= {name: (city.split("|")[0], country) for name in city.split("|")}
    return found


@cache
def _pattern() -> re.Pattern[str]:
    names = "|".join(re.escape(name) for name in sorted(_places(), key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{names})(?![\w])")
