"""The command line as its users meet it: statuses, one line for each error, JSON, pipes and speed."""

import json
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from index_samples import small_folder
from pdf_files import picture, words, write_pdf

from ingest.generations import IndexHome
from ui.command_line.main import run

MANY = 120
SELA = str(Path(sys.executable).with_name("sela"))


@pytest.fixture
def folder(tmp_path) -> Path:
    return small_folder(tmp_path)


@pytest.fixture(autouse=True)
def settings(tmp_path, monkeypatch):
    """Every command of these tests works without a model and in a home of its own."""
    monkeypatch.setenv("SELA_EMBEDDING_MODEL", "hashing")
    monkeypatch.setenv("SELA_RERANK", "false")
    monkeypatch.setenv("SELA_DATA", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def home(tmp_path) -> IndexHome:
    return IndexHome(tmp_path / "data")


@pytest.fixture
def sela(capsys):
    """Run one command in this process and return (status, standard output, standard error)."""

    def call(*arguments):
        status = run([str(a) for a in arguments])
        return status, *capsys.readouterr()

    return call


def process(*arguments, **rest):
    """Run one command in a process of its own."""
    return subprocess.run(
        [SELA, *map(str, arguments)], capture_output=True, text=True, timeout=120, check=False, **rest
    )


def quickest(*arguments):
    """Run one command three times and return (the last, least seconds of processor time), whoever else is busy."""
    seconds = []
    for _ in range(3):
        began = children_seconds()
        done = process(*arguments)
        seconds.append(children_seconds() - began)
    return done, min(seconds)


def children_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def is_one_line(text: str) -> bool:
    return text.startswith("sela: ") and text.count("\n") == 1 and text.endswith("\n")


COMMANDS = ("ingest", "ask", "search", "documents", "doctor", "backup", "rollback", "model")


def test_help_names_every_command_within_half_a_second():
    done, seconds = quickest("--help")
    assert done.returncode == 0
    assert all(f"\n  {command} " in done.stdout for command in (*COMMANDS, "eval"))
    assert seconds < 0.5


@pytest.mark.parametrize("command", ["ingest", "ask", "search", "documents", "doctor", "backup", "rollback", "eval"])
def test_every_command_takes_json_and_data(command, sela):
    status, out, _ = sela(command, "--help")
    assert status == 0
    assert "--json" in out
    assert "--data" in out


def test_a_folder_is_ingested_and_listed(folder, sela, home):
    status, out, error = sela("ingest", folder)
    assert (status, error) == (0, "")
    assert "Added      2: barcos.md, harbours.md" in out
    assert str(home.current_id()) in out
    status, out, _ = sela("documents")
    assert status == 0
    assert "Report on the harbours" in out
    assert "barcos.md" in out


def test_the_report_of_an_ingestion_is_json(folder, sela, home):
    (folder / "empty.txt").write_bytes(b"")
    status, out, _ = sela("ingest", folder, "--json")
    report = json.loads(out)
    assert status == 3
    assert report["added"] == ["barcos.md", "harbours.md"]
    assert report["rejected"][0]["file"] == "empty.txt"
    assert report["generation"] == home.current_id()


def test_the_list_of_documents_is_json_and_says_what_was_not_read(folder, sela):
    (folder / "empty.txt").write_bytes(b"")
    sela("ingest", folder)
    status, out, _ = sela("documents", "--json")
    listed = json.loads(out)
    assert status == 0
    assert [(d["file"], d["language"]) for d in listed["documents"]] == [("barcos.md", "es"), ("harbours.md", "en")]
    assert all(d["passages"] > 0 and d["pages"] is None for d in listed["documents"])
    assert listed["rejected"][0]["file"] == "empty.txt"
    assert "empty.txt" in sela("documents")[1]


def test_data_names_another_home(folder, sela, tmp_path):
    assert sela("ingest", folder, "--data", tmp_path / "other")[0] == 0
    assert sela("documents", "--data", tmp_path / "other")[0] == 0
    assert sela("documents")[0] == 1


def make_loop(path):
    path.mkdir()
    (path / "again").symlink_to(path.parent, target_is_directory=True)


BAD = {
    "nothing.txt": lambda path: path.write_bytes(b""),
    "unknown.xyz": lambda path: path.write_bytes(bytes(range(256)) * 20),
    "secret.pdf": lambda path: write_pdf(path, words("Nobody reads this."), encrypt="password"),
    "scan.pdf": lambda path: write_pdf(path, picture, picture, picture),
    "loop": make_loop,
    "Informe año 2031 – versión n.º 2.txt": lambda path: path.write_bytes(b"\n"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_one_line_with_the_next_step_and_the_others_are_in(name, folder, sela):
    BAD[name](folder / name)
    status, out, error = sela("ingest", folder)
    assert (status, error) == (3, "")
    assert "Added      2: barcos.md, harbours.md" in out
    lines = [line for line in out.splitlines() if line.startswith(f"  {name}")]
    assert len(lines) == 1
    assert lines[0].rstrip().endswith(".")


def test_a_scan_is_said_to_need_ocr_page_by_page(folder, sela):
    write_pdf(folder / "scan.pdf", picture, picture, picture)
    write_pdf(folder / "mixed.pdf", words("The first page speaks of harbours and of ships."), picture)
    _, out, _ = sela("ingest", folder)
    scan = next(line for line in out.splitlines() if line.startswith("  scan.pdf"))
    assert "OCR" in scan
    assert "1" in scan
    assert "3" in scan
    assert "mixed.pdf: pages 2 hold no text and need OCR." in sela("documents")[1]


def test_names_with_spaces_and_accents_are_shown_as_they_are(folder, sela):
    (folder / "Año 2031").mkdir()
    (folder / "Año 2031" / "ágora de los puertos.txt").write_text("Los barcos llegan al puerto.", encoding="utf-8")
    sela("ingest", folder)
    assert "Año 2031/ágora de los puertos.txt" in sela("documents")[1]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("ingest", "nowhere"), "Name an existing folder"),
        (("ingest", "vacant"), "holds no documents"),
        (("ask", "What is a harbour?"), "sela ingest FOLDER"),
        (("search", "harbour"), "sela ingest FOLDER"),
        (("documents",), "sela ingest FOLDER"),
        (("doctor",), "sela ingest FOLDER"),
        (("doctor", "--repair"), "sela ingest FOLDER"),
        (("backup", "copy"), "sela ingest FOLDER"),
        (("rollback",), "sela ingest FOLDER"),
        (("rollback", "nothing"), "sela rollback --list"),
    ],
)
def test_an_error_is_status_one_and_one_line_that_names_the_next_step(arguments, says, sela, tmp_path):
    (tmp_path / "vacant").mkdir()
    status, _, error = sela(*arguments)
    assert status == 1
    assert is_one_line(error)
    assert says in error


