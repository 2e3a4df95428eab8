"""Nanopublications are well-formed, say what the base says, and never publish a claim as true."""

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import rdflib
from conftest import ADDRESS, ROOT
from factories import small_base
from nanopub import Nanopub
from rdflib import PROV, RDF, SDO, SKOS, Literal, URIRef
from rdflib.namespace import DCTERMS

from claimbook.records import Base
from claimbook.rules.check import check
from claimbook.site.context import Context
from claimbook.site.exports import Tables
from claimbook.site.nanopublications import _iri, nanopublications
from claimbook.site.versions import versions

# rdflib's own parser and nanopub use what rdflib is about to replace
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")
FILE = f"{ADDRESS}/data/nanopublications.trig"
NP = rdflib.Namespace("http://www.nanopub.org/nschema#")
OA = rdflib.Namespace("http://www.w3.org/ns/oa#")
PARTS = (NP.hasAssertion, NP.hasProvenance, NP.hasPublicationInfo)
HOSTILE = 'Warm "feet"\\ \n <b>cure</b> \u201ccolds\u201d @en . } {'
Quad = tuple[rdflib.term.Node, rdflib.term.Node, rdflib.term.Node]
Graphs = dict[str, list[Quad]]


def parsed(text: str) -> rdflib.Dataset:
    dataset = rdflib.Dataset()
    dataset.parse(data=text, format="trig", publicID=FILE)
    return dataset


def graphs_of(dataset: rdflib.Dataset) -> dict[str, Graphs]:
    """The triples of each graph of each nanopublication, by their names."""
    every: dict[str, Graphs] = {}
    for graph in dataset.graphs():
        name, _, part = str(graph.identifier).rpartition("-")
        if len(graph):
            every.setdefault(name, {})[part] = list(graph)
    return every


