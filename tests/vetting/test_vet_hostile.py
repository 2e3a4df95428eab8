"""Files meant to break it, in processes with bounded memory: a clear error or an answer, never a traceback, never a hang."""

import io
import re
import resource
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT, WEIGHT_LOSS

MEMORY = 700_000_000  # bytes of address space, the interpreter and its libraries included
SECONDS = 300  # a guard against hanging, not a measure
BAD = "Our tablets lower your weight. "


def word(*parts: tuple[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return out.getvalue()


def entities(depth: int) -> str:
    declared = "".join(
        f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "lol"}">' for n in range(depth)
    )
    return f"<!DOCTYPE d [{declared}]><d xmlns:w='w'><w:t>&e{depth - 1};</w:t></d>"


# A file, what is in it, the code with which the command ends (None: either of a file that is read), and what it says.
Row = tuple[str, bytes | Callable[[], bytes], int | None, str]
ROWS: list[Row] = [
    ("large.txt", lambda: b"x" * 50_000_000, 2, "large.txt: more than 20 MB"), ("large.html", lambda: b"<p>" * 17_000_000, 2, "more than 20 MB"),
    ("binary.md", bytes(range(256)) * 100, 2, "binary.md: "), ("utf16.txt", BAD.encode("utf-16"), 1, "contradicted-by-evidence"),
    ("latin.txt", "Füße".encode("latin-1"), 2, "latin.txt: not UTF-8 text (byte 1, line 1); save it as UTF-8"),
    ("deep.html", b"<div>" * 100_000 + BAD.encode(), 1, "contradicted-by-evidence"),
    ("deep.md", b">" * 100_000 + BAD.encode(), 2, "lists or quotes more than 50 deep (line 1)"),
    ("bomb.docx", lambda: word(("word/document.xml", "<d>" + " " * 200_000_000 + "</d>")), 2, "more than 20 MB when unpacked"),
    ("many.docx", lambda: word(*((f"word/header{n}.xml", "<d/>") for n in range(6_000))), 2, "more than 5000 parts"),
    ("nested.docx", word(("word/document.xml", "PK\x03\x04" + "x" * 1_000)), 2, "not a Word document"),
    ("lol.docx", word(("word/document.xml", entities(10))), 2, "declares entities"),
    ("file.docx", word(("word/document.xml", '<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]><d>&e;</d>')), 2,
     "declares entities"),
    ("script.html", f"<script>fetch('http://x')</script><img src=x onerror=alert(1)><p>{BAD}".encode(), 1, "contradicted-by-evidence"),
    ("bidi.txt", f"\u202e{BAD}\u2066\x1b[2J".encode(), 1, "\\u202e"), ("one.txt", b"a" * 200_000, 0, "1 sentence: "),
    ("not.txt", b"not " * 25_000 + BAD.encode(), None, " sentence"), ("up.txt", b"up to " * 16_000, None, " sentence"),
    ("ones.txt", b"1 " * 25_000, None, " sentence"), ("brackets.md", b"[a][" * 20_000 + b"(" * 50_000 + b"[" * 50_000, None, " sentence"),
    ("dots.txt", b"." * 100_000, 2, "no words to judge"), ("links.md", b"[a](" * 25_000, None, " sentence"),
    ("tags.html", b"<a b='" * 16_000, None, " sentence"), ("comment.md", b"<!-- claimbook: " * 5_000, 2, "never closed"),
    ("comments.txt", b"Well.\n" + b"<!-- claimbook: allow -->\n" * 3_000, 1, "bare-suppression"),
    ("mixed.txt", b"not (1 up to . 77% " * 3_000, None, " sentence"),
]  # fmt: skip


@pytest.mark.parametrize("code", [2, 1, 0, None])
def test_hostile(code: int | None, tmp_path: Path) -> None:
    """All files with one outcome are read in one process; each is told of under its name."""
    rows = [row for row in ROWS if row[2] == code]
    for name, content, _, _ in rows:
        (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content())
    done = subprocess.run(
        [sys.executable, "-m", "claimbook", "vet", *(row[0] for row in rows)], cwd=tmp_path, capture_output=True, timeout=SECONDS, check=False,
        env={"CLAIMBOOK_ROOT": str(WEIGHT_LOSS), "PYTHONPATH": str(ROOT)},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY)),
    )  # fmt: skip
    shown = (done.stdout + done.stderr).decode("utf-8")
    assert "Traceback" not in shown, shown[-2000:]
    assert done.returncode in ((0, 1) if code is None else (code,)), shown[-2000:]
    for name, _, _, said in rows:
        first, last = shown.find(f"{name}:"), shown.rfind(f"\n{name}:")
        own = shown[first : shown.index("\n", max(first, last + 1))]
        assert said in own, f"{name}: {own[-2000:]}"
        assert bool(re.search(r": \d+ sentences?: ", own)) is (code != 2), name
    assert "\x1b[2J" not in shown
    assert "root:" not in shown
