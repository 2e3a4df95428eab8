"""The board: what patients decide by, with every clinic's own words side by side."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import pairwise

from claimbook.evidence.disagreements import DisagreementKind, from_claim, position
from claimbook.evidence.passages import sentence_of
from claimbook.language.concepts import STOP, stem
from claimbook.language.negation import negated_spans
from claimbook.language.strength import wording
from claimbook.records import Claim, Matter, Occurrence, Verdict, display
from claimbook.records.grouping import grouped
from claimbook.records.quotes import normalize
from claimbook.rules.check import Report
from claimbook.site.context import Content, Context
from claimbook.site.file_formats import csv_file
from claimbook.site.filters import Row, filters
from claimbook.site.words import WORDS, board_title

MOST = 8  # words of a clinic in a cell
FEWEST = 3  # in a row: two tell nothing
WHOLE = 2  # telling words that a quote without a cut is worth
_GAP = "…"
_STOPS = ".;:!?…"
_JOINING = frozenset({"and", "or"})


@dataclass(frozen=True, slots=True)
class Quoted:
    """A passage as a cell shows it: some of its words, and the verdict on it.

    `telling` is how many of the words shown are those of its claim or of what it says.
    """

    passage: Occurrence
    words: str
    verdict: Verdict
    telling: int


@dataclass(frozen=True, slots=True)
class Cell:
    """What one page says on a matter.

    `right` is what it also says and the evidence bears out, where it does not bear out the words
    shown; `more` counts its other sentences on the matter.
    """

    shown: Quoted
    right: Quoted | None
    more: int


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One matter: the claim that answers for the evidence, cells by page, and disagreements.

    `groups` holds the pages whose passages say the same, largest first; `silent` those without a
    passage.
    """

    matter: Matter
    lead: Claim
    cells: dict[str, Cell]
    groups: list[list[str]]
    silent: tuple[str, ...]
    disagreements: dict[DisagreementKind, tuple[str, ...]]

    @property
    def found_by(self) -> dict[str, tuple[str, ...]]:
        """By filter, the values that it is found by."""
        verdicts = dict.fromkeys(cell.shown.verdict.label for cell in self.cells.values())
        kinds = tuple(self.disagreements)
        return {"clinic": tuple(self.cells), "kind": kinds, "verdict": tuple(verdicts)}


def page(context: Context) -> Iterator[Content]:
    """The board."""
    base = context.base
    found = [(Row(row.matter, row.found_by), row) for row in rows(context.report)]
    data = {
        "title": board_title(base),
        "rows": found,
        "total": len(found),
        "filters": filters((row for row, _ in found), base, ("kind", "verdict", "clinic")),
    }
    yield Content("board.md", board_title(base), WORDS["board"]["description"], data)


def rows(report: Report) -> list[BoardRow]:
    """The matters in order, each with what every page says on it."""
    base = report.base
    found = []
    for matter in base.matters.values():
        claims = [base.claims[name] for name in matter.claims]
        passages = grouped((o.page, o) for claim in claims for o in claim.occurrences)
        lead = base.claims[matter.truth_of]
        cells = {
            page: _cell(passages[page], lead, report) for page in base.pages if page in passages
        }
        says = grouped((_says(cell), page) for page, cell in cells.items())
        found.append(
            BoardRow(
                matter,
                lead,
                cells,
                sorted(map(list, says.values()), key=len, reverse=True),
                tuple(page for page in base.pages if page not in cells),
                _disagreements(matter, report),
            )
        )
    return found


def board_csv(report: Report) -> str:
    """One row per question and clinic page, those that say nothing too, for spreadsheets."""
    base, table = report.base, []
    for row in rows(report):
        truth = row.lead.truth
        of_row = (row.matter.question, truth and truth.is_, truth and truth.line)
        for name, page in base.pages.items():
            kinds = " ".join(kind for kind, pages in row.disagreements.items() if name in pages)
            of_cell: tuple[object, ...] = ("",) * 6
            if cell := row.cells.get(name):
                shown, passage = cell.shown, cell.shown.passage
                of_cell = (shown.words, shown.verdict.label, passage.quote, passage.claim)
                of_cell = (*of_cell, passage.section, cell.more)
            table.append((*of_row, kinds, page.clinic, name, *of_cell))
    return csv_file(WORDS["columns"]["board.csv"], table)


def _disagreements(matter: Matter, report: Report) -> dict[DisagreementKind, tuple[str, ...]]:
    """The kinds of disagreement on claims of a matter, gravest first, each with its pages."""
    names, base = set(matter.claims), report.base
    pairs = (
        (each.kind, page)
        for name in matter.claims
        for each in from_claim(base.claims[name], report.index)
        if {claim.id for claim in each.claims} <= names
        for page in each.pages
    )
    pages = grouped(dict.fromkeys(pairs))
    return {kind: pages[kind] for kind in DisagreementKind if kind in pages}


def _says(cell: Cell) -> tuple[str, object, Verdict]:
    passage = cell.shown.passage
    return passage.claim, passage.says, cell.shown.verdict


