"""The folder of a built site: where a site may be written, and how a new one replaces an old one.

Only what a build made is ever replaced. A build marks its site and its temporary folder by a file.
"""

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from claimbook.loading.record_files import FOLDERS
from claimbook.records import UserError
from claimbook.vetting.receipts import engine_version

MARKER = ".claimbook-site"  # holds the builder's version; in a temporary folder, its site's name
TEMPORARY = ".site-"
STALE = 3600  # seconds: no build takes as long, so the build of an older folder was killed
PROJECT = (*FOLDERS, "docs", "claimbook", "tests", ".git")  # never written to


def refuse(out: Path, *roots: Path) -> None:
    """Accept only a new or empty folder, or a site that a build made.

    Args:
        out: the folder of the site.
        roots: the project's own folders: that of the base, and that of the program.

    Raises:
        UserError: it is anything else, or a part of the project.
    """
    elsewhere = "name another folder with --out"
    if out.is_symlink():
        raise UserError(f"cannot write: {out} is a symbolic link: name the folder that it leads to")
    out = out.resolve()
    for root in roots:
        if root.resolve().is_relative_to(out):
            raise UserError(f"cannot write: {out} holds the project itself: {elsewhere}")
        for kept in ((root / name).resolve() for name in PROJECT):
            if out.is_relative_to(kept) or kept.is_relative_to(out):
                why = f"is not for a site, as {kept} is a part of the project: {elsewhere}"
                raise UserError(f"cannot write: {out} {why}")
    if out.exists() and not out.is_dir():
        raise UserError(f"cannot write: {out} is not a folder: {elsewhere}")
    if out.is_dir() and any(out.iterdir()) and not _marked(out):
        raise UserError(
            f"cannot write: {out} holds files and no mark of a build ({MARKER}): {elsewhere}, "
            "or, if it is an old site, delete it yourself, once"
        )


@contextmanager
def beside(out: Path) -> Iterator[Path]:
    """A temporary folder beside the site, to build in; it is deleted however the build ends.

    A site that a killed build had moved away is put back first.
    """
    out.parent.mkdir(parents=True, exist_ok=True)
    _recover(out)
    with tempfile.TemporaryDirectory(
        prefix=TEMPORARY, dir=out.parent, ignore_cleanup_errors=True
    ) as name:
        (Path(name) / MARKER).write_bytes(os.fsencode(out.name))
        yield Path(name)


def replace(out: Path, fresh: Path) -> None:
    """Mark a fresh site and put it in place of an earlier one, which stays if that fails."""
    (fresh / MARKER).write_text(f"claimbook {engine_version() or ''}\n", encoding="utf-8")
    earlier = fresh.parent / "earlier"
    try:
        if out.exists():
            out.rename(earlier)
        fresh.rename(out)
    except BaseException:  # an interrupt too
        if earlier.exists() and not out.exists():
            earlier.rename(out)
        raise


def _recover(out: Path) -> None:
    """Put back a site that a killed build had moved away, and delete what such builds left."""
    left = [
        path
        for path in out.parent.glob(f"{TEMPORARY}*")
        if _marked(path) and (path / MARKER).read_bytes() == os.fsencode(out.name)
    ]
    moved = [path / "earlier" for path in left if _marked(path / "earlier")]
    if moved and not out.exists():
        max(moved, key=lambda path: path.parent.stat().st_mtime).rename(out)
    for path in left:
        if path.stat().st_mtime < time.time() - STALE:
            shutil.rmtree(path, ignore_errors=True)


def _marked(folder: Path) -> bool:
    """Whether it is a folder with a marker file, neither of them a link."""
    marker = folder / MARKER
    return not folder.is_symlink() and not marker.is_symlink() and marker.is_file()
