"""The SQLite file: whole, sound, the same every time, and open to Datasette."""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, WEIGHT_LOSS, awaited

COUNTED = {"claims": "claims", "pages": "pages", "sources": "sources", "flags": "flags"}


@pytest.fixture(scope="module")
def database(weight_loss_site: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(weight_loss_site / "data/claimbook.sqlite")) as connection:
        yield connection


def rows(database: sqlite3.Connection, query: str) -> list[tuple[Any, ...]]:
    return database.execute(query).fetchall()


def test_it_is_sound(database: sqlite3.Connection) -> None:
    assert rows(database, "PRAGMA integrity_check") == [("ok",)]
    assert rows(database, "PRAGMA foreign_key_check") == []
    for table in ("claims_fts", "occurrences_fts"):
        database.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', 1)")
    database.rollback()


def test_it_holds_what_the_data_files_hold(
    database: sqlite3.Connection, weight_loss_site: Path
) -> None:
    data = {
        name: json.loads((weight_loss_site / f"data/{name}.json").read_text(encoding="utf-8"))
        for name in COUNTED
    }
    for name, expected in data.items():
        assert {row[0] for row in rows(database, f"SELECT id FROM {name}")} == {
            each["id"] for each in expected
        }
    verdicts = {o["id"]: o["verdict"] for claim in data["claims"] for o in claim["occurrences"]}
    assert dict(rows(database, "SELECT id, verdict FROM occurrences")) == verdicts
    reviewed = {
        (c["id"], c["status"], c["review_by"], c["withdrawn"] and c["withdrawn"]["on"])
        for c in data["claims"]
    }
    columns = "id, review_status, review_by, withdrawn_on"
    assert set(rows(database, f"SELECT {columns} FROM claims")) == reviewed
    links = {(c["id"], e["finding"], e["why"]) for c in data["claims"] for e in c["evidence"]}
    assert set(rows(database, "SELECT claim, finding, why FROM evidence")) == links
    says = dict(rows(database, "SELECT id, says FROM findings"))
    assert {key: json.loads(value) for key, value in says.items()} == {
        finding["id"]: finding["says"]
        for source in data["sources"]
        for finding in source["findings"]
    }
    for kind in ("claims", "occurrences", "pages", "sources"):
        joined = rows(database, f"SELECT * FROM flag_{kind}")
        assert set(joined) == {(flag["id"], one) for flag in data["flags"] for one in flag[kind]}


def test_no_table_is_empty_and_every_reference_has_an_index(site: Path) -> None:
    with closing(sqlite3.connect(site / "data/claimbook.sqlite")) as database:
        _look_up_every_reference(database)


def _look_up_every_reference(database: sqlite3.Connection) -> None:
    names = [
        name
        for (name,) in rows(
            database, "SELECT name FROM sqlite_schema WHERE sql LIKE 'CREATE TABLE % -- %'"
        )
    ]
    assert len(names) > 15
    for name in names:
        assert rows(database, f"SELECT * FROM {name} LIMIT 1"), name
        for _, _, _, column, *_ in rows(database, f"PRAGMA foreign_key_list({name})"):
            plan = rows(database, f"EXPLAIN QUERY PLAN SELECT * FROM {name} WHERE {column} = 'x'")
            assert plan[0][-1].startswith("SEARCH"), (name, column)


def test_no_statement_stands_without_what_the_evidence_makes_of_it(
    database: sqlite3.Connection,
) -> None:
    false = rows(database, "SELECT title, statement, truth_line FROM claims WHERE truth = 'no'")
    assert false
    for title, statement, line in false:
        assert title == f"{statement.removesuffix('.')}? No"
        assert line
    columns = [c[1] for c in rows(database, "PRAGMA table_info(passages)")]
    assert {"claim", "truth_line", "verdict"} <= set(columns)
    assert "statement" not in columns


def test_the_same_records_give_the_same_bytes(weight_loss_site: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from claimbook.loading.load import load; "
        "from claimbook.curation.changes import as_of, changes; from dataclasses import replace; "
        "from claimbook.rules.check import check; from claimbook.site import exports, sqlite_file; "
        "from claimbook.site.context import Context; from claimbook.site.versions import versions; "
        f"root = Path({str(WEIGHT_LOSS)!r}); base = replace(load(root), changes=changes(root)); "
        "report = check(base, today=as_of(root)); tables = exports.Tables(report); "
        "context = Context(report, {}, {}, {}, None, {}, versions=versions(report, tables)); "
        "sys.stdout.buffer.write(sqlite_file.sqlite_file(context, tables))"
    )
    written = [
        subprocess.run(
            [sys.executable, "-c", code],
            env={
                **os.environ,
                "PYTHONPATH": str(ROOT),
                "PYTHONHASHSEED": seed,
                "CLAIMBOOK_SNAPSHOTS": str(WEIGHT_LOSS / "snapshots"),
                "CLAIMBOOK_FIGURES": str(WEIGHT_LOSS / "figures"),
            },
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert written[0] == written[1] == (weight_loss_site / "data/claimbook.sqlite").read_bytes()


def test_datasette_searches_joins_and_links(site: Path) -> None:
    from datasette.app import Datasette

    folder = site / "data"
    metadata = json.loads((folder / "datasette.json").read_text(encoding="utf-8"))

    async def visit() -> None:
        datasette = Datasette(
            immutables=[str(folder / "claimbook.sqlite")],
            metadata=metadata,
            settings={"num_sql_threads": 0},
        )

        async def get(address: str) -> Any:
            response = await datasette.client.get(address)
            assert response.status_code == 200, (address, response.text)
            return response.json() if ".json" in address else response.text

        found = await get("/claimbook/claims.json?_search=sprays+aura&_shape=objects")
        assert {row["id"] for row in found["rows"]} >= {"nasal-aura-duration"}, "stems are searched"
        assert all(row["truth_line"] for row in found["rows"])
        quoted = await get("/claimbook/occurrences.json?_search=approval&_shape=array&_labels=on")
        assert quoted
        for row in quoted:
            assert row["claim"]["label"].partition("? ")[2], "a claim is named with its answer"
        joined = await get(
            "/claimbook.json?_shape=array&sql=select f.rule, p.clinic from flags f "
            "join flag_pages fp on fp.flag = f.id join pages p on p.id = fp.page"
        )
        assert len({row["clinic"] for row in joined}) > 1
        html = await get("/claimbook/claims/nasal-aura-duration")
        assert "/claimbook/evidence?claim=nasal-aura-duration" in html
        front = await get("/")
        assert "CC BY 4.0" in front
        assert metadata["title"].replace("&", "&amp;") in front

    awaited(visit())
