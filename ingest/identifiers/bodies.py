"""Names of SELA's own organs and of the other bodies its documents speak of, in four languages."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from ingest.identifiers.folding import fold_with_offsets

LANGUAGES = ("en", "es", "pt", "fr")


class Body(StrEnum):
    """An intergovernmental body, as the registers know it."""

    LATIN_AMERICAN_COUNCIL = "latin_american_council"
    PERMANENT_SECRETARIAT = "permanent_secretariat"
    SELA = "sela"
    ANDEAN_COMMUNITY = "andean_community"
    MERCOSUR = "mercosur"
    CARICOM = "caricom"
    CELAC = "celac"
    SICA = "sica"
    SIECA = "sieca"
    ALADI = "aladi"
    ALBA = "alba"
    ACS = "acs"
    ACTO = "acto"
    PACIFIC_ALLIANCE = "pacific_alliance"
    UNASUR = "unasur"
    OAS = "oas"
    ECLAC = "eclac"
    UNCTAD = "unctad"
    UNITED_NATIONS = "united_nations"
    UNFCCC = "unfccc"
    WTO = "wto"
    IDB = "idb"
    CAF = "caf"
    EUROPEAN_UNION = "european_union"
    EURASIAN_UNION = "eurasian_union"
    GROUP_OF_77 = "group_of_77"

    @property
    def is_own(self) -> bool:
        """Whether it is SELA or one of its organs."""
        return self in _OWN


_OWN = frozenset({Body.LATIN_AMERICAN_COUNCIL, Body.PERMANENT_SECRETARIAT, Body.SELA})

# Names in the order en, es, pt, fr; the first of each is shown, the others are only recognised.
_NAMES: dict[Body, tuple[str, str, str, str]] = {
    Body.LATIN_AMERICAN_COUNCIL: (
        "Latin American Council",
        "Consejo Latinoamericano",
        "Conselho Latino-Americano",
        "Conseil latino-américain",
    ),
    Body.PERMANENT_SECRETARIAT: (
        "Permanent Secretariat",
        "Secretaría Permanente",
        "Secretaria Permanente",
        "Secrétariat permanent",
    ),
    Body.SELA: (
        "Latin American and Caribbean Economic System",
        "Sistema Económico Latinoamericano y del Caribe",
        "Sistema Econômico Latino-Americano e do Caribe",
        "Système économique latino-américain et caribéen",
    ),
    Body.ANDEAN_COMMUNITY: ("Andean Community", "Comunidad Andina", "Comunidade Andina", "Communauté andine"),
    Body.MERCOSUR: (
        "Southern Common Market",
        "Mercado Común del Sur",
        "Mercado Comum do Sul",
        "Marché commun du Sud",
    ),
    Body.CARICOM: ("Caribbean Community", "Comunidad del Caribe", "Comunidade do Caribe", "Communauté des Caraïbes"),
    Body.CELAC: (
        "Community of Latin American and Caribbean States",
        "Comunidad de Estados Latinoamericanos y Caribeños",
        "Comunidade de Estados Latino-Americanos e Caribenhos",
        "Communauté des États latino-américains et caribéens",
    ),
    Body.SICA: (
        "Central American Integration System",
        "Sistema de la Integración Centroamericana",
        "Sistema da Integração Centro-Americana",
        "Système d'intégration centraméricain",
    ),
    Body.SIECA: (
        "Secretariat for Central American Economic Integration",
        "Secretaría de Integración Económica Centroamericana",
        "Secretaria de Integração Econômica Centro-Americana",
        "Secrétariat de l'intégration économique centraméricaine",
    ),
    Body.ALADI: (
        "Latin American Integration Association",
        "Asociación Latinoamericana de Integración",
        "Associação Latino-Americana de Integração",
        "Association latino-américaine d'intégration",
    ),
    Body.ALBA: (
        "Bolivarian Alliance for the Peoples of Our America",
        "Alianza Bolivariana para los Pueblos de Nuestra América",
        "Aliança Bolivariana para os Povos da Nossa América",
        "Alliance bolivarienne pour les peuples de notre Amérique",
    ),
    Body.ACS: (
        "Association of Caribbean States",
        "Asociación de Estados del Caribe",
        "Associação dos Estados do Caribe",
        "Association des États de la Caraïbe",
    ),
    Body.ACTO: (
        "Amazon Cooperation Treaty Organization",
        "Organización del Tratado de Cooperación Amazónica",
        "Organização do Tratado de Cooperação Amazônica",
        "Organisation du traité de coopération amazonienne",
    ),
    Body.PACIFIC_ALLIANCE: ("Pacific Alliance", "Alianza del Pacífico", "Aliança do Pacífico", "Alliance du Pacifique"),
    Body.UNASUR: (
        "Union of South American Nations",
        "Unión de Naciones Suramericanas",
        "União de Nações Sul-Americanas",
        "Union des nations sud-américaines",
    ),
    Body.OAS: (
        "Organization of American States",
        "Organización de los Estados Americanos",
        "Organização dos Estados Americanos",
        "Organisation des États américains",
    ),
    Body.ECLAC: (
        "Economic Commission for Latin America and the Caribbean",
        "Comisión Económica para América Latina y el Caribe",
        "Comissão Econômica para a América Latina e o Caribe",
        "Commission économique pour l'Amérique latine et les Caraïbes",
    ),
    Body.UNCTAD: (
        "United Nations Conference on Trade and Development",
        "Conferencia de las Naciones Unidas sobre Comercio y Desarrollo",
        "Conferência das Nações Unidas sobre Comércio e Desenvolvimento",
        "Conférence des Nations Unies sur le commerce et le développement",
    ),
    Body.UNITED_NATIONS: ("United Nations", "Naciones Unidas", "Nações Unidas", "Nations Unies"),
    Body.UNFCCC: (
        "United Nations Framework Convention on Climate Change",
        "Convención Marco de las Naciones Unidas sobre el Cambio Climático",
        "Convenção-Quadro das Nações Unidas sobre a Mudança do Clima",
        "Convention-cadre des Nations Unies sur les changements climatiques",
    ),
    Body.WTO: (
        "World Trade Organization",
        "Organización Mundial del Comercio",
        "Organização Mundial do Comércio",
        "Organisation mondiale du commerce",
    ),
    Body.IDB: (
        "Inter-American Development Bank",
        "Banco Interamericano de Desarrollo",
        "Banco Interamericano de Desenvolvimento",
        "Banque interaméricaine de développement",
    ),
    Body.CAF: (
        "Development Bank of Latin America",
        "Banco de Desarrollo de América Latina",
        "Banco de Desenvolvimento da América Latina",
        "Banque de développement d'Amérique latine",
    ),
    Body.EUROPEAN_UNION: ("European Union", "Unión Europea", "União Europeia", "Union européenne"),
    Body.EURASIAN_UNION: (
        "Eurasian Economic Union",
        "Unión Económica Euroasiática",
        "União Econômica Eurasiática",
        "Union économique eurasiatique",
    ),
    Body.GROUP_OF_77: ("Group of 77", "Grupo de los 77", "Grupo dos 77", "Groupe des 77"),
}

_OTHER_NAMES: dict[Body, tuple[str, ...]] = {
    Body.SELA: (
        "SELA",
        "Latin American Economic System",
        "Sistema Económico Latinoamericano",
        "Sistema Econômico Latino-Americano",
        "Système économique latino-américain",
    ),
    Body.LATIN_AMERICAN_COUNCIL: ("Latin-American Council", "Consejo Latino-Americano", "Consejo Latino Americano"),
    Body.ANDEAN_COMMUNITY: ("CAN", "Andean Pact", "Pacto Andino", "Cartagena Agreement", "Acuerdo de Cartagena"),
    Body.MERCOSUR: ("MERCOSUR", "MERCOSUL", "Common Market of the South", "Common Market Council", "CMC"),
    Body.CARICOM: ("CARICOM",),
    Body.CELAC: ("CELAC", "CALC"),
    Body.SICA: ("SICA", "Sistema de Integración Centroamericana"),
    Body.SIECA: ("SIECA",),
    Body.ALADI: ("ALADI", "LAIA"),
    Body.ALBA: ("ALBA", "ALBA-TCP"),
    Body.ACS: ("ACS", "AEC"),
    Body.ACTO: ("ACTO", "OTCA"),
    Body.UNASUR: ("UNASUR", "UNASUL"),
    Body.OAS: ("OAS", "OEA"),
    Body.ECLAC: ("ECLAC", "CEPAL", "CEPALC"),
    Body.UNCTAD: ("UNCTAD", "CNUCED"),
    Body.UNITED_NATIONS: ("UN", "ONU"),
    Body.UNFCCC: ("UNFCCC", "CMNUCC", "CCNUCC"),
    Body.WTO: ("WTO", "OMC"),
    Body.IDB: ("IDB", "BID"),
    Body.CAF: ("CAF",),
    Body.EUROPEAN_UNION: ("EU", "UE"),
    Body.EURASIAN_UNION: ("EEU", "EAEU"),
    Body.GROUP_OF_77: ("G-77", "G77"),
}

# Acronyms that are ordinary words of one of the four languages when they stand in lower case.
_ONLY_IN_CAPITALS = frozenset({"can", "un", "eu", "ue", "alba", "caf", "acs", "bid", "acto", "aec", "sica"})


@dataclass(frozen=True, slots=True)
class BodyMention:
    """A body named in a text.

    Args:
        body: which one.
        start: first character.
        end: one past the last character.
    """

    body: Body
    start: int
    end: int


def body_name(body: Body, language: str) -> str:
    """Return the body's official name in one of the four languages."""
    return _NAMES[body][LANGUAGES.index(language)]


def find_bodies(text: str) -> tuple[BodyMention, ...]:
    """Return every body named in `text`, in reading order; "can" in lower case is no Andean Community."""
    folded = fold_with_offsets(text)
    found = []
    for match in _pattern().finditer(folded.text):
        start, end = folded.span(match.start(), match.end())
        if match.group() not in _ONLY_IN_CAPITALS or text[start:end].isupper():
            found.append(BodyMention(_bodies_by_name()[_key(match.group())], start, end))
    return tuple(found)


@cache
def _bodies_by_name() -> dict[str, Body]:
    names = [(body, name) for body, all_names in _NAMES.items() for name in all_names]
    names += [(body, name) for body, all_names in _OTHER_NAMES.items() for name in all_names]
    return {_key(fold_with_offsets(name).text): body for body, name in names}


@cache
def _pattern() -> re.Pattern[str]:
    names = sorted(_bodies_by_name(), key=len, reverse=True)
    alternatives = "|".join(re.escape(name).replace(r"\ ", "[ -]") for name in names)
    return re.compile(rf"(?<![\w/-])(?:{alternatives})(?![\w/])")


def _key(name: str) -> str:
    return name.replace("-", " ")
