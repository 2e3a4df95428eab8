"""Reads every BibTeX file below a folder as a base's references are read: `python benchmarks/bib_files.py DIR`.

Collections to try: the test files of Better BibTeX, biber, JabRef, python-bibtexparser. Prints how many files were read,
told (refused with a place and a reason) and crashed, which must be none, and how often each kind of message was given.
Keys of files from elsewhere need not be ids. Of what is read, every citation is formatted as the site does.
"""

import argparse
import re
import time
import traceback
from collections import Counter
from pathlib import Path

from claimbook.loading import bibtex_file
from claimbook.records import Problem

ENDINGS = {".bib", ".bibtex", ".biblatex"}
MOST = 25  # kinds of messages to print


def kind(problem: Problem) -> str:
    """A message without what it is about."""
    message = re.sub(r"(?<=undefined string: )\S+", "...", problem.message)
    return re.sub(r"(['\"]).*?\1|\d+", "...", message)[:90]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    counts: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    places: dict[str, str] = {}
    start, slowest = time.process_time(), (0.0, "")
    for path in sorted(each for each in folder.rglob("*") if each.suffix.lower() in ENDINGS):
        name, before = path.relative_to(folder).as_posix(), time.process_time()
        counts["files"] += 1
        try:
            references, problems = bibtex_file.read(path.read_bytes(), name, any_key=True)
            cited = bibtex_file.citations(references.values())
        except Exception:  # noqa: BLE001 - whatever it is, it is counted
            counts["crashed"] += 1
            print(f"{name}: crashed\n{traceback.format_exc()}")
            continue
        counts["told" if problems else "read"] += 1
        counts["entries read"] += len(references)
        counts["entries without a citation"] += len(references.keys() - cited)
        slowest = max(slowest, (time.process_time() - before, name))
        for problem in problems:
            kinds[kind(problem)] += 1
            places.setdefault(kind(problem), str(problem.at))
    for what in ("files", "read", "told", "crashed", "entries read", "entries without a citation"):
        print(f"{counts[what]:7,} {what}")
    print(
        f"{time.process_time() - start:7.1f} s of the processor; the slowest {slowest[0]:.1f} s: {slowest[1]}"
    )
    for message, number in kinds.most_common(MOST):
        print(f"{number:7,} {message} ({places[message]})")
    return int(counts["crashed"] > 0)


if __name__ == "__main__":
    raise SystemExit(main())
