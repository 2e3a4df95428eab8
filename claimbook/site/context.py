"""What every kind of page is made from: the context, the content, and the template engine."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import jinja2
from markupsafe import Markup

from claimbook.curation.reviews import is_current, state
from claimbook.evidence.certainty import LEVEL_WHY, Certainty
from claimbook.evidence.harms import harm_status
from claimbook.language.coverage import Registration
from claimbook.records import UNRESOLVED, Base, Verdict, display, percent
from claimbook.records.quotes import slug
from claimbook.rules.check import Report
from claimbook.site import words
from claimbook.site.charts import reading
from claimbook.site.file_formats import FileContent
from claimbook.site.filters import how_sure
from claimbook.site.versions import Version

Additions = Mapping[str, Mapping[str, str]]  # by page and rule


@dataclass(frozen=True, slots=True)
class Context:
    """A judged base, and what comes with it, as far as it is at hand.

    `citations` holds the formatted citation of each source, as safe HTML; `record_sources` the
    claims' files; `suggestions` the wording offered for a passage, by its id; `additions` that for
    what a page leaves out, by page and rule; `checker` where "Check your copy" finds what it runs;
    `measured` how well drafts are read; `address` where the site stands, and `corrections` where
    corrections are sent, if that is known; `versions` the version of each claim.
    """

    report: Report
    citations: Mapping[str, str] = field(default_factory=dict)
    record_sources: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    suggestions: Mapping[str, Markup] = field(default_factory=dict)
    additions: Additions = field(default_factory=dict)
    checker: Mapping[str, Any] | None = None
    measured: Mapping[str, Any] = field(default_factory=dict)
    address: str = ""
    corrections: str = ""
    versions: Mapping[str, Version] = field(default_factory=dict)

    @property
    def base(self) -> Base:
        """The base of the report."""
        return self.report.base


Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Content:
    """One page before its template: what names it, what finds it, and what the template needs.

    `data` is what the template needs; where that takes long, a function that works it out.
    `downloads` makes files that stand beside the page, by path, from these data.
    """

    path: str
    title: str
    description: str  # one line, for search engines
    data: Data | Callable[[], Data] = field(default_factory=dict)
    linked_data: Any = None  # JSON-LD
    downloads: Callable[[Data], Mapping[str, FileContent]] = lambda _: {}


def environment(report: Report) -> jinja2.Environment:
    """Templates of one site, which escape everything, with what they call to word records."""
    base, vocabulary = report.base, report.base.vocabulary
    engine = jinja2.Environment(
        loader=jinja2.PackageLoader("claimbook.site"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    of_base: list[Callable[..., Any]] = [words.claim_title, words.result, words.scope]
    of_base += [words.sentences, words.short, words.sign, words.truth]
    of_index = (words.certainty, words.certainty_means, words.main_reason, words.reasons)
    engine.filters |= {f.__name__: partial(f, base=base) for f in of_base}
    engine.filters |= {f.__name__: partial(f, index=report.index) for f in of_index}
    engine.filters |= {
        "amounts": partial(display.amounts, units=vocabulary.units),
        "anchor": words.anchor,
        "asked": words.asked,
        "figures": partial(display.figures, base=base),
        "heading": words.heading,
        "harm_status": lambda claim: harm_status(claim, report.index),
        "in_words": partial(display.in_words, vocabulary=vocabulary),
        "label": vocabulary.label,
        "message": lambda flag: display.message(flag.message, flag.pages, flag.sources, base),
        "named": lambda text: display.message(text, (), base.sources, base),
        "percent": percent,
        "plural": display.count,
        "quoted": Markup("“{}”").format,
        "reading": partial(reading, units=vocabulary.units),
        "slug": slug,
        "is_current": partial(is_current, index=report.index),
        "state": lambda claim: state(claim, report.index),
        "title_of": display.title,
        "truth_line": words.truth_line,
    }
    engine.globals |= {
        "base": base,
        "report": report,
        "row_sure": partial(how_sure, report=report),
        "last_read": max((page.read for page in base.pages.values()), default=None),
        "Certainty": Certainty,
        "Registration": Registration,
        "Verdict": Verdict,
        "VERDICTS": {verdict.label: verdict for verdict in Verdict},
        "FEW": display.FEW,
        "CERTAINTY_WORDS": words.CERTAINTY_WORDS,
        "LEVEL_WHY": LEVEL_WHY,
        "UNRESOLVED": UNRESOLVED,
        "board_title": words.board_title(base),
        "VERDICT_WORDS": words.VERDICT_WORDS,
        "WORDS": words.WORDS,
    }
    return engine
