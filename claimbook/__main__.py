"""`python -m claimbook`."""

from claimbook.cli.main import main

main(prog_name="claimbook")
