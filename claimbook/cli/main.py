"""The command line: `claimbook` and its commands, each in a module of its own.

A command parses, calls, prints and exits: 0 done, 1 flagged, 2 could not run, 130 interrupted.
"""

import errno
import os
from typing import Any

import click

from claimbook.cli.add_source import add_source
from claimbook.cli.check import check
from claimbook.cli.crawl import crawl
from claimbook.cli.dossier import dossier
from claimbook.cli.draft_page import draft_page
from claimbook.cli.explain import explain
from claimbook.cli.format import format_records
from claimbook.cli.history import history
from claimbook.cli.impact import impact
from claimbook.cli.inbox import inbox
from claimbook.cli.init import init
from claimbook.cli.lsp import lsp
from claimbook.cli.measure import measure
from claimbook.cli.queue import queue
from claimbook.cli.relations import relations
from claimbook.cli.review import review
from claimbook.cli.schemas import schemas
from claimbook.cli.shared import crash_report, drop_output, stop
from claimbook.cli.standing import standing
from claimbook.cli.verify import verify
from claimbook.cli.vet import vet
from claimbook.cli.watch import watch


class Group(click.Group):
    """Commands that end with a line and exit 2, whatever goes wrong in them."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except KeyboardInterrupt:
            raise SystemExit(130) from None
        except Exception as error:
            if "CLAIMBOOK_DEBUG" in os.environ:
                raise
            if isinstance(error, OSError):
                if error.errno == errno.EPIPE:  # whoever read the output has had enough
                    raise
                drop_output()
            words = str(error).partition("\n")[0]
            stop([f"claimbook: {type(error).__name__}: {words} ({crash_report(error)})"])


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="claimbook")
def main() -> None:
    """Judge what clinic pages claim about a treatment against recorded evidence.

    Run it in the folder that holds claims/, sources/ and pages/, or give each command that folder:
    claimbook check --root DIR.
    """


for command in (
    *(check, vet, verify, measure, explain, relations, standing, dossier),  # a base, and drafts
    *(impact, history, review, queue, watch, draft_page, add_source, inbox, crawl),  # keeping it
    *(init, lsp, format_records, schemas),
):
    main.add_command(command)
