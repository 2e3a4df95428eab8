"""The command line: one module a command."""

from claimbook.cli.main import main

__all__ = ["main"]
