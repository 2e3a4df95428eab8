"""`python -m claimbook.cli`."""

from claimbook.cli.main import main

main()
