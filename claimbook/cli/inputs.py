"""What commands read: a base ready for drafts, drafts, and the texts of pages."""

import contextlib
import gc
import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from claimbook.cli.options import STDIN
from claimbook.cli.output import stop
from claimbook.loading import cache
from claimbook.loading.record_files import FIGURES, FOLDERS, SNAPSHOTS
from claimbook.records import Base

if TYPE_CHECKING:
    from claimbook.vetting.drafts.draft import Draft
    from claimbook.vetting.vet import Vetter


def places(root: Path) -> list[Path]:
    """Everything that a result depends on: the records, the texts at hand, and this engine."""
    return [*(root / name for name in FOLDERS), *outside()]


def outside() -> list[Path]:
    """What a result depends on beside the records: the texts at hand, and this engine."""
    texts = [Path(os.environ[name]) for name in (SNAPSHOTS, FIGURES) if os.environ.get(name)]
    return [*texts, Path(__file__).parents[1]]


def load_vetter(root: Path) -> "Vetter":
    """The base of a folder, ready for drafts."""
    from claimbook.vetting.safety_box import told
    from claimbook.vetting.vet import Vetter

    if not (root / "claims").is_dir():
        stop(f"{root}: no base here (no claims/): name its folder with --root or CLAIMBOOK_ROOT")
    gc.disable()  # nearly all that is made here stays until the process ends
    try:
        key = cache.fingerprint(places(root))
        base = _base(root, key)
        if held := cache.recall(root, "lines", key) if key else None:
            return Vetter(base, json.loads(held[1]))
        vetter = Vetter(base)
        if key:
            cache.keep(root, "lines", key, "", json.dumps(told(vetter.disclosure_lines)))
        return vetter
    finally:
        gc.freeze()
        gc.enable()


def _base(root: Path, key: str | None) -> Base:
    """The base for drafts, from the cache for as long as no file changes."""
    from claimbook.loading.serialize import for_vetting, pack, unpack

    held = cache.recall(root, "base", key) if key else None
    if held:
        with contextlib.suppress(ValueError):
            return unpack(held[1])
    from claimbook.loading.load import load

    base = for_vetting(load(root))
    if key:
        cache.keep(root, "base", key, "", pack(base))
    return base


def read_drafts(paths: Iterable[Path], stdin_name: str) -> "tuple[list[Draft], list[str]]":
    """Every draft that can be read, each once, and why others cannot."""
    from claimbook.vetting.drafts import files

    drafts: dict[str, Draft] = {}
    failures: list[str] = []
    for path in dict.fromkeys(paths):
        from_stdin = str(path) == STDIN
        named, unread = ([path], []) if from_stdin else files.find(path)
        failures += unread
        for file in named:
            try:
                draft = _read_stdin(stdin_name) if from_stdin else files.read(file)
                drafts[draft.name] = draft
            except files.DraftError as error:
                failures.append(str(error))
    return list(drafts.values()), failures


def _read_stdin(name: str) -> "Draft":
    from claimbook.vetting.drafts import files

    if sys.stdin is None:
        raise files.DraftError(f"{name}: closed")
    ending = Path(name).suffix.lower()
    content = sys.stdin.buffer.read(files.LIMITS[files.WORD] + 1)
    return files.draft(content, name, ending if ending in files.ENDINGS else ".txt")


def read_page(path: Path) -> tuple[bytes, str]:
    """The bytes and the words of a page's text; exits with 2 where it cannot be read."""
    from claimbook.vetting.drafts import files

    try:
        if path.suffix != ".txt" or (path.exists() and not path.is_file()):
            stop(f"{path}: not the text of a page, which is a file that ends in .txt")
        content = path.read_bytes()
        return content, files.decode(content, str(path))
    except OSError as error:
        stop(f"{path}: {error.strerror}")
    except files.DraftError as error:
        stop(str(error))
