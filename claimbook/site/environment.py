"""The template engine: what templates call to put records into words. Everything is escaped."""

from functools import partial
from typing import Any

import jinja2

from claimbook.evidence.certainty import LEVEL_WHY, Certainty
from claimbook.language.coverage import State
from claimbook.records import UNRESOLVED, Verdict
from claimbook.records.quotes import slug
from claimbook.rules.check import Report
from claimbook.site import words
from claimbook.site.charts import SIZES, by_certainty, reading
from claimbook.site.questions import dots_per_100


def environment(report: Report) -> jinja2.Environment:
    """Templates of one site: `base` and `report`, tables of words, and filters for records."""
    base = report.base
    engine = jinja2.Environment(
        loader=jinja2.PackageLoader("claimbook.site"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    of_base = (
        words.amounts,
        words.denial,
        words.in_words,
        words.message,
        words.scope,
        words.sentences,
        words.short,
        words.source_title,
    )
    plain = (words.anchor, words.plural, words.quoted, dots_per_100, slug)
    of_index = (words.certainty, words.certainty_means)
    filters: dict[str, Any] = {f.__name__: partial(f, base=base) for f in of_base}
    filters["reading"] = partial(reading, units=base.vocabulary.units)
    filters |= {f.__name__: partial(f, index=report.index) for f in of_index}
    engine.filters |= filters | {f.__name__: f for f in plain} | {"label": base.vocabulary.label}
    engine.globals |= {
        "base": base,
        "report": report,
        "last_read": max((page.read for page in base.pages.values()), default=None),
        "Certainty": Certainty,
        "State": State,
        "Verdict": Verdict,
        "CERTAINTY_WORDS": words.CERTAINTY_WORDS,
        "LEVEL_WHY": LEVEL_WHY,
        "SIZES": SIZES,
        "UNRESOLVED": UNRESOLVED,
        "VERDICT_WORDS": words.VERDICT_WORDS,
        "WORDS": words.WORDS,
        "by_certainty": by_certainty,
    }
    return engine