def _cell(passages: tuple[Occurrence, ...], lead: Claim, report: Report) -> Cell:
    """The gravest of a page's passages on a matter; of equals the first claim's, then the clearest.

    What the rest of a sentence says, of another matter, does not count.

    What no evidence speaks against is alike. A passage is clear of which the words shown give a
    figure, or tell most of what it says; then the longest comes first.
    """
    every = [quoted(passage, report) for passage in passages]
    order = {name: place for place, name in enumerate(dict.fromkeys(o.claim for o in passages))}

    def place(each: Quoted) -> tuple[object, ...]:
        judged, quote = each.verdict > Verdict.NOT_CHECKED, each.passage.quote
        return (
            -each.verdict if judged else Verdict.SUPPORTED,
            not each.words,
            order[each.passage.claim],
            not any(map(str.isdigit, each.words)),
            -each.telling - WHOLE * (each.words == quote),
            -len(quote),
        )

    every.sort(key=place)
    shown = every[0]
    right = (
        each
        for each in every
        if shown.verdict > Verdict.NOT_CHECKED
        and each.verdict is Verdict.SUPPORTED
        and each.words
        and (
            each.passage.claim == lead.id
            or position(each.passage, report.base.claim_of(each.passage).kind) == "denies"
        )
        and report.praiseworthy(each.passage)
    )
    sentences = {sentence_of(passage, report.index) for passage in passages}
    return Cell(shown, next(right, None), len(sentences) - 1)


def quoted(passage: Occurrence, report: Report) -> Quoted:
    """A passage with those of its words that tell most of its claim and of what it says."""
    vocabulary, claim = report.base.vocabulary, report.base.claim_of(passage)
    outcome = vocabulary.concepts.get(claim.about.outcome or "")
    names = (outcome.label, *outcome.terms) if outcome else ()
    says = display.in_words(passage.says, vocabulary) if passage.says else ""
    plain = STOP - vocabulary.words.keys()
    telling = _stems(f"{claim.statement} {' '.join(names)}") - STOP | _stems(says) - plain
    words = excerpt(passage.quote, telling)
    return Quoted(passage, words, report.part_verdict(passage), len(_stems(words) & telling))


def excerpt(quote: str, telling: Collection[str] = ()) -> str:
    """At most eight words of a quote, as they stand in it, with "…" where it goes on.

    No cut makes it say more: what denies stays, and so does what weakens (the step of the wording
    ladder never rises), and a figure keeps its bound and its unit. Of the cuts that are left, the
    one with most of the *telling* stems and figures is taken, best between pauses. Empty where
    every cut would say more.

    Args:
        quote: the words of a page, a gap in them written "…".
        telling: stems of words that the cut should hold.
    """
    tokens = quote.split()
    if sum(token != _GAP for token in tokens) <= MOST:
        return quote
    step, denies = wording(quote).step, bool(negated_spans(quote))
    whole = (cut for cut in _cuts(tokens) if all(_keeps_figures(tokens, *span) for span in cut))
    for cut in sorted(whole, key=lambda cut: -_score(tokens, cut, telling)):
        words = f" {_GAP} ".join(" ".join(tokens[start:end]) for start, end in cut)
        if wording(words).step <= step and bool(negated_spans(words)) == denies:
            before, after = cut[0][0] > 0, cut[-1][1] < len(tokens)
            words = words.rstrip(",;:") if after else words
            return f"{_GAP} " * before + words + f" {_GAP}" * after
    return ""


_Cut = tuple[tuple[int, int], ...]  # spans of words, each with the first and the one after the last


def _cuts(tokens: list[str]) -> Iterator[_Cut]:
    """The spans of three to eight words up to a gap; what follows, with the opening words only.

    What stands after a gap may be a line of a list, which says nothing without its opening words.
    """
    gaps = [place for place, token in enumerate(tokens) if token == _GAP]
    opening = min((*gaps, len(tokens)))
    for start in range(opening):
        for end in range(start + FEWEST, min(start + MOST, opening) + 1):
            yield ((start, end),)
    for gap, end in pairwise((*gaps, len(tokens))):
        heads = range(2, min(opening, MOST - (end - gap - 1)) + 1)
        yield from (((0, head), (gap + 1, end)) for head in heads)


def _keeps_figures(tokens: list[str], start: int, end: int) -> bool:
    """Whether every figure in a span has the two words before it ("up to 77%") and one after."""
    return all(
        start <= max(place - 2, 0) and (place + 1 < end or end == len(tokens))
        for place in range(start, end)
        if any(map(str.isdigit, tokens[place]))
    )


def _score(tokens: list[str], cut: _Cut, telling: Collection[str]) -> float:
    """How well a cut tells what a quote says: telling words, figures, and where it is cut."""
    part = [token for start, end in cut for token in tokens[start:end]]
    worth = 3 * len(_stems(" ".join(part)) & set(telling)) + 0.3 * len(part)
    worth += 8 * any(map(str.isdigit, "".join(part)))
    return worth + sum(_edge_score(tokens, start, end) for start, end in cut) / len(cut)


def _edge_score(tokens: list[str], start: int, end: int) -> float:
    """How well a span begins and ends: best at a pause, worst on a word that needs another."""
    before = tokens[start - 1][-1] if start else _GAP
    last, after = tokens[end - 1], tokens[end] if end < len(tokens) else _GAP
    opens = 2 if before in _STOPS else (before == ",") / 2
    if after == _GAP or last[-1] in _STOPS:
        return 3 + (2 * opens if before in _STOPS else opens)  # best of all, a whole line
    goes_on = _leads_on(after) and after.casefold() not in _JOINING
    return opens + (1 if last[-1] == "," else goes_on / 2) - 4 * _leads_on(last)


def _leads_on(token: str) -> bool:
    """Whether a word is a small one that needs another: "the", "of", "you've"."""
    return normalize(token).casefold().partition("'")[0] in STOP


def _stems(text: str) -> frozenset[str]:
    return frozenset(map(stem, re.findall(r"[^\W_]+", text.casefold())))
