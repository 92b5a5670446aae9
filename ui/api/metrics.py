"""What operators watch: requests, answers, latency by stage, the language model's work, the age of the index."""

from datetime import UTC, datetime

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from starlette.types import Scope

from assistant.answers import Answer, ModelUse

_STAGE_SECONDS = (0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_MODEL_SECONDS = (0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 20.0, 60.0, 120.0)
_GENERATION_CLOCK = "%Y%m%dT%H%M%S%fZ"


class Metrics:
    """Counters of one application; several may live in one process."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "sela_http_requests",
            "Requests by route and status.",
            ["method", "route", "status"],
            registry=self._registry,
        )
        self._request_seconds = Histogram(
            "sela_http_request_seconds", "Time to the end of the response.", ["route"], registry=self._registry
        )
        self._answers = Counter("sela_answers", "Answers by outcome.", ["outcome"], registry=self._registry)
        self._stages = Histogram(
            "sela_answer_stage_seconds", "Time of each stage of an answer.", ["stage"], buckets=_STAGE_SECONDS,
            registry=self._registry,
        )  # fmt: skip
        self._model = _ModelMetrics(self._registry)
        self._refused = Counter("sela_overload", "Questions refused because of load.", registry=self._registry)
        self._pending = Gauge("sela_questions_pending", "Questions at work or waiting.", registry=self._registry)
        self._index = Gauge("sela_index_info", "The generation served.", ["generation"], registry=self._registry)
        self._age = Gauge("sela_index_age_seconds", "Age of the generation served.", registry=self._registry)

    def count_request(self, scope: Scope, status: int, seconds: float) -> None:
        """Count one request under its route's template, so that ids make no new series."""
        route = getattr(scope.get("route"), "path", "unmatched")
        method = scope["method"] if scope["method"] in ("GET", "POST", "DELETE", "HEAD", "OPTIONS") else "other"
        self._requests.labels(method, route, str(status)).inc()
        self._request_seconds.labels(route).observe(seconds)

    def count_answer(self, answer: Answer) -> None:
        """Count an answer, the time of its stages, and what a language model did for it."""
        self._answers.labels(answer.outcome.value).inc()
        for stage, milliseconds in answer.timings_ms.items():
            self._stages.labels(stage).observe(milliseconds / 1000)
        if answer.model is not None:
            self._model.count(answer.model)

    def count_refusal(self) -> None:
        """Count a question refused because of load."""
        self._refused.inc()

    def show(self, *, pending: int, generation: str | None) -> bytes:
        """Return everything in the text format of Prometheus."""
        self._pending.set(pending)
        self._index.clear()
        if generation is not None:
            self._index.labels(generation).set(1)
            self._age.set(_age_seconds(generation))
        return generate_latest(self._registry)


class _ModelMetrics:
    def __init__(self, registry: CollectorRegistry) -> None:
        self._asked = Counter("sela_model_answers", "Answers that the language model was asked for.", registry=registry)
        self._told = Counter("sela_model_sentences_told", "Its sentences in answers.", registry=registry)
        self._dropped = Counter(
            "sela_model_sentences_dropped", "Its sentences that were not let through.", ["reason"], registry=registry
        )
        self._failures = Counter(
            "sela_model_failures", "Answers that it did not give whole.", ["reason"], registry=registry
        )
        self._seconds = Histogram(
            "sela_model_seconds", "Time from asking it to its last sentence.", buckets=_MODEL_SECONDS,
            registry=registry,
        )  # fmt: skip

    def count(self, use: ModelUse) -> None:
        self._asked.inc()
        self._told.inc(use.kept)
        for reason, sentences in use.dropped.items():
            self._dropped.labels(reason).inc(sentences)
        if use.failure is not None:
            self._failures.labels(use.failure).inc()
        self._seconds.observe(use.latency_ms / 1000)


def _age_seconds(generation: str) -> float:
    try:
        made = datetime.strptime(generation, _GENERATION_CLOCK).replace(tzinfo=UTC)
    except ValueError:
        return 0.0
    return (datetime.now(UTC) - made).total_seconds()
