"""The judged base as one SQLite file, with full-text search: `tables.sql` says what is in it."""

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from claimbook.records import FACETS, Claim
from claimbook.site.context import Context
from claimbook.site.exports import Tables
from claimbook.site.json_ld import LICENCE
from claimbook.site.questions import INDEX, answer
from claimbook.site.words import asked, claim_title, truth

NAME = "claimbook"  # of the file, and so of the database in Datasette
VERSION = 1  # of the tables (PRAGMA user_version)
SCHEMA = Path(__file__).with_name("tables.sql").read_text(encoding="utf-8")
_FACETED = {"claims": "truth kind certainty topic", "occurrences": "verdict page"}
Row = tuple[Any, ...]


def sqlite_file(context: Context, tables: Tables) -> bytes:
    """The file: with the same SQLite, the same bytes for the same base.

    Raises:
        sqlite3.OperationalError: Python's SQLite was built without full-text search (FTS5).
    """
    connection = sqlite3.connect(":memory:")
    try:
        connection.executescript(f"{SCHEMA}\nPRAGMA user_version = {VERSION};")
        for table, rows in (_records(context, tables) | _links(context, tables)).items():
            for row in rows:
                marks = ", ".join("?" * len(row))
                connection.execute(f"INSERT INTO {table} VALUES ({marks})", row)  # noqa: S608
        for table, column in _references(connection):
            connection.execute(f"CREATE INDEX {table}_{column} ON {table} ({column})")
        for table in ("claims_fts", "occurrences_fts"):
            connection.execute(f"INSERT INTO {table} ({table}) VALUES ('rebuild')")  # noqa: S608
        connection.commit()
        return connection.serialize()
    finally:
        connection.close()


def datasette_metadata(title: str, about: str) -> dict[str, Any]:
    """What Datasette shows of the file (`datasette claimbook.sqlite --metadata datasette.json`)."""
    described = re.findall(r"^CREATE (?:TABLE|VIEW) (\w+) .*?-- (.*)$", SCHEMA, re.MULTILINE)
    tables: dict[str, Any] = {name: {"description": text} for name, text in described}
    for name, facets in _FACETED.items():
        tables[name]["facets"] = facets.split()
    return {
        "title": title,
        "description": about,
        "license": "CC BY 4.0",
        "license_url": LICENCE,
        "databases": {NAME: {"tables": tables}},
    }


def _references(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """The columns that name records of other tables, but for those that begin a key."""
    query = "SELECT name FROM sqlite_schema WHERE type = 'table'"
    for (table,) in connection.execute(query).fetchall():
        columns = connection.execute("SELECT name, pk FROM pragma_table_info(?)", (table,))
        first = {name for name, place in columns if place == 1}
        keys = 'SELECT "from" FROM pragma_foreign_key_list(?) ORDER BY 1'
        for (column,) in connection.execute(keys, (table,)).fetchall():
            if column not in first:
                yield table, column


def _records(context: Context, tables: Tables) -> dict[str, list[Row]]:
    """The rows of the tables that hold records."""
    base = context.base
    concepts, topics = base.vocabulary.concepts.values(), base.topics.values()
    occurrences = [
        {
            **one,
            "claim": claim,
            "says": _json(one["says"]),
            "unresolved": len(one["cites"]) - len(base.occurrences[one["id"]].cited),
        }
        for claim, row in tables["claims"].items()
        for one in row["occurrences"]
    ]
    sources = []
    for key, row in tables["sources"].items():
        entry = base.references[key]
        sources.append({"doi": None, "url": None, **entry.fields, **row, "bibtex": entry.text})
    found = f"id source {' '.join(FACETS)} says share printed_share printed where plain when read"
    findings = [
        {**dict.fromkeys(found.split()), **one["says"], **one, **one["about"]}
        | {"source": key, "says": _json(one["says"])}
        for key, row in tables["sources"].items()
        for one in row["findings"]
    ]
    said = "id claim page section quote verdict sentence_verdict says wording_step quote_check"
    read = "id title kind design text_read standing people risk_of_bias doi url bibtex"
    flagged = "id rule category severity message suggestion"
    answers = ((one, answer(one.whole_answer, INDEX, base).striptags()) for one in topics)
    return {
        "concepts": [(one.id, one.label, one.facet) for one in concepts],
        "broader_concepts": [(one.id, parent) for one in concepts for parent in one.broader],
        "topics": [(one.id, one.question, text) for one, text in answers],
        "claims": [_claim(one, context, tables) for one in base.claims.values()],
        "pages": _columns(tables["pages"].values(), "id title clinic address read sha256 reply"),
        "occurrences": _columns(occurrences, f"{said} unresolved"),
        "sources": _columns(sources, read),
        "findings": _columns(findings, found),
        "flags": _columns(tables["flags"].values(), flagged),
    }


def _claim(claim: Claim, context: Context, tables: Tables) -> Row:
    row, base, version = tables["claims"][claim.id], context.base, context.versions[claim.id]
    answered, searched = truth(claim, base), claim.searched
    return (
        *(claim.id, claim_title(claim, base) if answered else asked(claim), claim.statement),
        *((answered.is_, answered.line) if answered else (None, None)),
        *(row[name] for name in ("topic", "kind", "certainty", "harm_status", "verdict")),
        *(row["status"], row["review_by"], row["withdrawn"] and row["withdrawn"]["on"]),
        *(row["about"].get(facet) for facet in FACETS),
        *((searched.on.isoformat(), "; ".join(searched.where)) if searched else (None, None)),
        searched and searched.for_,
        *(version.version, version.records_as_of and version.records_as_of.isoformat()),
    )


def _links(context: Context, tables: Tables) -> dict[str, list[Row]]:
    """The rows of the tables that join records."""
    base, flags = context.base, tables["flags"]
    claims, topics, cited = (base.claims.values(), base.topics.values(), base.occurrences.values())
    evidence = [(name, one) for name, row in tables["claims"].items() for one in row["evidence"]]
    wordings = [(f"{c.id}:{n}", c.id, say) for c in claims for n, say in enumerate(c.say, 1)]
    return {
        "claim_topics": [(t.id, name, n) for t in topics for n, name in enumerate(t.claims, 1)],
        "claim_relations": [
            (c.id, r.to, r.how.value, r.because) for c in claims for r in c.relations
        ],
        "evidence": [(c, e["finding"], e["level"], e["directness"], e["why"]) for c, e in evidence],
        "set_aside": [(c.id, one.finding, one.because) for c in claims for one in c.set_aside],
        "comparisons": [
            (name, e["finding"], name in e["decides_on"], e["compare"].get(name))
            for _, e in evidence
            for name in dict.fromkeys((*e["decides_on"], *e["compare"]))
        ],
        "citations": [(o.id, key) for o in cited for key in dict.fromkeys(o.cited)],
        "wordings": [(name, claim, say.text) for name, claim, say in wordings],
        "wording_findings": [(name, key) for name, _, say in wordings for key in say.rests_on],
        "wording_concepts": [(name, key) for name, _, say in wordings for key in say.fits],
        "flag_reasons": [
            (key, o["rule"], o["message"]) for key, row in flags.items() for o in row["also"]
        ],
        **{
            f"flag_{kind}": [(key, name) for key, row in flags.items() for name in row[kind]]
            for kind in ("claims", "occurrences", "pages", "sources")
        },
    }


def _columns(rows: Iterable[Mapping[str, Any]], fields: str) -> list[Row]:
    return [tuple(row[name] for name in fields.split()) for row in rows]


def _json(value: Any) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False)
