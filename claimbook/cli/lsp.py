"""`claimbook lsp`: a language server for editors."""

import sys
from pathlib import Path
from typing import BinaryIO, cast

import click

from claimbook.cli import options, output


@click.command()
@options.root_option
def lsp(root: Path) -> None:
    """Serve an editor over standard input and output (Language Server Protocol).

    While a record is written: its problems and flags, what an id names, ids to complete. While a
    draft is written (Markdown, text, HTML): what `claimbook vet` says of each sentence, and wording
    to use instead. Nothing is written or sent.

    It needs pygls; in a clone of claimbook: pip install '.[editor]'.
    """
    try:
        from claimbook.curation.language_server import LostError, Messages, server
    except ModuleNotFoundError as error:
        if error.name not in ("pygls", "lsprotocol"):
            raise
        output.stop("pygls is not installed; in a clone of claimbook: pip install '.[editor]'")
    try:
        server(root).start_io(cast("BinaryIO", Messages(sys.stdin.buffer)))
    except LostError as error:
        output.stop(str(error))
