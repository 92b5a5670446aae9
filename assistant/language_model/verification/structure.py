"""Whether a sentence ties things together as the words it cites do.

A sentence may leave out what the cited words say besides, but not put their pieces together anew: "27 delegates of 12
countries" does not support "27 countries", nor "hosted by A and organised by B" the words "hosted by B". Each element
of the sentence is laid on one of the cited words, in their order; what ties it to the element before must be the same
there, and nothing may be skipped that the skipping would give to another.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.language_model.verification.claims import Figure, identifiers_of
from assistant.language_model.verification.elements import AND, COMMA, LOOSE, Element, elements_of, index_at
from assistant.language_model.verification.wording import FoundWord, Wording
from ingest.normalisation import fold

_POINTS_BACK = re.compile(
    r"(?<!\w)(?:it|them|they|this|these|ell[oa]s?|est[ae]s?|es[ae]s?|[dn]?el[ae]s?|[dn]?ess[ae]s?|y|elles?|ils?"
    r"|cel(?:le|ui)-ci|cet(?:te)?)(?!\w)"
)
_MOST_TRIED = 4000
_OPEN = (AND, COMMA, LOOSE)
_INVERTED = 2  # elements by which an adjective may change sides between languages


@dataclass(slots=True)
class _Laying:
    """The elements of a sentence being laid on those of the cited words."""

    ours: Sequence[Element]
    theirs: Sequence[Element]
    candidates: Sequence[Sequence[int]]
    is_same_language: bool
    points_back: bool
    tried: int = 0

    def fits(self, index: int = 0, taken: tuple[int, ...] = ()) -> bool:
        """Tell whether the elements from `index` on can be laid, after those before it lie on `taken`."""
        if index == len(self.ours):
            return True
        if not self.candidates[index]:  # from the heading or the sentence before: a subject, or what a pronoun means
            is_meant = not taken or (self.points_back and self.ours[index].kind == "word")
            return is_meant and self.fits(index + 1, taken)
        for place in self.candidates[index]:
            self.tried += 1
            if self.tried > _MOST_TRIED:
                return False
            if self._may_follow(index, place, taken) and self.fits(index + 1, (*taken, place)):
                return True
        return False

    def _may_follow(self, index: int, place: int, taken: tuple[int, ...]) -> bool:
        ours, theirs = self.ours[index], self.theirs[place]
        if theirs.kind == "date":
            return True  # a date may be said first or last
        before = next((t for t in reversed(taken) if self.theirs[t].kind != "date"), None)
        return (
            self._is_free(place, taken)
            and self._is_in_order(place, before)
            and (self._follows_borrowed(index) or self._is_tied_alike(ours, theirs, place, before))
            and self._counts_the_same(index, place)
            and (before is None or place <= before or self._may_skip(before, place, taken))
        )

    def _is_free(self, place: int, taken: Sequence[int]) -> bool:
        """Tell whether an element can lie there: two words of one language may be one of another, "Latin American"."""
        return place not in taken or (not self.is_same_language and place == taken[-1])

    def _follows_borrowed(self, index: int) -> bool:
        """Tell whether the element before stands for a pronoun of the cited words."""
        return index > 0 and not self.candidates[index - 1]

    def _is_in_order(self, place: int, before: int | None) -> bool:
        slack = 0 if self.is_same_language else _INVERTED
        return before is None or place > before - slack

    def _is_tied_alike(self, ours: Element, theirs: Element, place: int, before: int | None) -> bool:
        if not self.is_same_language:
            is_turned = before is not None and abs(place - before) <= _INVERTED
            return is_turned or (ours.link in _OPEN) == (theirs.link in _OPEN) or "to" in (ours.link, theirs.link)
        if theirs.link in _OPEN:
            return ours.link in _OPEN
        governor = next((i for i in range(place - 1, -1, -1) if self.theirs[i].kind != "date"), None)
        return ours.link == theirs.link and (theirs.link != "of" or before == governor)

    def _counts_the_same(self, index: int, place: int) -> bool:
        """Tell whether a number is followed by the word that follows it in the cited words."""
        if self.ours[index].kind != "number" or index + 1 == len(self.ours):
            return True
        following = self.ours[index + 1]
        if following.kind != "word" or following.link not in (LOOSE, "of"):
            return True
        near = 1 if self.is_same_language else _INVERTED
        return any(place < c <= place + near for c in self.candidates[index + 1])

    def _may_skip(self, before: int, place: int, taken: Sequence[int]) -> bool:
        """Tell whether leaving out what stands between two elements gives nothing to another that it belongs to."""
        skipped = [self.theirs[i] for i in range(before + 1, place) if i not in taken]
        if not skipped:
            return True
        last = self.theirs[place]
        if skipped[0].has_break and last.has_break:
            return True  # something put in between commas
        others = any(e.is_particular for e in skipped)
        if last.is_particular and last.link in _OPEN and others:
            return False
        if last.kind == "word" and last.link == LOOSE and others and any(e.kind == "word" for e in skipped):
            return False
        return self._keeps_head(before, skipped, last)

    def _keeps_head(self, before: int, skipped: Sequence[Element], last: Element) -> bool:
        """Tell whether no head is cut off: "harbour" does not stand for "harbour traffic"."""
        first, head = self.theirs[before], skipped[0]
        is_joined = head.link == LOOSE and head.kind == first.kind and head.start - first.end == 1
        return not is_joined or any(e.has_and for e in (*skipped, last))


@dataclass(frozen=True, slots=True)
class Comparison:
    """A sentence beside the words it cites.

    Args:
        ours: the words of a model.
        theirs: what they cite, without its context.
        words: the sentence's content words, each found in the cited words or their context.
        figures: the sentence's dates and numbers, each found there.
    """

    ours: Wording
    theirs: Wording
    words: Sequence[FoundWord]
    figures: Sequence[Figure]

    def candidates(self, element: Element, there: Sequence[Element]) -> list[int]:
        """Return the numbers of the cited elements that an element of the sentence may lie on."""
        if element.kind == "identifier":
            named = identifiers_of(self.ours.text[element.start : element.end])
            return [i for i, e in enumerate(there) if named & identifiers_of(self.theirs.text[e.start : e.end])]
        places = [p for w in self.words if w.start == element.start for p in w.places]
        places += [start for f in self.figures if f.start == element.start for start, _ in f.spans]
        found = (index_at(there, place) for place in places if place < len(self.theirs.text))
        return list(dict.fromkeys(i for i in found if i is not None))


def is_put_together_anew(compared: Comparison) -> bool:
    """Tell whether a sentence ties together what the words it cites do not."""
    here, there = elements_of(compared.ours), elements_of(compared.theirs)
    candidates = [compared.candidates(element, there) for element in here]
    borrows = any(not found for found in candidates)
    if borrows and there and not any(0 in found for found in candidates):
        return True  # a subject from elsewhere was put before another subject's deeds
    return not _Laying(
        here,
        there,
        candidates,
        is_same_language=compared.ours.language == compared.theirs.language,
        points_back=_POINTS_BACK.search(fold(compared.theirs.text)) is not None,
    ).fits()
