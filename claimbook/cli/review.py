"""`claimbook review`: start a review of a claim, a finding or an evidence link."""

import subprocess
from datetime import date
from pathlib import Path

import click

from claimbook.cli import options, output


@click.command()
@click.argument("subject")
@click.option("--name", type=options.text, help="The reviewer; default: Git's user.name.")
@click.option(
    "--role",
    required=True,
    type=options.text,
    help="Who the reviewer is: physician, methodologist, ...",
)
@click.option("--email", type=options.text, help="The reviewer's e-mail, as Git has it.")
@click.option("--orcid", type=options.text, help="The reviewer's ORCID iD.")
@options.today_option("Day of the review")
@options.root_option
def review(
    subject: str,
    name: str | None,
    role: str,
    email: str | None,
    orcid: str | None,
    today: date,
    root: Path,
) -> None:
    """Write a new review of SUBJECT into reviews/, to be filled in.

    SUBJECT is the id of a claim, a finding (source/finding) or an evidence link
    ("claim -> finding", in quotation marks). The file holds the digest of what is reviewed, so that
    later changes show. No file is ever overwritten.
    """
    from claimbook.curation.changes import load_with_changes
    from claimbook.curation.reviews import review_file
    from claimbook.loading.load import load
    from claimbook.loading.record_format import schema_line
    from claimbook.loading.writing import Records
    from claimbook.records import Reviewer

    name = name or _git_name(root)
    if not name:
        output.stop("who reviews? Give --name, or set Git's user.name")
    reviewer, records = Reviewer(name, role, orcid, email), Records(root)
    base = load_with_changes(root)
    try:
        file, text = review_file(subject, reviewer, today, base)
    except KeyError:
        otherwise = 'write a claim, source/finding or "claim -> finding"'
        output.stop_unknown("", subject, [*base.claims, *base.findings], otherwise)
    path = root / "reviews" / file
    if path.exists():
        output.stop(f"{path}: is there already")
    path.parent.mkdir(exist_ok=True)
    records.write({path: (schema_line(root, "review") + text).encode()})
    try:
        load(root)
    except BaseException:  # an ORCID iD without its check digit, an interrupt
        path.unlink()
        raise
    click.echo(f"{path}: fill in interests, what you read, and the verdict")
    claim = base.claims.get(subject)
    history = base.changes.get(claim.at.file, ()) if claim else ()
    if history and reviewer.names & history[0].authors:
        click.echo("The last change of this claim is yours: somebody else has to accept it.")


def _git_name(root: Path) -> str | None:
    command = ["git", "-C", str(root), "config", "user.name"]
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return None
