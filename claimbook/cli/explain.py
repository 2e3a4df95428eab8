"""`claimbook explain`: the documentation of a rule."""

import click

from claimbook.cli import output


@click.command()
@click.argument("rule", required=False)
def explain(rule: str | None) -> None:
    """Print a rule's documentation; without a RULE, one line for each."""
    from claimbook.rules.check import all_rules
    from claimbook.vetting.suppressions import EXAMPLE, KINDS

    rules = all_rules()
    if rule is None:
        width = max(map(len, rules))
        summaries = {name: each.summary for name, each in rules.items()}
        summaries |= {name: summary for name, (_, summary) in KINDS.items()}
        for name, summary in summaries.items():
            click.echo(f"{name:{width}}  {summary}")
    elif rule in KINDS:
        severity, summary = KINDS[rule]
        example = f"\n\n{EXAMPLE}" if rule.endswith("suppression") else ""
        _print(rule, f"record, {severity}", f"{summary}{example}")
    elif rule in rules:
        of = rules[rule]
        doc = f"{of.doc.strip()}\n\nRests on: {of.authority}"
        _print(rule, f"{of.category}, {of.severity}", doc)
    else:
        output.stop_unknown("rule ", rule, rules, "claimbook explain lists them")


def _print(name: str, kind: str, doc: str) -> None:
    click.echo(f"{click.style(name, bold=True)}  ({kind})\n\n{doc}")