@pytest.mark.parametrize("arguments", [("nonsense",), ("ask",), ("ask", "x", "--year", "soon"), ("ingest", "--what")])
def test_misuse_is_status_two_and_one_line_that_points_to_the_help(arguments, sela):
    status, out, error = sela(*arguments)
    assert (status, out) == (2, "")
    assert is_one_line(error)
    assert "--help`" in error


def test_a_setting_out_of_bounds_is_one_line(sela, monkeypatch):
    monkeypatch.setenv("SELA_CANDIDATES", "0")
    status, _, error = sela("documents")
    assert status == 1
    assert is_one_line(error)
    assert "candidates" in error


def test_an_unprepared_model_says_how_to_prepare_it(folder, sela, monkeypatch, tmp_path):
    monkeypatch.setenv("SELA_EMBEDDING_MODEL", "multilingual-e5-small")
    monkeypatch.setenv("SELA_MODELS", str(tmp_path / "models"))
    status, _, error = sela("ingest", folder)
    assert status == 1
    assert is_one_line(error)
    assert "sela model prepare" in error


def test_an_unexpected_failure_is_one_line_without_a_traceback(sela, monkeypatch):
    def fail(**_):
        raise RuntimeError("a defect\nover two lines")

    monkeypatch.setattr("assistant.settings.load_settings", fail)
    status, _, error = sela("documents")
    assert status == 1
    assert is_one_line(error)
    assert "a defect over two lines" in error


