"""Entries of the registers as JSON, every value with the words it rests on."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from assistant.registers import Activity, Aspect, Comparison
from ingest.catalogue import Catalogue
from ingest.registers.activity_entries import ActivityEntry, FigureEntry
from ingest.registers.continuity import Continuity
from ingest.registers.entries import (
    Attribute,
    DecisionEntry,
    Disagreement,
    RegisterPlace,
    StatedValue,
    Variant,
)
from ingest.registers.meeting_entries import MeetingEntry
from ingest.registers.paragraphs import Cited

Json: TypeAlias = dict[str, Any]


class RegisterWriter:
    """Writes entries as JSON with the words of their places, taken from one catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def decision(self, entry: DecisionEntry) -> Json:
        """Return a decision with everything stated of it."""
        return {
            **decision_summary(entry),
            "held_in": list(entry.held_in),
            "values": self._values(entry.variants),
            "disagreements": self._disagreements(entry.disagreements),
            "places": [
                {
                    "place": self.place(mention.place),
                    "sentence": self._spans(mention.place, mention.sentence),
                    "mandate": self._spans(mention.place, mention.mandate),
                    "body_is_stated": mention.body_is_stated,
                }
                for mention in entry.mentions
            ],
        }

    def meeting(self, entry: MeetingEntry) -> Json:
        """Return a meeting with everything stated of it."""
        return {
            "name": entry.name,
            "kind": entry.kind,
            "ordinal": entry.ordinal,
            "standing": entry.standing,
            "years": list(entry.years),
            "values": self._values(entry.variants),
            "disagreements": self._disagreements(entry.disagreements),
            "points": [{"kind": p.kind, "number": p.number, "place": self.place(p.place)} for p in entry.points],
            "reported_in": list(entry.reported_in),
            "places": [self.place(record.place) for record in entry.records],
        }

    def activity(self, activity: Activity) -> Json:
        """Return an activity in every document that describes it."""
        return {
            "code": activity.code,
            "year": activity.year,
            "title": activity.title,
            "versions": [self._version(version) for version in activity.versions],
        }

    def comparison(self, comparison: Comparison) -> Json:
        """Return two programmes side by side."""
        return {
            "earlier_year": comparison.earlier_year,
            "later_year": comparison.later_year,
            "counts": {kind.value: len(comparison.of(kind)) for kind in Continuity},
            "rows": [
                {
                    "continuity": row.continuity,
                    "similarity": round(row.similarity, 3),
                    "earlier_code": row.earlier.code if row.earlier else None,
                    "later_code": row.later.code if row.later else None,
                    "cells": {aspect.value: [self._cell(cell) for cell in row.cells(aspect)] for aspect in Aspect},
                }
                for row in comparison.rows
            ],
            "figures": [
                {"subject": f.subject, "earlier": self._figure(f.earlier), "later": self._figure(f.later)}
                for f in comparison.figures
            ],
            "documents": list(comparison.documents),
            "is_across_languages": comparison.is_across_languages,
        }

    def place(self, place: RegisterPlace) -> Json:
        """Return a place with its words."""
        document = self._catalogue.document(place.document_id)
        shown = f"pages/{place.page}" if place.page is not None else "view"
        return {
            "document_id": place.document_id,
            "file": document.file,
            "start": place.start,
            "end": place.end,
            "page": place.page,
            "page_label": place.page_label,
            "quote": document.text[place.start : place.end],
            "href": f"/v1/documents/{document.id}/{shown}?start={place.start}&end={place.end}",
        }

    def _spans(self, around: RegisterPlace, spans: Iterable[tuple[int, int]]) -> list[Json]:
        document = self._catalogue.document(around.document_id)
        places = ((start, end, document.place(start)) for start, end in spans)
        return [
            self.place(RegisterPlace(around.document_id, start, end, at.page, at.page_label))
            for start, end, at in places
        ]

    def _values(self, variants: Mapping[Attribute, Sequence[Variant]]) -> Json:
        return {attribute.value: self._variants(found) for attribute, found in variants.items()}

    def _disagreements(self, disagreements: Iterable[Disagreement]) -> Json:
        return {d.attribute.value: self._variants(d.variants) for d in disagreements}

    def _variants(self, variants: Iterable[Variant]) -> list[Json]:
        return [{"value": v.value, "stated": [self._stated(s) for s in v.stated]} for v in variants]

    def _stated(self, stated: StatedValue) -> Json:
        return {"words": stated.words, "place": self.place(stated.place)}

    def _version(self, entry: ActivityEntry) -> Json:
        return {
            "document_id": entry.document_id,
            "language": entry.language,
            "title": self._cited(entry.title),
            "objectives": [self._cited(c) for c in entry.objectives],
            "expected_results": [self._cited(c) for c in entry.expected_results],
            "schedule": [{"step": self._cited(r.step), "time": self._cited(r.time)} for r in entry.schedule],
            "partners": [self._cited(p.name) for p in entry.partners],
            "place": self.place(entry.place),
        }

    def _cell(self, cell: Sequence[Cited] | None) -> list[Json] | None:
        return None if cell is None else [self._cited(cited) for cited in cell]

    def _figure(self, entry: FigureEntry | None) -> Json | None:
        return None if entry is None else {**self._cited(entry.sentence), "words": entry.counted.words}

    def _cited(self, cited: Cited) -> Json:
        return {"words": cited.words, "places": [self.place(place) for place in cited.places]}


def documents_in(value: object) -> set[str]:
    """Return the ids of all documents that some of this JSON rests on."""
    if isinstance(value, dict):
        own = {value["document_id"]} if "document_id" in value else set(value.get("documents", ()))
        return own.union(*(documents_in(each) for each in value.values()))
    return set().union(*(documents_in(each) for each in value)) if isinstance(value, list) else set()


def decision_summary(entry: DecisionEntry) -> Json:
    """Return a decision as the list shows it."""
    return {
        "number": entry.number,
        "body": entry.body.value,
        "is_own": entry.body.is_own,
        "text_held": bool(entry.held_in),
        "mentions": len(entry.mentions),
        "documents": list(dict.fromkeys(mention.place.document_id for mention in entry.mentions)),
        "href": f"/v1/decisions/{entry.number}?body={entry.body.value}",
    }
