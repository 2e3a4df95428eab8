"""`claimbook impact`: what rests on a source, a finding or a claim, and what falls without it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from claimbook.cli import options, output
from claimbook.records import Base
from claimbook.records.display import listed

if TYPE_CHECKING:
    from claimbook.curation.impact import Consequence, Dependent


@click.command()
@click.argument("key")
@click.option("--without", "falls", is_flag=True, help="Judge the base again without it.")
@click.option(
    "--group", is_flag=True, help="With every source that may have counted the same people."
)
@options.format_option("text", "json")
@options.root_option
def impact(key: str, falls: bool, group: bool, form: str, root: Path) -> None:
    """Print what rests on KEY: a source, a finding (source/finding) or a claim.

    sources/KEY and claims/ID, as `claimbook dossier` takes them, will do too.

    With --without, the base is judged again as if nobody had recorded KEY, and what changes is
    printed, gravest first. What people wrote and no rule can judge is listed to be read again.
    """
    from claimbook.curation.impact import all_dependents, consequences, study_group
    from claimbook.loading.load import load
    from claimbook.rules.check import check

    base = load(root)
    key = _short(key, base)
    known = (*base.sources, *base.findings, *base.claims)
    if key not in known or (group and key not in base.sources):
        what = "source " if group else "source, finding or claim "
        output.stop_unknown(what, key, base.sources if group else known)
    names = study_group(key, base) if group else (key,)
    report, keys = check(base), frozenset(names)
    rests, changed = all_dependents(report, keys), consequences(report, keys) if falls else None
    if form == "json":
        output.print_json({"keys": list(names), **_as_data(rests, changed)})
    else:
        output.print_lines(_as_text(listed(names), rests, changed))


def _short(address: str, base: Base) -> str:
    """The key of a record that is given by its folder and its name; else what is given."""
    folder, _, name = address.partition("/")
    named = {"sources": base.sources, "claims": base.claims}.get(folder, ())
    return name if name in named and address not in base.findings else address


def _as_text(
    name: str, rests: "Sequence[Dependent]", changed: "Sequence[Consequence] | None"
) -> Iterator[str]:
    """What rests on it or, where it is known what *changed*, what falls without it."""
    from claimbook.curation.impact import counted, read_again

    if changed is None:
        yield f"{name} carries {counted(rests)}"
    else:
        yield f"without {name}: {counted(changed)} changed"
        for each in changed:
            because = f" ({each.because})" if each.because else ""
            yield f"{each.kind} {each.record}: {each.before} -> {each.after}{because}"
        rests = read_again(rests, changed)
        yield f"to be read again: {counted(rests)}"
    yield from (f"{rest.kind} {rest.record}: {rest.text}" for rest in rests)


def _as_data(
    rests: "Sequence[Dependent]", changed: "Sequence[Consequence] | None"
) -> dict[str, Any]:
    from claimbook.curation.impact import read_again

    data: dict[str, Any] = {"carries": [asdict(rest) for rest in rests]}
    if changed is not None:
        data["changes"] = [asdict(each) for each in changed]
        data["counts"] = dict(Counter(each.kind for each in changed))
        data["read_again"] = [asdict(rest) for rest in read_again(rests, changed)]
    return data
