"""What the base says itself, vetted as a draft: its own careful sentences should not be flagged.

The ceilings are what was measured; they only fall. That of wording on offer is none, and stands in
`test_truth_and_wording.py`.
"""

import re
from collections.abc import Callable, Iterable

import pytest

from claimbook.records import Base, Severity, display
from claimbook.vetting.vet import Vetter


def with_figures(text: str, base: Base) -> str:
    """A text with what findings say in place of their keys, without intervals."""

    def say(match: re.Match[str]) -> str:
        said = display.in_words(base.findings[match[1]].says, base.vocabulary)
        return re.sub(r"; 95% interval [^)]*", "", said)

    return re.sub(r"\{([^{}]+)\}", say, text)


def plain(base: Base) -> Iterable[str]:
    return (finding.plain for finding in base.findings.values() if finding.plain)


def answers(base: Base) -> Iterable[str]:
    for topic in base.topics.values():
        yield with_figures(topic.whole_answer, base)
        yield with_figures(topic.unknown or "", base)


def truths(base: Base) -> Iterable[str]:
    return (claim.truth.line for claim in base.claims.values() if claim.truth)


@pytest.mark.parametrize(
    ("texts", "ceiling"),
    [(plain, 0.15), (answers, 0.08), (truths, 0.05)],
)
def test_errors_in_our_own_sentences(
    texts: Callable[[Base], Iterable[str]], ceiling: float, vetter: Vetter
) -> None:
    sentences = [one for text in texts(vetter.base) for one in vetter.judge(text).sentences]
    faulty = [
        one.text for one in sentences if any(flag.severity is Severity.ERROR for flag in one.flags)
    ]
    assert len(sentences) > 100
    assert len(faulty) <= ceiling * len(sentences), (len(faulty), len(sentences))