@pytest.fixture(scope="module")
def ours(site: Path) -> dict[str, Graphs]:
    return graphs_of(parsed((site / "data/nanopublications.trig").read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def of_weight_loss(addressed_site: Path) -> rdflib.Dataset:
    text = (addressed_site / "data/nanopublications.trig").read_text(encoding="utf-8")
    return parsed(text)


def test_they_are_well_formed(of_weight_loss: rdflib.Dataset) -> None:
    """As the Nanopublication Guidelines ask, section "Well-formed Nanopublications"."""
    every = graphs_of(of_weight_loss)
    assert len(every) > 20
    for name, graphs in every.items():
        assert set(graphs) == {"head", "assertion", "provenance", "pubinfo"}
        this = URIRef(name)
        parts = [URIRef(f"{name}-{part}") for part in ("assertion", "provenance", "pubinfo")]
        assert set(graphs["head"]) == {
            (this, RDF.type, NP.Nanopublication),
            *((this, link, part) for link, part in zip(PARTS, parts, strict=True)),
        }
        assert any(subject == parts[0] for subject, *_ in graphs["provenance"])
        assert any(subject == this for subject, *_ in graphs["pubinfo"])
        assert not any(isinstance(n, rdflib.BNode) for g in graphs.values() for t in g for n in t)


def test_the_package_nanopub_finds_them_valid(of_weight_loss: rdflib.Dataset) -> None:
    for name in graphs_of(of_weight_loss):
        alone = rdflib.ConjunctiveGraph()
        for part in ("head", "assertion", "provenance", "pubinfo"):
            graph = alone.get_context(URIRef(f"{name}-{part}"))
            for triple in of_weight_loss.graph(URIRef(f"{name}-{part}")):
                graph.add(triple)
        assert Nanopub(rdf=alone).is_valid


def test_no_assertion_is_a_claim_without_its_answer(ours: dict[str, Graphs], base: Base) -> None:
    statements = {claim.statement for claim in base.claims.values()}
    reviewed = set()
    for graphs in ours.values():
        for subject, link, value in (triple for graph in graphs.values() for triple in graph):
            if str(value) in statements:
                assert link == SDO.claimReviewed
                about = {(p, type(o)) for s, p, o in graphs["assertion"] if s == subject}
                assert {(SDO.reviewRating, URIRef), (SDO.reviewBody, Literal)} <= about
                reviewed.add(str(value))
    assert reviewed == statements


def test_they_say_what_the_base_says(ours: dict[str, Graphs], base: Base) -> None:
    report = check(base)
    listed = versions(report, Tables(report))
    assert set(ours) == {
        f"{ADDRESS}/claims/{name}.html#{version.anchor}" for name, version in listed.items()
    }
    for name, graphs in ours.items():
        assertion = rdflib.Graph()
        for triple in graphs["assertion"]:
            assertion.add(triple)
        claim = base.claims[name.removeprefix(f"{ADDRESS}/claims/").partition(".html")[0]]
        (body,) = assertion.objects(None, SDO.reviewBody)
        assert claim.truth
        assert str(body).startswith(claim.truth.line)
        notes = list(assertion.subjects(RDF.type, OA.Annotation))
        assert len(notes) == len(claim.occurrences)
        for number, passage in enumerate(claim.occurrences, 1):
            note = URIRef(f"{name}-passage-{number}")
            quote = [
                str(assertion.value(URIRef(f"{note}-quote-{n}"), OA.exact))
                for n, _ in enumerate(assertion.objects(note, OA.hasTarget), 1)
            ]
            assert quote == [part.strip() for part in passage.quote.split("…")]
            verdict = assertion.value(URIRef(f"{note}-verdict"), OA.hasSource)
            labels = {report.verdict(passage).label, report.sentence_verdict(passage).label}
            assert str(verdict).rpartition("#verdict-")[2] in labels
            if report.sentence_verdict(passage).label not in ("supported", "not-checkable"):
                assert not str(verdict).endswith("#verdict-supported"), "no praise of a part"
        cited = {o for _, p, o in graphs["provenance"] if p == PROV.entity}
        assert len(cited) == len({base.findings[link.finding].source for link in claim.evidence})


def test_a_page_is_named_by_the_digest_of_its_text(
    of_weight_loss: rdflib.Dataset, addressed_site: Path
) -> None:
    from base64 import urlsafe_b64decode

    names = {
        str(value)
        for *_, value, _ in of_weight_loss.quads((None, PROV.wasDerivedFrom, None, None))
        if str(value).startswith("ni:")
    }
    folder = Path(__file__).parents[1] / "data/weight-loss/snapshots"
    texts = {hashlib.sha256(path.read_bytes()).digest() for path in folder.glob("*.txt")}
    digests = {urlsafe_b64decode(name.partition(";")[2] + "=") for name in names}
    assert digests
    assert digests <= texts


def test_without_an_address_they_are_relative_to_their_file(
    weight_loss_site: Path, addressed_site: Path
) -> None:
    for name in ("nanopublications.trig", "vocabulary.ttl"):
        base, _, text = (addressed_site / "data" / name).read_text("utf-8").partition("\n")
        assert base == f"@base <{ADDRESS}/data/{name}> ."
        assert text == (weight_loss_site / "data" / name).read_text("utf-8")


def test_vocabulary_defines_every_concept_that_is_used(
    of_weight_loss: rdflib.Dataset, addressed_site: Path
) -> None:
    graph = rdflib.Graph()
    graph.parse(addressed_site / "data/vocabulary.ttl", format="turtle")
    defined = set(graph.subjects(RDF.type, SKOS.Concept))
    used = {
        node
        for quad in of_weight_loss.quads()
        for node in quad[:3]
        if "vocabulary.ttl#" in str(node)
    }
    assert used
    assert used <= defined
    assert set(graph.objects(None, SKOS.broader)) <= defined
    for concept in defined:
        assert len(list(graph.objects(concept, SKOS.prefLabel))) == 1, "SKOS, S14"
        assert len(list(graph.objects(concept, SKOS.inScheme))) == 1
        labels = {str(o) for o in graph.objects(concept, SKOS.hiddenLabel)}
        assert str(graph.value(concept, SKOS.prefLabel)) not in labels, "SKOS, S13"


def test_every_term_of_a_vocabulary_is_one_of_its_terms(ours: dict[str, Graphs]) -> None:
    known = {
        str(PROV): PROV,
        str(DCTERMS): DCTERMS,
        str(SDO): SDO,
    }
    terms: set[tuple[str, str]] = set()
    for node in every_node(ours):
        for start in known:
            if str(node).startswith(start):
                terms.add((start, str(node).removeprefix(start)))
    assert len(terms) > 15
    assert {(start, term) for start, term in terms if term not in known[start]} == set()
    annotations = {str(n).removeprefix(str(OA)) for n in every_node(ours) if str(n) in OA}
    assert annotations == {
        *("Annotation", "SpecificResource", "TextQuoteSelector", "TextualBody"),
        *("assessing", "classifying", "exact", "hasBody", "hasPurpose", "hasSelector"),
        *("hasSource", "hasTarget", "motivatedBy"),
    }


def test_the_query_of_the_docs_runs(
    site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = (ROOT / "docs/method/data.md").read_text(encoding="utf-8")
    fences = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    (code,) = (fence for fence in fences if "nanopublications.trig" in fence)
    monkeypatch.chdir(site / "data")
    exec(code, {})
    claims = json.loads(Path("claims.json").read_text(encoding="utf-8"))
    no = [c["statement"] for c in claims if c["truth"] and c["truth"]["is"] == "no"]
    assert len(no) > 1
    assert capsys.readouterr().out.splitlines()[::2] == sorted(no)


def every_node(every: dict[str, Graphs]) -> Iterator[rdflib.term.Node]:
    return (
        node for graphs in every.values() for graph in graphs.values() for t in graph for node in t
    )


def test_hostile_words_stay_words(tmp_path: Path) -> None:
    example = {
        "statement": HOSTILE,
        "kind": "efficacy",
        "about": {"intervention": "footbath", "outcome": "cure"},
        "truth": {"is": "no", "line": HOSTILE},
        "evidence": ["trial/cure"],
        "findings": {"trial/cure": {"says": {"is": "no"}, "where": HOSTILE}},
        "occurrences": [{"page": "clinic-a", "quote": HOSTILE}],
    }
    report = check(small_base(example, tmp_path))
    context = Context(report, versions=versions(report, Tables(report)))
    (graphs,) = graphs_of(parsed(nanopublications(context))).values()
    said = {str(value) for *_, value in graphs["assertion"] if isinstance(value, Literal)}
    assert {HOSTILE, f"{HOSTILE}? No"} <= said
    assert HOSTILE.strip() in {str(o) for _, p, o in graphs["assertion"] if p == OA.exact}


@pytest.mark.parametrize(
    ("address", "written"),
    [
        ("https://a.example/b%20c?d=e#f", "<https://a.example/b%20c?d=e#f>"),
        ('https://a.example/> . <b> "c" {d}|^`\\\n', None),
        ("https://a.example/100%", "<https://a.example/100%25>"),
        ("https://a.example/%zz", "<https://a.example/%25zz>"),
        ("https://a.example/\u00e9", "<https://a.example/%C3%A9>"),
    ],
)
def test_no_address_ends_before_its_end(address: str, written: str | None) -> None:
    iri = _iri(address)
    assert written is None or iri == written
    (triple,) = rdflib.Graph().parse(data=f"{iri} a <b:c> .", format="turtle")
    assert str(triple[0]) == iri[1:-1]
