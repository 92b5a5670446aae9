"""Figures mean what the reference scorer means by them, and misses are put down to the step that caused them."""

import json
import random
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answers import Outcome
from eval.confidence import Judged, answerability, auroc, risk_coverage
from eval.figures import figure_table, figures
from eval.given_answers import FiledText, GivenAnswer, given_answer, read_answers, write_answers
from eval.matching import first_covering, overlaps, readable, says
from eval.misses import Cause, cause_of, find_misses
from eval.questions import ExamQuestion, GoldPlace, load_questions
from eval.ranking import ndcg, recall, reciprocal_rank
from eval.relevance import ranked_evidence
from eval.scoring import score_answer, score_answers
from eval.sources import CorpusTexts

PLACE = "the regional committee met in Panama on 4 May 2020 and agreed on a plan"


@pytest.fixture
def corpus(tmp_path):
    (tmp_path / "note.md").write_text(f"# Note\n\nIt says that **{PLACE}**.\n", encoding="utf-8")
    return CorpusTexts(tmp_path, {"note.md": "unused", "fr/scan.pdf": "Le comité\ns'est réuni."})


def exam(number=2, *, answerable=True, facts=(("Panama",), ("4 May 2020", "4 de mayo de 2020"))):
    gold = (GoldPlace("note.md", PLACE),) if answerable else ()
    return ExamQuestion(f"T{number:03}", "en", "fact", "Where?", (), answerable, gold, facts if answerable else ())


def reply(number=2, *, outcome=Outcome.ANSWERED, text="In Panama on 4 May 2020 [1].", quote=PLACE, evidence=(PLACE,)):
    quotes = (FiledText("note.md", quote),) if quote else ()
    return GivenAnswer(f"T{number:03}", outcome, text, quotes, tuple(FiledText("note.md", e) for e in evidence), 10.0)


def test_a_fact_counts_as_whole_words_without_accents_or_case():
    assert says("Comité regional", readable("el comite\n REGIONAL aprobó"))
    assert not says("III", readable("Regional Meeting VIII"))


def test_quotes_overlap_when_half_of_the_shorter_one_agrees():
    assert overlaps("committee met in Panama", PLACE)
    assert not overlaps("another body met elsewhere entirely", PLACE)


def test_evidence_covers_gold_together():
    first, second = PLACE[:40], PLACE[20:]
    assert first_covering(PLACE, ["", first, second]) == 3
    assert first_covering(PLACE, [first]) is None


def test_a_quotation_is_checked_in_the_file_or_in_the_canonical_text(corpus):
    assert corpus.holds("note.md", "the regional committee met")
    assert corpus.holds("fr/scan.pdf", "Le comité s'est")
    assert not corpus.holds("fr/scan.pdf", "Le comite s'est")
    assert not corpus.holds("gone.md", "a quote")


def test_a_right_answer_scores_full(corpus):
    scored = score_answer(exam(), reply(), corpus)
    assert (scored.facts, scored.supporting, scored.verbatim, scored.gold_ranks) == (1.0, 1, 1, (1,))
    assert cause_of(scored) is None


@pytest.mark.parametrize(
    ("question", "answer", "cause"),
    [
        (exam(), None, Cause.NO_ANSWER),
        (exam(), reply(quote="words that stand nowhere"), Cause.FALSE_QUOTE),
        (exam(answerable=False), reply(), Cause.FALSE_ANSWER),
        (exam(answerable=False), reply(outcome=Outcome.OUT_OF_SCOPE, quote=""), None),
        (exam(), reply(outcome=Outcome.NO_EVIDENCE, text="", quote=""), Cause.FALSE_REFUSAL),
        (exam(), reply(outcome=Outcome.NO_EVIDENCE, text="", quote="", evidence=()), Cause.FALSE_REFUSAL),
        (exam(), reply(outcome=Outcome.NO_EVIDENCE, text="", quote="", evidence=("x",)), Cause.RETRIEVAL_MISS),
        (exam(), reply(text="In Lima.", quote="", evidence=("x",)), Cause.RETRIEVAL_MISS),
        (exam(), reply(text="In Panama.", quote=""), Cause.SELECTION_MISS),
        (exam(), reply(quote="It says that"), Cause.CITATION_MISS),
    ],
)
def test_a_miss_is_put_down_to_its_cause(corpus, question, answer, cause):
    assert cause_of(score_answer(question, answer, corpus)) is cause


def test_a_statement_dropped_by_the_gate_is_named_as_the_cause(corpus):
    dropped = GivenAnswer("T002", Outcome.ANSWERED, "In Panama.", (), reply().evidence, 1.0, dropped=1)
    assert cause_of(score_answer(exam(), dropped, corpus)) is Cause.GATE_DROP


def test_a_held_out_miss_is_listed_without_its_words(corpus):
    scored = [score_answer(exam(number), None, corpus) for number in (2, 3)]
    assert [(m.question_id, m.text) for m in find_misses(scored)] == [("T002", "Where?"), ("T003", "")]


def test_figures_of_no_answers_are_said_to_be_unknown():
    empty = figures([])
    assert (empty["facts"], empty["verbatim"], empty["false_refusal"], empty["refusal_f1"]) == (None, None, None, 0.0)


def test_the_gap_between_the_halves_is_tuning_minus_held_out(corpus):
    scored = [
        score_answer(exam(2), reply(2), corpus),
        score_answer(exam(3), reply(3, text="In Panama.", quote=""), corpus),
    ]
    table = figure_table(scored)
    assert table.gap["facts"] == 0.5
    assert table.language_gap is None


