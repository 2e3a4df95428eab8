"""Reviews are loaded and proved like every other record: each fault with its place and its repair."""

from datetime import date
from pathlib import Path

import pytest
from factories import CLAIM, changed, write_base

from claimbook.loading.load import load
from claimbook.records import LoadError

TODAY = date(2002, 3, 1)
REVIEW = "reviews/shorter-cold-anna.yaml"
SOUND = f"""\
subject: shorter-cold
of: sha256:{"0" * 64}
on: 2002-02-01
reviewer: {{name: Anna Example, role: invented, orcid: 0000-0002-1825-0097, email: anna@example.org}}
interests: {{statement: None., until: 2002-12-31}}
read:
  - {{source: weber-2001, as: full-text}}
  - {{source: klein-2004, as: record}}
verdict: change
rates: not-shown
comment: The sample is small.
"""
OTHER = (
    SOUND.replace("Anna", "Bert")
    .replace("anna", "bert")
    .replace("02-01", "02-02")
    .replace("comment:", "adjudicates: [shorter-cold-anna]\ncomment:")
)


def problems(root: Path) -> list[str]:
    with pytest.raises(LoadError) as caught:
        load(root, today=TODAY)
    return [str(problem) for problem in caught.value.problems]


def test_a_sound_review(tmp_path: Path) -> None:
    base = load(
        write_base(tmp_path, {REVIEW: SOUND, "reviews/other.yaml": OTHER, "reviews/README.md": ""}),
        today=TODAY,
    )
    review = base.reviews["shorter-cold-anna"]
    assert (review.kind, review.claim, review.finding) == ("claim", "shorter-cold", None)
    assert [(each.source, each.as_) for each in review.read] == [
        ("weber-2001", "full-text"), ("klein-2004", "record"),
    ]  # fmt: skip
    assert base.reviews["other"].adjudicates == ("shorter-cold-anna",)


@pytest.mark.parametrize(
    ("subject", "kind"),
    [
        ("shorter-cold", "claim"),
        ("weber-2001/length", "finding"),
        ("shorter-cold -> weber-2001/length", "link"),
    ],
)
def test_what_a_review_is_about(subject: str, kind: str, tmp_path: Path) -> None:
    text = SOUND.replace("subject: shorter-cold", f"subject: {subject}").replace(
        "rates: not-shown\n", ""
    )
    assert (
        load(write_base(tmp_path, {REVIEW: text}), today=TODAY).reviews["shorter-cold-anna"].kind
        == kind
    )


@pytest.mark.parametrize(
    ("old", "new", "place", "message"),
    [
        ("subject: shorter-cold", "subject: shorter-colds", "1:10", "unknown claim 'shorter-colds'; did you mean 'shorter-cold'?"),
        ("subject: shorter-cold", "subject: weber-2001/lengths", "1:10", "unknown finding 'weber-2001/lengths'; did you mean 'weber-2001/length'?"),
        ("subject: shorter-cold", "subject: shorter-cold -> weber-2001/cured", "1:10", "'shorter-cold' has no evidence 'weber-2001/cured'; did you mean 'weber-2001/length'?"),
        ("of: sha256:", "of: md5:", "2:5", "not a digest; write what `claimbook review` prints: sha256:..."),
        ("on: 2002-02-01", "on: 2002-03-02", "3:5", "2002-03-02 is in the future; did you mean 2002-02-03?"),
        ("on: 2002-02-01", "on: yesterday", "3:5", "'yesterday' is not a date; write it as 2001-12-31"),
        ("0097", "0098", "4:55", "'0000-0002-1825-0098' is not an ORCID iD; copy the 16 digits from orcid.org: 0000-0002-1825-0097"),
        ("until: 2002-12-31", "until: 2002-01-31", "5:38", "the statement of interests ended before the review; ask for a new one"),
        ("interests: {statement: None., until: 2002-12-31}\n", "", "8:10", "a verdict without a statement of interests; add interests"),
        ("source: weber-2001", "source: weber-2002", "7:14", "unknown source 'weber-2002'; did you mean 'weber-2001'?"),
        ("as: record", "as: rumour", "8:30", "'rumour' is not one of record, abstract, full-text"),
        ("verdict: change", "verdict: accepted", "9:10", "'accepted' is not one of accept, change, reject; did you mean 'accept'?"),
        ("comment: The sample is small.\n", "", "9:10", "a verdict without a reason; add comment"),
        ("rates: not-shown", "rates: not-known", "10:8", "'not-known' is no rating of a claim: yes, no, not-shown, mixed, out-of-scope; did you mean 'not-shown'?"),
        ("comment:", "adjudicates: [nothing]\ncomment:", "11:15", "unknown review 'nothing'"),
        ("reviewer: {name: Anna Example, role", "reviewer: {nmae: Anna Example, role", "4:12", "unknown key 'nmae'; did you mean 'name'?"),
    ],
)  # fmt: skip
def test_a_fault(old: str, new: str, place: str, message: str, tmp_path: Path) -> None:
    assert SOUND.count(old) == 1
    root = write_base(tmp_path, {REVIEW: SOUND.replace(old, new)})
    assert f"{REVIEW}:{place}: {message}" in problems(root)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("Bert", "anna", "'shorter-cold-anna' is of the same reviewer; somebody else must settle it"),
        ("on: 2002-02-02", "on: 2002-01-31", "'shorter-cold-anna' came later or settles others itself; name what it settles"),
        ("subject: shorter-cold", "subject: happy-feet", "'shorter-cold-anna' is about 'shorter-cold'; name reviews of the same record"),
        ("verdict: change\n", "", "a review under way settles nothing; add a verdict"),
    ],
)  # fmt: skip
def test_what_settles_nothing(old: str, new: str, message: str, tmp_path: Path) -> None:
    root = write_base(tmp_path, {REVIEW: SOUND, "reviews/other.yaml": OTHER.replace(old, new)})
    assert any(line.endswith(message) for line in problems(root)), problems(root)


@pytest.mark.parametrize(
    ("orcid", "sound"),
    [
        ("0000-0002-1825-0097", True),
        ("0000-0002-1694-233X", True),
        ("0000-0002-1694-2330", False),
        ("0000-0002-1694-233x", False),
        ("https://orcid.org/0000-0002-1825-0097", False),
        ("", False),
    ],
)
def test_an_orcid_has_its_check_digit(orcid: str, sound: bool, tmp_path: Path) -> None:
    text = SOUND.replace("0000-0002-1825-0097", f'"{orcid}"')
    root = write_base(tmp_path, {REVIEW: text})
    if sound:
        load(root, today=TODAY)
    else:
        assert "is not an ORCID iD" in problems(root)[0]


def test_a_review_of_a_claim_in_an_unsound_file_adds_no_problem(tmp_path: Path) -> None:
    root = write_base(
        tmp_path, {REVIEW: SOUND, CLAIM: changed(CLAIM, "kind: efficacy", "kind: hope")}
    )
    assert [line.partition(":")[0] for line in problems(root)] == [CLAIM]
