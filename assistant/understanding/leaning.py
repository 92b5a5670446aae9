"""Whether a question can be understood alone, by its connectors, pronouns and what it names itself."""

import re

from assistant.understanding.asked import asked_for
from assistant.understanding.replies import ASKS
from ingest.identifiers import find_codes, find_decisions, find_symbols, programme_years
from ingest.languages import STOPWORDS
from ingest.normalisation import fold


def words_of(text: str) -> frozenset[str]:
    """Return the words of a list written with blanks between them."""
    return frozenset(text.split())


CONNECTOR = {
    "en": r"and also|and then|and|but|so|what about|how about|or|then|also|now",
    "es": r"y tambien|y entonces|y|e|pero|entonces|que hay de|que tal|o|tambien|ahora",
    "pt": r"e tambem|e entao|e|mas|entao|que tal|ou|tambem|agora",
    "fr": r"et aussi|et alors|et puis|et|mais|alors|qu'en est-il d[eu']s?|qu'en est-il|ou bien|aussi|maintenant",
}
_THANKS = (
    r"(?:(?:yes|ok|okay|thanks|thank you|great|si|claro|gracias|sim|obrigad[oa]|oui|merci)(?: very much| mucho"
    r"|s? beaucoup)?[\s,.!;]+[¿¡]?)"
)
_STRONG = {
    "en": r"it|its|they|them|their|theirs|he|she|his|her|the same|the one|that one|this one|those|these"
    r"|(?:that|this)(?= (?:meeting|decision|document|activity|programme|event|workshop|seminar|study|project|year|one"
    r"|day|city|place|body|group|network|time|press)|$|[?.!,])|(?:of|about|for|on|in|by|to|at) (?:that|this)|is that"
    r"|was that|did that|does that|(?<!is )(?<!are )(?<!was )(?<!were )there(?! (?:is|are|was|were|a|an|any|some))",
    "es": r"eso|esos|esas|ello|ella|ellos|ellas|el|alli|ahi|alla|el mismo|la misma|lo mismo|l[oa]s mism[oa]s|dich[oa]s?"
    r"|(?:es[ea]|est[ea])(?= (?:reunion|decision|documento|actividad|programa|taller|seminario|estudio|proyecto|ano"
    r"|dia|ciudad|encuentro|grupo|red|evento))",
    "pt": r"isso|isto|el[ea]s?|ali|disso|disto|nel[ea]s?|del[ea]s?|o mesmo|a mesma|dit[oa]s?"
    r"|(?:ness[ea]|dess[ea]|ess[ea]|est[ea])"
    r"(?= (?:reuniao|decisao|documento|atividade|programa|oficina|seminario|estudo|projeto|ano|dia|cidade|encontro"
    r"|grupo|rede|evento))",
    "fr": r"cela|ca|celui-ci|celle-ci|celui-la|celle-la|la-bas|le meme|la meme|(?:ce|cet|cette)(?= (?:reunion|decision"
    r"|document|activite|programme|atelier|seminaire|etude|projet|annee|jour|ville|rencontre|groupe|reseau|evenement))",
}
_WEAK = {
    "en": r"one|there",
    "es": r"esa|ese|esta|este|su|sus|lo|la|el|los|las",
    "pt": r"essa|esse|esta|este|la|seu|sua|seus|suas|o|a|os|as",
    "fr": r"il|elle|ils|elles|y|en|son|sa|ses|leur|leurs|l|le|la|les",
}
_PRONOUN_OF_VERB = {
    "es": r"(?<!\w)(?:quien(?:es)?|que|cuando|donde|como|por que)\s+(?:l[oae]s?|se l[oae]s?)\s",
    "pt": r"(?<!\w)(?:quem|que|quando|onde|como|por que)\s+[oa]s?\s",
    "fr": r"(?<!\w)(?:qui|quand|ou|comment|pourquoi)\s+(?:l'|les? |la |y |en )",
}
_POSSESSIVE_OR_INVERTED = {
    "en": r"(?<!\w)one(?!\w)",
    "es": r"(?<!\w)sus?(?!\w)",
    "pt": r"(?<!\w)(?:seus?|suas?)(?!\w)|\w-[oa]s?(?!\w)|r-l[oa]s?(?!\w)",
    "fr": r"(?<!\w)(?:son|sa|ses|leurs?)(?!\w)|-(?:t-)?(?:ils?|elles?)(?!\w)|(?<!\w)(?<!il )y (?!a(?!\w)|compris)",
}
_ONE_OF_A_KIND = re.compile(
    r"^\W*(?:what(?:'s| is| are| does) (?!the |its? |that|this|their|his|her|there)"
    r"|que (?:es|son|significa) (?!el |la |los |las |su |sus |eso|esto|lo )"
    r"|o que (?:e|sao|significa) (?!o |a |os |as |seu |sua |isso|isto)"
    r"|qu'est-ce (?:que|qu') ?(?!le |la |les |l'|son |sa |cela|c'est que l)|que (?:veut dire|signifie) )(?=\S*\w)"
)
_NAME = re.compile(
    r"(?<=[\w,;] )[A-ZÀ-Ý][\w'’-]+(?: (?:de|del|da|do|dos|la|of|the|des?|du) ?[A-ZÀ-Ý][\w'’-]+| [A-ZÀ-Ý][\w'’-]+)+"
)
_ACRONYM = re.compile(r"(?<!\w)[A-ZÀ-Ý][\w-]*[A-ZÀ-Ý\d][\w-]*")
_INTERROGATIVE = words_of(
    "many much long often cuanto cuantos cuanta cuantas quanto quantos quanta quantas combien est-ce"
)
_ROMAN = re.compile(r"[IVXLC]+[aªoº°]?$")
_AT_THE_END = re.compile(r"(?<!\w)(?:it|them|there|this|that|ello|eso|alli|ahi|isso|ali|cela|la-bas)$")
_PREPOSITION = re.compile(
    r"(?<!\w)(?:of|in|at|on|for|about|by|from|during|between|de|del|en|por|para|sobre|con|do|da|dos|das|em|no|na|pel[oa]"
    r"|com|du|des|d'|dans|sur|pour|par|avec|au|aux)(?!\w)"
)
_ARTICLE = re.compile(r"(?<!\w)(?:the|an?|el|los|las|un|una|os|as|uma?|le|les|une)(?!\w)|(?<!\w)l'")
_FEW = 3
_MANY = 8


