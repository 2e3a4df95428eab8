"""`claimbook impact`: what rests on a source, a finding or a claim, and what falls without it."""

from pathlib import Path

import click

from claimbook.cli import options, output
from claimbook.records import Base
from claimbook.records.display import listed


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
    from claimbook.curation import impact as impacts
    from claimbook.loading.load import load
    from claimbook.rules.check import check

    base = load(root)
    key = _short(key, base)
    known = (*base.sources, *base.findings, *base.claims)
    if key not in known or (group and key not in base.sources):
        what = "source " if group else "source, finding or claim "
        output.stop_unknown(what, key, base.sources if group else known)
    names = impacts.study_group(key, base) if group else (key,)
    report, keys = check(base), frozenset(names)
    rests = impacts.all_dependents(report, keys)
    changed = impacts.consequences(report, keys) if falls else None
    if form == "json":
        output.print_json({"keys": list(names), **impacts.as_data(rests, changed)})
    else:
        output.print_lines(impacts.as_text(listed(names), rests, changed))


def _short(address: str, base: Base) -> str:
    """The key of a record that is given by its folder and its name; else what is given."""
    folder, _, name = address.partition("/")
    named = {"sources": base.sources, "claims": base.claims}.get(folder, ())
    return name if name in named and address not in base.findings else address
