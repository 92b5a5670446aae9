"""The whole measurement with the default models; needs them prepared."""

import json

import pytest

from eval.questions import load_questions


@pytest.mark.slow
@pytest.mark.reference
def test_no_fusion_is_below_its_better_leg_and_paragraphs_are_found_across_languages(reference, tmp_path):
    from eval.xquad import load_xquad
    from eval.xquad_measurement import measure_legs, open_paragraphs, open_snapshot_of

    folder = reference / "multilingual"
    snapshot = open_snapshot_of(open_paragraphs(load_xquad(folder / "xquad.en.json"), tmp_path))
    for language, floor in (("en", 0.93), ("es", 0.93)):
        questions = load_xquad(folder / f"xquad.{language}.json").questions[::4]
        legs = measure_legs(snapshot, questions, language=language)
        assert legs.fused >= floor
        assert legs.fused >= max(legs.dense, legs.lexical) - 0.005


@pytest.mark.slow
def test_a_measurement_leaves_answers_figures_and_reports(tmp_path, capsys):
    from eval.command import evaluate
    from eval.gate import load_gates

    sample = load_gates()[0]
    chosen = tmp_path / "few.jsonl"
    lines = sample.questions.read_text(encoding="utf-8").splitlines()[:6]
    chosen.write_text("\n".join(lines) + "\n", encoding="utf-8")
    options = {"output": tmp_path / "out", "data": tmp_path / "data", "plain_baseline": False, "json": True}
    assert evaluate(chosen, sample.corpus, **options) == 0
    figures = json.loads(capsys.readouterr().out)["few"]
    assert figures["questions"] == len(load_questions(chosen))
    assert figures["verbatim"] in (1.0, None)
    assert (tmp_path / "out" / "few" / "report.html").is_file()
    assert (tmp_path / "data" / "evaluation" / "report.json").is_file()