def test_answers_survive_their_file(tmp_path):
    data = {
        "question_id": "T1", "outcome": "answered", "text": "té", "wall_ms": 3.0, "evidence": [],
        "citations": [{"quote": "q\u2028r", "document": {"file": "a.md"}}],
    }  # fmt: skip
    write_answers(tmp_path / "answers.jsonl", [data])
    assert read_answers(tmp_path / "answers.jsonl") == (given_answer(data),)


rankings = st.lists(st.sampled_from([f"d{i}" for i in range(15)]), unique=True, min_size=1, max_size=15)
relevances = st.sets(st.sampled_from([f"d{i}" for i in range(20)]), min_size=1, max_size=6)


@given(st.lists(st.tuples(rankings, relevances), min_size=1, max_size=4))
def test_retrieval_metrics_agree_with_ir_measures(cases):
    ir_measures = pytest.importorskip("ir_measures")
    qrels = {str(i): dict.fromkeys(sorted(relevant), 1) for i, (_, relevant) in enumerate(cases)}
    run = {str(i): {item: -float(p) for p, item in enumerate(r)} for i, (r, _) in enumerate(cases)}
    measures = {"nDCG@10": ir_measures.nDCG @ 10, "R@10": ir_measures.R @ 10, "RR": ir_measures.RR}
    theirs = ir_measures.calc_aggregate(list(measures.values()), qrels, run)
    ours = {
        "nDCG@10": sum(ndcg(r, relevant, depth=10) for r, relevant in cases) / len(cases),
        "R@10": sum(recall(r, relevant, depth=10) for r, relevant in cases) / len(cases),
        "RR": sum(reciprocal_rank(r, relevant) for r, relevant in cases) / len(cases),
    }
    assert ours == pytest.approx({name: theirs[measure] for name, measure in measures.items()})


def test_gold_that_no_evidence_covers_counts_as_not_found():
    ranked = ranked_evidence((2, None, 2), depth=3)
    assert recall(ranked.ranking, ranked.relevant, depth=10) == 0.5
    assert reciprocal_rank(ranked.ranking, ranked.relevant) == 0.5


def test_risk_grows_with_coverage_when_confidence_is_right():
    points = risk_coverage([Judged(0.9, 0), Judged(0.8, 0), Judged(0.1, 1), Judged(0.1, 1)])
    assert [(p.coverage, p.risk) for p in points] == [(0.25, 0), (0.5, 0), (1.0, 0.5)]


def test_auroc_counts_ties_half():
    assert auroc([Judged(0.9, 0), Judged(0.1, 1)]) == 1
    assert auroc([Judged(0.5, 0), Judged(0.5, 1)]) == 0.5
    assert auroc([Judged(0.5, 0)]) is None


def test_answerability_leaves_out_questions_without_confidence(corpus):
    scored = [score_answer(exam(2), reply(2), corpus), score_answer(exam(4, answerable=False), None, corpus)]
    assert answerability(scored, {"T004": 0.2}) == (Judged(0.2, 1.0),)


def reference_figures(reference, answers_file):
    command = [sys.executable, str(reference / "eval" / "score.py"), str(reference / "eval" / "dev.jsonl"), "--json"]
    done = subprocess.run([*command, "--answers", str(answers_file)], capture_output=True, check=True, text=True)
    return json.loads(done.stdout)


def random_answer(question, texts, chance):
    def cut(file):
        text = texts[file]
        start = chance.randrange(max(1, len(text) - 400))
        return text[start : start + chance.randrange(20, 400)]

    golden = [(g.document, g.quote) for g in question.gold if chance.random() < 0.6]
    others = [(file, cut(file)) for file in chance.choices(sorted(texts), k=chance.randrange(6))]
    cited = chance.sample(golden + others, k=len(golden + others) // 2) + [
        ("gone.txt", "no such words")
    ] * chance.randrange(2)
    seen = chance.sample(golden + others, k=len(golden + others))
    facts = " ".join(chance.choice(fact) for fact in question.facts if chance.random() < 0.5)
    return {
        "question_id": question.id,
        "outcome": chance.choice(["answered"] * 4 + ["partly_answered", "no_evidence", "needs_clarification"]),
        "text": f"**{facts}** [1] {cut(sorted(texts)[0])[:80]}",
        "citations": [{"quote": quote, "document": {"file": file}} for file, quote in cited],
        "evidence": [{"file": f"folder/{file}", "text": text} for file, text in seen],
        "timings_ms": {"total": chance.uniform(1, 500)},
    }


@pytest.mark.reference
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_figures_equal_those_of_the_reference_scorer(reference, tmp_path, seed):
    chance = random.Random(seed)
    questions = load_questions(reference / "eval" / "dev.jsonl")
    texts = {path.name: path.read_text(encoding="utf-8") for path in (reference / "corpus").iterdir()}
    answers = [random_answer(q, texts, chance) for q in questions if chance.random() < 0.95]
    write_answers(tmp_path / "answers.jsonl", answers)
    corpus = CorpusTexts(reference / "corpus", texts)
    table = figure_table(score_answers(questions, read_answers(tmp_path / "answers.jsonl"), corpus))
    theirs = reference_figures(reference, tmp_path / "answers.jsonl")
    groups = {"by_language": table.by_language, "by_type": table.by_type}
    for name, held in groups.items():
        for group, values in theirs.pop(name).items():
            same = {figure: value for figure, value in values.items() if figure != "n"}
            assert same == {figure: held[group][figure] for figure in same}
    assert theirs == {figure: table.overall[figure] for figure in theirs}
