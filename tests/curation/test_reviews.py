"""What reviews come to: the status of a claim, in a table, and the four eyes behind it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from conftest import WEIGHT_LOSS

from claimbook.curation.reviews import digest, queue, state
from claimbook.evidence.index import Index
from claimbook.loading.load import load
from claimbook.records import Base, Change, Review, Reviewer, Withdrawal

BASE = load(WEIGHT_LOSS, WEIGHT_LOSS / "snapshots", WEIGHT_LOSS / "figures")
BASE = replace(BASE, reviews={})
CLAIM, FINDING = "shot-lowers-weight", "imaginary-trial-a/weight-change"
LINK = f"{CLAIM} -> {FINDING}"
FILE = BASE.claims[CLAIM].at.file
TODAY = date(2002, 6, 1)
ANNA, BERT, CARA = "Anna Example", "Bert Example", "Cara Example"


def review(name: str, who: str, day: int, verdict: Any, **more: Any) -> Review:
    subject = more.pop("subject", CLAIM)
    of = more.pop("of", None) or digest(subject, BASE)
    return Review(
        name,
        subject,
        of,
        date(2002, 2, day),
        Reviewer(who, "invented"),
        None,
        (),
        verdict,
        **more,
    )


def change(day: int, *authors: str) -> Change:
    return Change(date(2002, 2, day), frozenset(author.casefold() for author in authors))


def found(
    reviews: list[Review], changes: list[Change], base: Base = BASE, today: date = TODAY
) -> tuple[str, str]:
    base = replace(
        base, reviews={each.id: each for each in reviews}, changes={FILE: tuple(changes)}
    )
    result = state(base.claims[CLAIM], Index(base, today))
    return result.status.value, " ".join(result.why)


BY_ANNA = [change(1, ANNA)]
OLD = "sha256:" + "0" * 64


@pytest.mark.parametrize(
    ("reviews", "changes", "status", "why"),
    [
        ([], BY_ANNA, "draft", "No reviewer has read it."),
        # a finding was read, the claim was not
        ([review("a", BERT, 2, "accept", subject=FINDING)], BY_ANNA, "draft", "No reviewer has read it."),
        ([review("a", BERT, 2, None)], BY_ANNA, "in-review", "Bert Example is reviewing it. Nobody has accepted it."),
        ([review("a", BERT, 2, "change", comment="Say how many.")], BY_ANNA, "in-review",
         "Bert Example asks for a change: Say how many. Nobody has accepted it."),
        ([review("a", BERT, 2, "reject", comment="Not so.")], BY_ANNA, "in-review",
         "Bert Example rejects it: Not so. Nobody has accepted it."),
        ([review("a", BERT, 2, "accept")], BY_ANNA, "accepted", ""),
        # nobody accepts their own change
        ([review("a", ANNA, 2, "accept")], BY_ANNA, "in-review",
         "Anna Example accepted their own change; somebody else has to (1 change)."),
        ([review("a", ANNA, 2, "accept"), review("b", BERT, 3, "accept")], BY_ANNA, "accepted", ""),
        # nor does a name put together from other letters, or spaced otherwise, make them another
        ([review("a", "Zoe\u0308  Example", 2, "accept")], [change(1, "Zo\xeb Example")], "in-review",
         "Zoe\u0308  Example accepted their own change; somebody else has to (1 change)."),
        ([review("a", BERT, 2, "accept")], [], "in-review",
         "It was accepted, but who wrote it could not be checked."),
        # a change by two together is neither's to accept
        ([review("a", BERT, 2, "accept")], [change(1, ANNA, BERT)], "in-review",
         "Bert Example accepted their own change; somebody else has to (1 change)."),
        # each change by somebody else: hers by him, his by her
        ([review("a", BERT, 3, "accept")], [change(2, BERT), change(1, ANNA)], "in-review",
         "Bert Example accepted their own change; somebody else has to (1 change)."),
        ([review("a", BERT, 3, "accept"), review("b", ANNA, 3, "accept")],
         [change(2, BERT), change(1, ANNA)], "accepted", ""),
        # what he wrote first was accepted then, as it was
        ([review("a", ANNA, 2, "accept", of=OLD), review("b", BERT, 4, "accept")],
         [change(3, ANNA), change(1, BERT)], "accepted", ""),
        # a layout of hers does not make what he wrote acceptable to him
        ([review("a", BERT, 4, "accept")], [change(3, ANNA), change(1, BERT)], "in-review",
         "Bert Example accepted their own change; somebody else has to (1 change)."),
        # it changed
        ([review("a", BERT, 2, "accept", of=OLD)], [change(3, ANNA), *BY_ANNA], "in-review",
         "It changed after Bert Example accepted it on 2002-02-02."),
        ([review("a", BERT, 2, "reject", of=OLD, comment="No.")], BY_ANNA, "in-review", "Nobody has accepted it."),
        # two who disagree, and a third who settles it
        ([review("a", BERT, 2, "accept"), review("b", CARA, 2, "reject", comment="No.")], BY_ANNA,
         "in-review", "Cara Example rejects it: No."),
        ([review("a", BERT, 2, "accept"), review("b", CARA, 2, "reject", comment="No."),
          review("c", "Dora Example", 3, "accept", adjudicates=("a", "b"))], BY_ANNA, "accepted", ""),
        ([review("a", BERT, 2, "accept"), review("b", CARA, 2, "reject", comment="No."),
          review("c", "Dora Example", 3, "reject", adjudicates=("a", "b"), comment="She is right.")], BY_ANNA,
         "in-review", "Dora Example rejects it: She is right. Nobody has accepted it."),
        # whoever thinks again has the last word
        ([review("a", BERT, 2, "reject", comment="No."), review("b", BERT, 3, "accept")], BY_ANNA, "accepted", ""),
        ([review("a", BERT, 2, "accept"), review("b", BERT, 3, "reject", comment="No.")], BY_ANNA,
         "in-review", "Bert Example rejects it: No. Nobody has accepted it."),
        # what it rests on is under review too
        ([review("a", BERT, 2, "accept"), review("b", CARA, 2, "change", subject=LINK, comment="Indirect.")],
         BY_ANNA, "in-review", f"Cara Example asks for a change ({LINK}): Indirect."),
        ([review("a", BERT, 2, "accept"), review("b", CARA, 2, "reject", subject=FINDING, comment="Misread.")],
         BY_ANNA, "in-review", f"Cara Example rejects it ({FINDING}): Misread."),
    ],
)  # fmt: skip
def test_status(reviews: list[Review], changes: list[Change], status: str, why: str) -> None:
    assert found(reviews, changes) == (status, why)


ACCEPTED = [review("a", BERT, 2, "accept")]


def with_claim(**fields: Any) -> Base:
    return replace(BASE, claims={**BASE.claims, CLAIM: replace(BASE.claims[CLAIM], **fields)})


def test_it_expires_the_day_after_it_is_due() -> None:
    due = BASE.claims[CLAIM].due
    assert due == date(2002, 12, 31)
    assert found(ACCEPTED, BY_ANNA, today=due)[0] == "accepted"
    late = "It was accepted, and its next review was due by 2002-12-31."
    assert found(ACCEPTED, BY_ANNA, today=date(2003, 1, 1)) == ("expired", late)
    assert found([], BY_ANNA, today=date(2003, 1, 1))[0] == "draft"


def test_withdrawn_is_withdrawn_whoever_accepted_it() -> None:
    base = with_claim(withdrawn=Withdrawal(date(2002, 3, 1), "An error."))
    assert found(ACCEPTED, BY_ANNA, base) == ("withdrawn", "An error.")
    assert not any(CLAIM in each.address for each in queue(Index(base, date(2099, 1, 1))))


@pytest.mark.parametrize(
    ("subject", "fields", "same"),
    [
        (CLAIM, {"statement": "Another statement."}, False),
        (CLAIM, {"occurrences": ()}, False),
        (CLAIM, {"review_by": date(2009, 1, 1)}, False),
        (CLAIM, {"at": BASE.claims[CLAIM].at._replace(line=7)}, True),  # another layout
        (LINK, {"statement": "Another statement."}, False),
        (LINK, {"occurrences": ()}, True),
        (FINDING, {"statement": "Another statement."}, True),
    ],
)
def test_what_a_digest_covers(subject: str, fields: Mapping[str, Any], same: bool) -> None:
    assert (digest(subject, with_claim(**fields)) == digest(subject, BASE)) == same


@pytest.mark.parametrize(
    ("subject", "same"), [(CLAIM, False), (LINK, False), (FINDING, False), ("nausea", True)]
)
def test_a_figure_that_changes_is_read_again(subject: str, same: bool) -> None:
    source = BASE.sources["imaginary-trial-a"]
    findings = tuple(
        replace(f, where="table 9") if f.key == FINDING else f for f in source.findings
    )
    base = replace(BASE, sources={**BASE.sources, source.id: replace(source, findings=findings)})
    assert (digest(subject, base) == digest(subject, BASE)) == same


def test_reviewers_are_known_by_name_or_e_mail() -> None:
    for author in ("bert example", "BERT@EXAMPLE.ORG"):
        accepted = replace(
            ACCEPTED[0], reviewer=Reviewer(BERT, "invented", email="bert@example.org")
        )
        assert found([accepted], [change(1, author)])[0] == "in-review"


def test_the_queue_has_the_oldest_first_and_nothing_that_is_not_due() -> None:
    base = replace(
        BASE, reviews={"a": review("a", ANNA, 2, "accept")}, changes={FILE: tuple(BY_ANNA)}
    )
    own = "Anna Example accepted their own change; somebody else has to (1 change)."
    assert [(d.since, d.address, d.what) for d in queue(Index(base, TODAY))] == [
        (date(2002, 2, 2), f"claims/{CLAIM}", own)
    ]
    later = queue(Index(base, date(2003, 1, 1)))
    assert [each.since for each in later] == sorted(each.since for each in later)
    assert {each.address.partition("/")[0] for each in later} == {"claims", "sources"}
    assert not any("/prices" in each.address for each in later)
