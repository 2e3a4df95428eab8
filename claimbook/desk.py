"""The desk at which the page "Check your copy" works, in the reader's browser: the bytes of a draft in, the report out.

What it reports is what `claimbook vet` prints, to the byte; beside it stands what a page needs to show it. Standard library only.
"""

import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from claimbook import draft_file, spoken
from claimbook.packed import unpack
from claimbook.vet import Vetter, as_data

BASE = "base.json"  # the packed base, beside the package


def printed(reports: Sequence[Mapping[str, Any]]) -> str:
    """Reports on drafts as `claimbook vet --format json` prints them: one by itself, several as a list."""
    return json.dumps(reports[0] if len(reports) == 1 else reports, ensure_ascii=False, indent=2) + "\n"


class Desk:
    """A base, ready for drafts."""

    def __init__(self, packed: str) -> None:
        self.base = unpack(packed)
        self.vetter = Vetter(self.base)

    def vet(self, content: bytes, name: str | None = None) -> str:
        """Judge a draft.

        Args:
            content: the bytes of a file, or what was pasted, as UTF-8.
            name: the file's name, whose ending tells its kind; None for what was pasted.
        Returns:
            JSON: `report`, as the command line prints it; `pieces`, the text as read, in order, each with the number of its
            sentence or null; `sentences` and `document_flags` of the report with claims and sources by their names. Where the
            draft cannot be read, `error` alone.
        """
        try:
            text = _words(bytes(content), name)
        except draft_file.DraftError as error:
            return json.dumps({"error": str(error)})
        report = as_data(self.vetter.vet(text))
        return json.dumps(
            {
                "report": printed([report]),
                "pieces": list(pieces(text, report["sentences"])),
                "sentences": [
                    {
                        **{key: sentence[key] for key in ("line", "text", "reading", "verdict")},
                        "claims": [[name, self.base.claims[name].statement] for name in sentence["claims"]],
                        "flags": list(map(self._flag, sentence["flags"])),
                    }
                    for sentence in report["sentences"]
                ],
                "document_flags": list(map(self._flag, report["document_flags"])),
                "summary": report["summary"],
            }
        )

    def _flag(self, flag: Mapping[str, Any]) -> dict[str, Any]:
        return {
            **{key: flag[key] for key in ("rule", "severity", "suggestion")},
            "message": spoken.message(flag["message"], (), flag["evidence"], self.base),
            "evidence": [[key, spoken.short(self.base.references[key])] for key in flag["evidence"]],
        }


def _words(content: bytes, name: str | None) -> str:
    """A draft's text as the command line reads it: from a file by its ending, otherwise as from standard input."""
    if name is None:
        return draft_file.text_of(content, "the text")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"draft{Path(name).suffix}"
        path.write_bytes(content)
        try:
            return draft_file.read(path)
        except draft_file.DraftError as error:
            raise draft_file.DraftError(str(error).replace(str(path), name)) from error


def pieces(text: str, sentences: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, int | None]]:
    """A text cut at its sentences: every piece with the number of its sentence, or None for what stands between."""
    end = 0
    for number, sentence in enumerate(sentences):
        if between := text[end : sentence["start"]]:
            yield between, None
        yield text[sentence["start"] : sentence["end"]], number
        end = sentence["end"]
    if end < len(text):
        yield text[end:], None
