"""Generations: one is served, the pointer swaps at once, and one process writes."""

import json
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from ingest.errors import IndexLocked, IndexUnavailable, UnknownRecord
from ingest.generations import KEPT, Generation, IndexHome, check_integrity


@pytest.fixture
def home(tmp_path) -> IndexHome:
    return IndexHome(tmp_path / "data")


def publish(home: IndexHome, content: bytes = b"catalogue") -> Generation:
    home.folder.mkdir(exist_ok=True)
    generation = home.next_generation()
    home.begin(generation, None)
    generation.catalogue.write_bytes(content)
    home.publish(generation)
    return generation


def test_nothing_is_served_before_the_first_ingestion(home):
    assert home.current() is None
    with pytest.raises(IndexUnavailable, match="sela ingest"):
        home.require_current()


def test_the_generation_published_last_is_served(home):
    publish(home)
    second = publish(home)
    assert home.require_current() == second


def test_ids_follow_the_clock(home):
    made = [publish(home).id for _ in range(3)]
    assert made == sorted(made)
    assert [g.id for g in home.complete()] == made


def test_only_a_few_generations_are_kept(home):
    made = [publish(home) for _ in range(KEPT + 2)]
    assert home.complete() == made[-KEPT:]


def test_a_new_generation_begins_with_the_catalogue_of_its_base(home):
    base = publish(home, b"what was known")
    generation = home.next_generation()
    home.begin(generation, base)
    assert generation.catalogue.read_bytes() == b"what was known"
    assert home.require_current() == base


def test_what_an_interrupted_ingestion_left_is_swept_and_the_rest_stays(home):
    served = publish(home)
    left = home.next_generation()
    home.begin(left, served)
    assert home.unfinished() == [left.folder]
    home.sweep()
    assert home.unfinished() == []
    assert home.complete() == [served]


def test_a_generation_is_found_by_its_id_only_when_complete(home):
    served = publish(home)
    unfinished = home.next_generation()
    home.begin(unfinished, served)
    assert home.find(served.id) == served
    with pytest.raises(UnknownRecord, match="sela rollback --list"):
        home.find(unfinished.id)


def test_a_pointer_to_a_missing_generation_says_how_to_go_on(home):
    served = publish(home)
    home.discard(served)
    with pytest.raises(IndexUnavailable, match="sela rollback"):
        home.current()


HOLDER = """
import sys, time
from pathlib import Path
from ingest.generations import IndexHome
with IndexHome(Path(sys.argv[1])).locked():
    print("held", flush=True)
    time.sleep(600)
"""


def test_a_lock_held_by_another_process_names_it_and_ends_with_it(home):
    with subprocess.Popen([sys.executable, "-c", HOLDER, home.folder], stdout=subprocess.PIPE) as holder:
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(IndexLocked, match=f"process {holder.pid} on"), home.locked():
            pass
        holder.kill()
    with home.locked():
        assert json.loads((home.folder / "lock.holder").read_text())["process"] != holder.pid


def test_the_lock_is_released_after_a_failure(home):
    with pytest.raises(ValueError, match="inside"), home.locked():
        raise ValueError("inside")
    with home.locked():
        pass
    assert not (home.folder / "lock.holder").exists()


def test_a_truncated_catalogue_is_not_published(home):
    generation = home.next_generation()
    home.folder.mkdir()
    home.begin(generation, None)
    with closing(sqlite3.connect(generation.catalogue)) as connection, connection:
        connection.execute("CREATE TABLE t (x)")
        connection.executemany("INSERT INTO t VALUES (?)", [("x" * 500,)] * 500)
    check_integrity(generation)
    whole = generation.catalogue.read_bytes()
    generation.catalogue.write_bytes(whole[:4096] + bytes(4096) + whole[8192:])
    with pytest.raises(IndexUnavailable, match="damaged"):
        check_integrity(generation)
