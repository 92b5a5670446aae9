"""Short replies to an answer: agreeing, wanting another language, correcting the question, objecting to the answer."""

import re
from dataclasses import dataclass

from ingest.normalisation import fold

_AGREEING = re.compile(
    r"^\W*(?:yes|yeah|yep|ok|okay|sure|please|go on|continue|more|(?:tell|show|give) me more|more details?|and\??"
    r"|anything else|what else|si|claro|por supuesto|de acuerdo|siga|continue|mas|(?:dime|diga\w*|cuente\w*) mas"
    r"|mas (?:detalles|informacion)|algo mas|que mas|sim|pode ser|mais|mais (?:detalhes|informacoes)|algo mais|que mais"
    r"|o que mais|conte mais|por favor|oui|d'accord|volontiers|plus|plus de details|dites-m'en plus|quoi d'autre"
    r"|autre chose|s'il vous plait|continuez)(?!\w)"
    r"(?:\W+(?:please|por favor|s'il vous plait|svp|do|go on|tell me more|more|details?|mais|mas|details|claro|yes|si"
    r"|oui|sim|continue|siga|continuez|detalles|detalhes))*\W*$"
)
_LANGUAGES = {
    "en": r"english|ingles|anglais",
    "es": r"spanish|espanol|espanhol|espagnol|castellano|castelhano",
    "pt": r"portuguese|portugues|portugais",
    "fr": r"french|frances|francais",
}
_IN_A_LANGUAGE = re.compile(
    r"^\W*(?:(?:and|y|e|et|now|ahora|agora|maintenant|please|yes|si|sim|oui|the same|lo mismo|o mesmo|la meme chose"
    r"|can you|could you|answer|say (?:it|that)|responde\w*|reponde\w*|repondez|translate (?:it|that)"
    r"|traduz\w*|tradui\w*|traduce\w*|traduc\w*)\W+)*"
    r"(?:in|into|to|en|em|al|ao|para o) (?:"
    + "|".join(f"(?P<{language}>{names})" for language, names in _LANGUAGES.items())
    + r")(?:\W+(?:please|por favor|s'il vous plait|svp))?\W*$"
)
_CORRECTING = re.compile(
    r"^\W*(?:(?:no|nao|non|sorry|perdon|desculpe|pardon|actually)\b\W*)?"
    r"(?:i mean\w*|i meant|i was asking about|rather|instead|me refiero a|me referia a|quiero decir|quise decir|mejor"
    r"|quero dizer|quis dizer|refiro-me a|me refiro a|je veux dire|je voulais dire|je parle d[eu']|je parlais d[eu'])"
    r"(?!\w)\W*"
)
_DENYING = re.compile(
    r"^\W*(?:no|nao|non|wrong|incorrect|not true|false|incorrecto|falso|equivocado|errado|incorreto|faux"
    r"|(?:that|this|it)(?: is|'s) (?:wrong|false|incorrect|not (?:right|true|correct))"
    r"|(?:eso|esto) (?:no es (?:cierto|correcto|verdad)|es falso|esta mal)|(?:se|te) equivoca\w*"
    r"|isso (?:nao e (?:certo|correto|verdade)|e falso|esta errado)|esta errado|c'est (?:faux|inexact)"
    r"|ce n'est pas (?:vrai|exact|correct))(?!\w)\W*(?P<claim>.*)$",
    re.DOTALL,
)
_DOUBTING = re.compile(
    r"^\W*(?:(?:but|pero|mas|mais|are you sure|(?:esta|estas) segur[oa]|tem certeza|vous etes sur|etes-vous sur)\W+)*"
    r"(?:i (?:thought|think|believe|read|heard)(?: that)?|wasn't (?:it|that)|isn't it|(?=it (?:was|is) (?!\w+ing))"
    r"|(?:yo )?(?:creia|creo|pense|pensaba|lei|tenia entendido)(?: que)?|no (?:fue|era|es)(?= )"
    r"|(?:eu )?(?:achava|acho|pensei|pensava|li)(?: que)?|nao (?:foi|era|e)(?= )"
    r"|je (?:croyais|crois|pensais|pense)(?: qu[e'])?|n'etait-ce pas|n'est-ce pas)(?!\w)\W*(?P<claim>.*)$",
    re.DOTALL,
)
_SURE = re.compile(
    r"^\W*(?:are you sure|really|(?:esta|estas) segur[oa]|seguro|de verdad|tem certeza|serio"
    r"|(?:vous )?etes(?:-vous)? sur|vraiment)(?: \w+)?\W*$"
)
_LONGEST_CLAIM = 14
ASKS = re.compile(
    r"(?<!\w)(?:who|whom|whose|what|when|where|which|why|how|quien(?:es)?|que|cuando|donde|cual(?:es)?|como|quem|quando"
    r"|onde|qual|quais|qui|quand|ou|(?:les?|la)?quel\w*|comment|pourquoi|cuant\w+|quant\w+|combien)(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Reply:
    """What a short reply does with the question before.

    Args:
        repeats: whether the question before is asked again as it was.
        claim: what is put forward against the answer.
        language: in which the answer is now wanted, "" if that is not said.
        rest: the words that change the question before, "" if none do.
    """

    repeats: bool = False
    claim: str = ""
    language: str = ""
    rest: str = ""


def reply_of(words: str) -> Reply | None:
    """Return what a short reply to an answer does, None if the words are a question of their own."""
    folded = fold(words)
    if _AGREEING.match(folded) or _SURE.match(folded):
        return Reply(repeats=True)
    if wanted := _IN_A_LANGUAGE.match(folded):
        return Reply(repeats=True, language=wanted.lastgroup or "")
    if correcting := _CORRECTING.match(folded):
        return Reply(rest=_original(words, folded, correcting.end()))
    return _objection(words, folded)


def _objection(words: str, folded: str) -> Reply | None:
    objecting = _DENYING.match(folded) or _DOUBTING.match(folded)
    if objecting is None or len(words.split()) > _LONGEST_CLAIM:
        return None
    if ASKS.search(objecting["claim"]):
        rest = _original(words, folded, objecting.start("claim"))
        return Reply(rest=rest) if _DENYING.match(folded) else None
    claim = _original(words, folded, objecting.start("claim")).rstrip(" .!?¿¡")
    inner = _DOUBTING.match(fold(claim))
    if inner and inner["claim"]:
        claim = _original(claim, fold(claim), inner.start("claim"))
    return Reply(repeats=True, claim=claim)


def _original(words: str, folded: str, start: int) -> str:
    """Return the words as they were written from a place of the folded words on."""
    return words[start:].strip() if len(words) == len(folded) else folded[start:].strip()
