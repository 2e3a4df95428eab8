"""Builds the site: a command when it is run, a hook when MkDocs loads it."""

import os
import re
import signal
import sys
from argparse import ArgumentParser, Namespace
from functools import partial
from pathlib import Path

from mkdocs.exceptions import MkDocsException

from claimbook.cli.output import crash_report
from claimbook.records import LoadError, UserError
from claimbook.site.build import build, write_pages
from claimbook.site.mkdocs_hook import PROGRAM, ROOT, write_site
from claimbook.site.mkdocs_hook import on_files as on_files  # hooks: MkDocs finds them by name
from claimbook.site.mkdocs_hook import on_post_page as on_post_page
from claimbook.site.mkdocs_hook import on_post_template as on_post_template
from claimbook.site.mkdocs_hook import on_pre_page as on_pre_page
from claimbook.site.output_folder import MARKER, refuse
from claimbook.site.preview import serve


def main() -> int:
    """Build the site. 0: built; 2: not built; 130: interrupted. Only a whole site replaces one."""
    try:
        _check_epoch()
        print(_run(_options()))
        return 0
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return 130
    except (LoadError, UserError, MkDocsException) as error:
        message = f"{error}\nnothing was built"
    except OSError as error:
        message = f"cannot write: {error}"
    except Exception as error:
        if "CLAIMBOOK_DEBUG" in os.environ:
            raise
        message = f"{type(error).__name__}: {error} ({crash_report(error)})"
        message += "\nnothing was built"
    print(message, file=sys.stderr)
    return 2


def _check_epoch() -> None:
    """Accept no SOURCE_DATE_EPOCH that gzip cannot write; an empty one is none."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        os.environ.pop("SOURCE_DATE_EPOCH", None)
    elif not re.fullmatch(r"[0-9]{1,10}", epoch) or int(epoch) >= 2**32:
        raise MkDocsException(f"SOURCE_DATE_EPOCH is not a time in seconds since 1970: {epoch!r}")


def _options() -> Namespace:
    parser = ArgumentParser(description="Check the records and write the site.")
    folder = partial(parser.add_argument, type=Path, metavar="DIR")
    folder("--out", default=ROOT / "site", help="where to write the site (default: site/)")
    folder("--pages", help="write the generated pages as Markdown into DIR, and stop")
    parser.add_argument("--serve", action="store_true", help="show the site while records change")
    parser.add_argument("--strict", action="store_true", help="also stop on warnings")
    return parser.parse_args()


def _run(options: Namespace) -> str:
    if options.pages:
        refuse(options.pages, ROOT, PROGRAM)
        site = build(ROOT)
        write_pages(site, options.pages, PROGRAM / "docs")
        (options.pages / MARKER).touch()
        return f"{len(site.pages)} pages written to {options.pages}"
    if options.serve:
        serve()
        return "the site is no longer shown"
    report, out = write_site(options.out, options.strict).report, options.out.resolve()
    counts = f"{len(report.base.claims)} claims, {len(report.base.occurrences)} passages"
    return f"{counts}, {len(report.flags)} flags: {out}/index.html"


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that temporary folders go
    raise SystemExit(main())