def test_an_interrupted_command_ends_cleanly(sela, monkeypatch):
    def interrupt(**_):
        raise KeyboardInterrupt

    monkeypatch.setattr("assistant.settings.load_settings", interrupt)
    status, _, error = sela("documents")
    assert status == 130
    assert is_one_line(error)


def test_two_ingestions_at_once_say_who_holds_the_index(folder, sela, home):
    with home.locked():
        status, _, error = sela("ingest", folder)
    assert status == 1
    assert is_one_line(error)
    assert f"process {os.getpid()}" in error


def test_doctor_finds_and_repairs_a_lost_vector_index(folder, sela, home):
    sela("ingest", folder)
    assert sela("doctor")[0] == 0
    for path in home.require_current().chroma.rglob("*"):
        if path.is_file():
            path.unlink()
    status, out, error = sela("doctor", "--json")
    assert status == 1
    assert [c["name"] for c in json.loads(out)["checks"] if not c["passed"]] == ["vector index"]
    assert is_one_line(error)
    assert "sela doctor --repair" in error
    assert sela("doctor", "--repair")[0] == 0
    assert sela("search", "cranes of the harbour", "--json")[0] == 0


def test_doctor_finds_a_damaged_catalogue_and_rollback_mends_it(folder, sela, home):
    sela("ingest", folder)
    whole = home.current_id()
    (folder / "new.md").write_text("A third document, about lighthouses.", encoding="utf-8")
    sela("ingest", folder)
    home.require_current().catalogue.write_bytes(b"overwritten by another program" * 500)
    status, _, error = sela("doctor")
    assert status == 1
    assert "sela rollback" in error
    assert sela("rollback")[0] == 0
    assert home.current_id() == whole
    assert sela("doctor")[0] == 0


def test_rollback_lists_goes_back_and_forth(folder, sela, home):
    sela("ingest", folder)
    first = home.current_id()
    (folder / "new.md").write_text("A third document, about lighthouses.", encoding="utf-8")
    sela("ingest", folder)
    second = home.current_id()
    assert sela("rollback", "--list")[1] == f"  {first}\n* {second}\n"
    assert json.loads(sela("rollback", "--json")[1]) == {"current": first, "generations": [first, second]}
    assert "new.md" not in sela("documents")[1]
    assert sela("rollback", second)[0] == 0
    assert "new.md" in sela("documents")[1]


@pytest.mark.parametrize("name", ["copy", "copy.tar.gz"])
def test_a_backup_serves_as_an_index_home(name, folder, sela, home, tmp_path):
    sela("ingest", folder)
    status, out, _ = sela("backup", tmp_path / "kept" / name)
    assert status == 0
    assert str(home.current_id()) in out
    copy = tmp_path / "kept" / "copy"
    if name.endswith(".gz"):
        subprocess.run(["tar", "xzf", copy.with_name(name), "-C", copy.parent], check=True)
    assert sela("doctor", "--data", copy)[0] == 0
    assert sela("documents", "--data", copy)[1] == sela("documents")[1]
    status, _, error = sela("backup", tmp_path / "kept" / name)
    assert status == 1
    assert "exists already" in error


def test_a_pipe_that_closes_early_is_no_error(folder, sela):
    sela("ingest", folder)
    done = subprocess.run(
        f"'{SELA}' documents --json | head -c 1", shell=True, capture_output=True, timeout=60, check=False
    )
    assert (done.stdout, done.stderr) == (b"{", b"")