def leans_on_history(question: str, language: str) -> bool:
    """Tell whether a question cannot be understood alone."""
    folded = fold(question).strip(" ¿¡?!.,")
    connected = without_connector(question, language) != question.strip()
    if connected:
        return not _is_whole(without_connector(question, language), language)
    count = len(content_words(question, language))
    refers = bool(re.search(rf"(?<!\w)(?:{_STRONG[language]})(?!\w)", folded)) and count <= _MANY
    if names_its_subject(question):
        return refers and not _names_an_identifier(question) and bool(_AT_THE_END.search(folded))
    if refers:
        return True
    if _ONE_OF_A_KIND.match(folded) and count > 0:
        return False
    return count < _FEW or (count == _FEW and (refers_weakly(question, language) or _asks_barely(folded)))


def refers_weakly(question: str, language: str) -> bool:
    """Tell whether a question holds a pronoun of a verb, or else a possessive or inverted pronoun."""
    folded = fold(question)
    of_verb = _PRONOUN_OF_VERB.get(language)
    if of_verb and re.search(of_verb, folded):
        return True
    return bool(re.search(_POSSESSIVE_OR_INVERTED[language], folded))


def without_connector(question: str, language: str) -> str:
    """Return a question without the "and" or "what about" before it, stripped."""
    opened = re.match(
        rf"[\s¿¡\"“(]*(?:{_THANKS}(?:{CONNECTOR[language]})?|{CONNECTOR[language]})(?![\w'’])[\s,:;.!¿¡]*",
        fold(question),
    )
    if opened is None or len(fold(question)) != len(question):
        return question.strip()
    return question[opened.end() :].strip()


def content_words(text: str, language: str) -> list[str]:
    """Return the words of a text that are not function words, folded."""
    ignored = {fold(word) for word in STOPWORDS[language]} | _INTERROGATIVE
    return [w for w in re.findall(r"\w[\w.\-/]*", fold(text)) if w.strip(".") not in ignored and len(w) > 1]


def names_its_subject(question: str) -> bool:
    """Tell whether a question names what it is about: an identifier, an acronym, a name of several words."""
    if _names_an_identifier(question):
        return True
    acronyms = [a for a in _ACRONYM.findall(question) if not _ROMAN.match(a)]
    return bool(acronyms or _NAME.search(question))


def _names_an_identifier(question: str) -> bool:
    return bool(find_decisions(question) or find_codes(question) or find_symbols(question) or programme_years(question))


def _asks_barely(folded: str) -> bool:
    """Tell whether a folded question asks something without saying of what: "which countries sent delegates"."""
    return bool(ASKS.search(folded)) and not _PREPOSITION.search(folded) and not _ARTICLE.search(folded)


def _is_whole(question: str, language: str) -> bool:
    """Tell whether a question after an "and" needs nothing of the one before."""
    count = len(content_words(question, language))
    refers = bool(re.search(rf"(?<!\w)(?:{_STRONG[language]})(?!\w)", fold(question)))
    if refers or refers_weakly(question, language) or not asked_for(question, language):
        return False
    return (names_its_subject(question) and count > 1) or count > _FEW
