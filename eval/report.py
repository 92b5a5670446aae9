"""What a report of a run says, block by block."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from eval.confidence import CurvePoint
from eval.figures import Figures, percentile
from eval.misses import MEANINGS, Cause, Miss, count_by_cause
from eval.plots import bars, can_plot, curves, histogram
from eval.rendering import Block, Heading, Paragraph, Plot, Table, to_html, to_markdown
from eval.run import Run

SHOWN = (
    "retrieved@1", "retrieved@5", "retrieved@10", "recall@10", "ndcg@10", "mrr", "facts", "cited_gold", "support",
    "verbatim", "refusal_precision", "refusal_recall", "refusal_f1", "false_refusal", "words_median", "words_p95",
    "ms_median", "ms_p95",
)  # fmt: skip
GROUPED = ("retrieved@5", "facts", "cited_gold", "support", "false_refusal", "words_median")
PERCENTILES = (0.5, 0.75, 0.9, 0.95, 0.99, 1.0)

Stored = Mapping[str, Any]


def markdown_report(run: Run, stored: Stored | None = None) -> str:
    """Return the report as Markdown, compared with the figures of an earlier run where they are given."""
    return to_markdown(_blocks(run, stored))


def html_report(run: Run, stored: Stored | None = None) -> str:
    """Return the report as one HTML page with plots."""
    return to_html(_title(run), _blocks(run, stored))


def _title(run: Run) -> str:
    return f"Evaluation: {run.name} on {run.corpus}"


def _blocks(run: Run, stored: Stored | None) -> Iterator[Block]:
    yield Heading(_title(run), level=1)
    yield from _overall(run, stored or {})
    yield from _model(run)
    yield from _groups("By language", run.table.by_language, run, stored or {}, key="by_language")
    yield Paragraph(f"Facts in English minus facts in the language that fares worst: {_shown(run.table.language_gap)}.")
    yield from _groups("By kind of question", run.table.by_type, run, stored or {}, key="by_type")
    yield from _halves(run)
    yield from _confidence(run)
    yield from _latency(run)
    yield from _misses(run)
    if not can_plot():
        yield Paragraph("Plots are left out: matplotlib is not installed.")


def _overall(run: Run, stored: Stored) -> Iterator[Block]:
    overall, plain = run.table.overall, run.plain.table
    yield Paragraph(f"{overall['questions']} questions, {overall['answerable']} of them answerable.")
    header = ["figure", "this run", "earlier run", "change", "plain pipeline"]
    rows = [
        [
            name,
            _shown(overall[name]),
            _shown(stored.get(name)),
            _change(overall[name], stored.get(name)),
            _shown(plain.overall[name] if plain else None),
        ]
        for name in SHOWN
    ]
    yield Table(header, rows)
    if run.plain.reason:
        yield Paragraph(f"No plain pipeline: {run.plain.reason}")


def _model(run: Run) -> Iterator[Block]:
    model = run.model
    if model is None:
        return
    yield Heading(f"With the language model {model.name}")
    quoted, written = run.table.overall, model.table.overall
    yield Table(
        ["figure", "quotations only", "with the model", "change"],
        [[n, _shown(quoted[n]), _shown(written[n]), _change(written[n], quoted[n])] for n in SHOWN],
    )
    times = model.latencies_ms or (0.0,)
    counted = {
        "questions put to it": model.asked,
        "answers that hold sentences of it": model.written,
        "its sentences kept": model.kept,
        "its sentences dropped": sum(model.dropped.values()),
        "figures and names in them that no quotation holds": len(model.unsupported),
        "prompt tokens": model.prompt_tokens,
        "answer tokens": model.answer_tokens,
        "its time for a question, median ms": round(percentile(times, 0.5)),
        "its time for a question, 95 % ms": round(percentile(times, 0.95)),
    }
    yield Table(["what it did", ""], [[what, str(count)] for what, count in counted.items()])
    yield from _counts("sentences dropped because of", model.dropped)
    yield from _counts("left to quotations because of", model.failures)
    yield from _counts("without backing", Counter(f"{question}: {words}" for question, words in model.unsupported))


def _counts(title: str, counts: Mapping[str, int]) -> Iterator[Block]:
    if counts:
        yield Table([title, ""], [[name, str(count)] for name, count in counts.items()])


def _groups(title: str, groups: Mapping[str, Figures], run: Run, stored: Stored, *, key: str) -> Iterator[Block]:
    plain: Mapping[str, Figures] = getattr(run.plain.table, key) if run.plain.table else {}
    earlier: Mapping[str, Figures] = stored.get(key, {})
    yield Heading(title)
    rows = [
        [
            name,
            str(group["questions"]),
            *(_shown(group[figure]) for figure in GROUPED),
            *(_shown(others.get(name, {}).get("facts")) for others in (earlier, plain)),
        ]
        for name, group in groups.items()
    ]
    yield Table(["", "questions", *GROUPED, "facts, earlier", "facts, plain"], rows)
    asked = {name: group for name, group in groups.items() if group["answerable"]}
    if can_plot() and asked:
        series = {f: [float(g[f] or 0) for g in asked.values()] for f in ("retrieved@5", "facts", "cited_gold")}
        facts_plain = [float(plain.get(name, {}).get("facts") or 0) for name in asked]
        yield Plot(bars(title, list(asked), series | ({"facts, plain": facts_plain} if plain else {})))


def _halves(run: Run) -> Iterator[Block]:
    halves = run.table.by_split
    yield Heading("Tuning and held-out half")
    yield Paragraph("Questions with an even number may be learnt from; those with an odd one only measure.")
    rows = [
        [name, *(_shown(half.get(name)) for half in halves.values()), _shown(gap)]
        for name, gap in run.table.gap.items()
    ]
    yield Table(["figure", *halves, "tuning minus held out"], rows)


def _confidence(run: Run) -> Iterator[Block]:
    yield Heading("Risk and coverage")
    if run.confidence is None:
        yield Paragraph("The assistant gave no confidence.")
        return
    yield Paragraph(f"AUROC of telling answerable questions from the others: {_shown(run.confidence.auroc)}.")
    lines = {"unanswerable taken on": run.confidence.answerability, "facts missing": run.confidence.quality}
    rows = [
        [f"{share:.0%}", *(_shown(_risk_at(points, share)) for points in lines.values())]
        for share in (0.25, 0.5, 0.75, 0.9, 1.0)
    ]
    yield Table(["coverage", *lines], rows)
    if can_plot():
        yield Plot(curves("Risk and coverage", lines))


def _risk_at(points: Iterable[CurvePoint], share: float) -> float | None:
    return next((p.risk for p in points if p.coverage >= share), None)


def _latency(run: Run) -> Iterator[Block]:
    yield Heading("Time for an answer")
    if not run.times_ms:
        yield Paragraph("No answer was timed.")
        return
    yield Table(
        [*(f"{share:.0%}" for share in PERCENTILES)],
        [[f"{percentile(run.times_ms, share):.0f} ms" for share in PERCENTILES]],
    )
    if can_plot():
        yield Plot(histogram("Time for an answer", run.times_ms, unit="milliseconds"))


def _misses(run: Run) -> Iterator[Block]:
    counted = count_by_cause(run.misses)
    yield Heading("Misses by cause")
    yield Table(["cause", "meaning", "questions"], [[c.value, MEANINGS[c], str(n)] for c, n in counted.items()])
    for cause, count in counted.items():
        if count:
            yield Heading(cause.value.capitalize(), level=3)
            yield Table(["question", "language", "kind", "facts", "asked"], [*_miss_rows(run, cause)])


def _miss_rows(run: Run, cause: Cause) -> Iterator[list[str]]:
    for miss in run.misses:
        if miss.cause is cause:
            yield [miss.question_id, miss.language, miss.kind, f"{miss.facts:.2f}", _asked(run, miss)]


def _asked(run: Run, miss: Miss) -> str:
    failure = run.failures.get(miss.question_id, "")
    return " — ".join(filter(None, (miss.text or "(held out)", failure)))


def _shown(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:.3f}" if isinstance(value, float) and abs(value) <= 1 else f"{value:g}"


def _change(now: float | None, before: float | None) -> str:
    return "–" if now is None or before is None else f"{now - before:+.3g}"