def test_an_unchanged_folder_is_ingested_in_less_than_a_second(folder):
    process("ingest", folder)
    done, seconds = quickest("ingest", folder)
    assert "Unchanged  2" in done.stdout
    assert seconds < 1


def test_ctrl_c_leaves_the_old_index_whole(folder, home):
    process("ingest", folder)
    before = home.current_id()
    add_many(folder)
    with started("ingest", folder) as running:
        wait_for_new_generation(home, running)
        running.send_signal(signal.SIGINT)
        error = running.communicate(timeout=60)[1]
    assert running.returncode == 130
    assert is_one_line(error)
    assert home.current_id() == before
    assert home.unfinished() == []


def test_a_kill_in_the_middle_leaves_the_old_index_whole_and_the_next_run_works(folder, home):
    process("ingest", folder)
    before, listed = home.current_id(), process("documents", "--json").stdout
    add_many(folder)
    with started("ingest", folder) as running:
        wait_for_new_generation(home, running)
        running.kill()
        running.communicate(timeout=60)
    assert home.current_id() == before
    assert process("documents", "--json").stdout == listed
    done = process("ingest", folder, "--json")
    assert done.returncode == 0
    assert len(json.loads(done.stdout)["added"]) == MANY
    assert home.unfinished() == []


def test_a_limit_on_what_may_be_written_leaves_the_old_index_whole(folder, home):
    process("ingest", folder)
    before, listed = home.current_id(), process("documents", "--json").stdout
    add_many(folder)
    limited = f"ulimit -f 120; exec '{SELA}' ingest '{folder}'"  # 120 blocks of 1 KiB a file
    done = subprocess.run(["bash", "-c", limited], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 1
    assert is_one_line(done.stderr)
    assert "the old index is still served" in done.stderr
    assert home.current_id() == before
    assert process("documents", "--json").stdout == listed
    assert process("ingest", folder).returncode == 0


@pytest.mark.slow
@pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount a small disk")
def test_a_full_disk_leaves_the_old_index_whole(folder, tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1400k", "none", disk], check=False).returncode:
        pytest.skip("a small disk cannot be mounted here")
    try:
        assert process("ingest", folder, "--data", disk).returncode == 0
        before = IndexHome(disk).current_id()
        add_many(folder)
        done = process("ingest", folder, "--data", disk)
        assert done.returncode == 1
        assert is_one_line(done.stderr)
        assert IndexHome(disk).current_id() == before
        assert process("doctor", "--data", disk).returncode == 0
    finally:
        subprocess.run(["umount", disk], check=True)


def add_many(folder: Path, *, title: str = "Ships") -> None:
    for number in range(MANY):
        text = (
            f"{title}\n\nDocument {number} speaks of harbour {number}.\n\n"
            + f"Ship {number} carries wheat to port. " * 30
        )
        (folder / f"{number:03}.txt").write_text(text, encoding="utf-8")


def started(*arguments):
    """Start a command that heeds Ctrl-C even where the tests themselves run in the background, which ignores it."""
    heed = "import signal, os, sys; signal.signal(signal.SIGINT, signal.SIG_DFL); os.execv(sys.argv[1], sys.argv[1:])"
    command = [sys.executable, "-c", heed, SELA, *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def wait_for_new_generation(home: IndexHome, running) -> None:
    deadline = time.monotonic() + 60
    while not any(p.stat().st_size > 0 for f in home.unfinished() for p in f.glob("catalogue.sqlite-journal")):
        assert running.poll() is None, "the ingestion ended before it could be disturbed"
        assert time.monotonic() < deadline
        time.sleep(0.005)


def test_an_unchanged_ingestion_loads_nothing_heavy():
    code = "import sys, assistant.assembly, ingest.ingestion; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy = {"torch", "chromadb", "sentence_transformers", "trafilatura", "pypdf", "rich", "ingest.identifiers"}
    assert heavy.isdisjoint(done.stdout.split())
