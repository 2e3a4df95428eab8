"""The command line: `claimbook` and its commands, each in a module of its own.

A command parses, calls, prints and exits: 0 done, 1 flagged, 2 could not run, 130 interrupted.
"""

import contextlib
import errno
import os
import sys
from importlib import import_module
from typing import Any

import click

from claimbook.cli import output
from claimbook.records import LoadError, UserError
from claimbook.records.display import count

COMMANDS = {  # each in the module of its name; what is not done where files cannot be used
    "check": "checked",
    **dict.fromkeys(("vet", "verify", "measure", "crawl"), "vetted"),
    **dict.fromkeys(("add-source", "inbox", "review", "dossier"), "written"),
    **dict.fromkeys(("history", "relations"), "compared"),
    "draft-page": "recorded",
    "impact": "judged",
    "queue": "listed",
    "standing": "looked up",
    "watch": "watched",
    **dict.fromkeys(("explain", "format", "init", "lsp", "schemas"), "done"),
}


class Group(click.Group):
    """Commands that end with a line and exit 2, whatever goes wrong in them.

    Only the one that runs is imported.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click calls it so
        """The names of all commands."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """A command by its name."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"claimbook.cli.{cmd_name.replace('-', '_')}")
        members = (each for each in vars(module).values() if isinstance(each, click.Command))
        return next(each for each in members if each.name == cmd_name)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except LoadError as error:
            problems = count(len(error.problems), "problem")
            undone = COMMANDS[ctx.invoked_subcommand or ""]
            output.stop(*map(str, error.problems), f"{problems}: nothing was {undone}")
        except UserError as error:
            output.stop(*error.lines)
        except KeyboardInterrupt:
            raise SystemExit(130) from None
        except Exception as error:
            if "CLAIMBOOK_DEBUG" in os.environ:
                raise
            if isinstance(error, OSError):
                if error.errno == errno.EPIPE:  # whoever read the output has had enough
                    raise
                with contextlib.suppress(OSError, ValueError, AttributeError):
                    # the rest of the output cannot be written, and Python would try again
                    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            words = str(error).partition("\n")[0]
            report = output.crash_report(error)
            output.stop(f"claimbook: {type(error).__name__}: {words} ({report})")


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="claimbook")
def main() -> None:
    """Judge what clinic pages claim about a treatment against recorded evidence.

    Run it in the folder that holds claims/, sources/ and pages/, or give each command that folder:
    claimbook check --root DIR.
    """
