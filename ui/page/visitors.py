"""Who visits: from the cookies and languages of a browser to an owner of conversations and a caller of the API."""

from collections.abc import Mapping

from assistant.messages import LANGUAGES
from ui.api.access import Caller
from ui.api.keys import KeyStore, Scope
from ui.page.context import Visitor
from ui.page.sessions import SessionStore, digest

VISITOR_COOKIE = "sela_visitor"
SESSION_COOKIE = "sela_session"
LANGUAGE_COOKIE = "sela_language"


class Visitors:
    """Tells visitors apart and says what each may see.

    Args:
        keys: of the API.
        sessions: of those who signed in with one.
        on_loopback: whether only programs of this machine reach the service.
    """

    def __init__(self, keys: KeyStore, sessions: SessionStore, *, on_loopback: bool) -> None:
        self._keys = keys
        self._sessions = sessions
        self._on_loopback = on_loopback

    @property
    def are_open(self) -> bool:
        """Tell whether nobody needs a key, by the same rule as the API."""
        return self._on_loopback and not self._keys.any_exists()

    def caller(self, cookies: Mapping[str, str], address: str) -> Caller | None:
        """Return what a visitor may see and do, None for one who must sign in first."""
        key_id = self._sessions.key_id(cookies.get(SESSION_COOKIE, ""))
        key = next((k for k in self._keys.all() if k.id == key_id and k.is_valid), None) if key_id else None
        if key is not None:
            caller = Caller(key.id, key.name, key.scopes)
            return caller if caller.may(Scope.READ) else None
        return Caller(f"open:{address}", "", frozenset({Scope.READ})) if self.are_open else None

    def visitor(self, cookies: Mapping[str, str], accepted: str, address: str) -> Visitor | None:
        """Return who visits, None for one who must sign in or has no cookie yet.

        Args:
            cookies: of the browser.
            accepted: its `Accept-Language`.
            address: where it calls from.
        """
        caller, token = self.caller(cookies, address), cookies.get(VISITOR_COOKIE, "")
        if caller is None or not token:
            return None
        owner = digest(token if caller.id.startswith("open:") else f"{token} {caller.id}")
        return Visitor(owner, caller, interface_language(cookies, accepted))


def interface_language(cookies: Mapping[str, str], accepted: str) -> str:
    """Return the language that was chosen, else the first of the browser's languages that the interface has."""
    chosen = cookies.get(LANGUAGE_COOKIE, "")
    if chosen in LANGUAGES:
        return chosen
    weighed = sorted(map(_weighed, accepted.split(",")), key=lambda pair: -pair[1])
    return next((language for language, weight in weighed if language in LANGUAGES and weight > 0), "en")


def _weighed(part: str) -> tuple[str, float]:
    """Return the language of "pt-BR;q=0.8" and its weight."""
    tag, _, weight = part.partition(";q=")
    try:
        return tag.strip().lower()[:2], float(weight or 1)
    except ValueError:
        return "", 0.0
