"""The files of a base: each below its folders is one that is read, or a problem."""

import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from claimbook.records import Location, Problem

JUDGED = ("claims", "sources", "pages")  # what a judgement rests on
INBOXES = "inbox"
FOLDERS = (*JUDGED, "reviews", INBOXES)  # of all records; the last two may be missing
# Beside the folders of the topics; all but the first may be missing.
OF_NO_TOPIC = (
    VOCABULARY := "claims/vocabulary.yaml",
    DISCLOSURES := "claims/disclosures.yaml",
    GLOSSARY := "claims/glossary.yaml",
    REDIRECTS := "claims/redirects.yaml",
    QUESTIONS := "claims/questions.yaml",
    MATTERS := "claims/matters.yaml",
    SEARCHING := "claims/searching.yaml",
    CORRECTIONS := "claims/corrections.yaml",
)
# While several files are put in place, what stands beside which; see `loading.writing.finish`.
JOURNAL = ".claimbook-write"
_DEPTH = {"claims": 2}  # of folders: records stand in a topic's folder; elsewhere in the first
REFERENCES = "sources/references.bib"
SNAPSHOTS, FIGURES = "CLAIMBOOK_SNAPSHOTS", "CLAIMBOOK_FIGURES"  # environment variables: folders
NO_FOLDER = "/nonexistent"  # given for a folder of texts: none is at hand


class RecordFile(NamedTuple):
    """A file or folder of a base, and why it is not read, if so."""

    path: Path
    fault: str = ""
    repair: str = ""


def record_files(root: Path, folder: str) -> Iterator[RecordFile]:
    """The files of records in a folder of a base, in order, and whatever else is there.

    Hidden files (of editors and systems), an editor's copies (`name~`) and Markdown, which is for
    people, are passed over. A link to a folder is not followed.
    """
    yield from _inside(root / folder, root / REFERENCES, _DEPTH.get(folder, 1))


def _inside(path: Path, references: Path, depth: int) -> Iterator[RecordFile]:
    try:
        with os.scandir(path) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
    except FileNotFoundError:
        return  # an empty base, which is said elsewhere
    except OSError as error:
        fault = f"not a folder that can be read: {error.strerror}"
        yield RecordFile(path, fault, "allow reading it, or remove it")
        return
    for entry in found:
        at, suffix = Path(entry.path), Path(entry.path).suffix
        hidden = entry.name.startswith(".") or entry.name.endswith("~")
        if hidden or suffix == ".md" or at == references:
            continue
        if suffix == ".yaml":  # a folder of that name is no file that can be read
            yield RecordFile(at)
        elif entry.is_dir(follow_symlinks=False) and depth > 1:
            yield from _inside(at, references, depth - 1)
        elif entry.is_dir():
            fault = "a link to a folder" if entry.is_symlink() else "a folder where none is read"
            yield RecordFile(at, fault, "move what it holds")
        else:
            fault = f"the file ends in {suffix!r}" if suffix else "the file has no ending"
            repair = f"add its entries to {REFERENCES}"
            yield RecordFile(at, fault, repair if suffix == ".bib" else "let it end in .yaml")


def read_bytes(path: Path, file: str) -> bytes | Problem:
    """What a file holds, or why it cannot be read; *file* is how messages name it.

    A pipe, which has no end, is not waited for.
    """
    try:
        if stat.S_IFMT(path.stat().st_mode) not in (stat.S_IFREG, stat.S_IFDIR):
            raise OSError(errno.EINVAL, "neither a file nor a folder")
        with open(path, "rb", buffering=0) as content:  # noqa: PTH123 - twice as fast
            return content.read()
    except OSError as error:
        message = f"not a file that can be read: {error.strerror or 'it cannot be read'}"
        return Problem(Location(file), message, "replace it or remove it")
