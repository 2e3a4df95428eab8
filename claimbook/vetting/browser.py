"""The desk at which the page "Check your copy" works, in the reader's browser: the bytes of a draft in, the report out.

What it reports is what `claimbook vet` prints, to the byte; beside it stands what a page needs to show it. Standard library only.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import PurePath
from typing import Any

from claimbook.loading.serialize import unpack
from claimbook.records import display
from claimbook.rules.check import all_rules
from claimbook.vetting.drafts import files
from claimbook.vetting.drafts.draft import Draft
from claimbook.vetting.suppressions import Result, data, settle
from claimbook.vetting.vet import Vetter

BASE = "base.json"  # the packed base, beside the package


def settled(draft: Draft, vetter: Vetter, today: date) -> Result:
    """A draft vetted, what its comments set aside taken out of its flags."""
    return settle(vetter.vet(draft.text, draft.name), draft, all_rules().keys(), today)


def printed(found: Any) -> str:
    """The report on a draft, or several, as `claimbook vet --format json` prints it."""
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


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
            draft = _draft(bytes(content), name)
        except files.DraftError as error:
            return json.dumps({"error": str(error)})
        report = data(settled(draft, self.vetter, datetime.now(UTC).date()))
        return json.dumps(
            {
                "report": printed(report),
                "pieces": list(pieces(draft.text, report["sentences"])),
                "sentences": [
                    {
                        **{
                            key: sentence[key]
                            for key in ("line", "text", "reading", "verdict", "state", "look")
                        },
                        "claims": [
                            [name, self.base.claims[name].statement] for name in sentence["claims"]
                        ],
                        "flags": list(map(self._flag, sentence["flags"])),
                    }
                    for sentence in report["sentences"]
                ],
                "document_flags": list(map(self._flag, report["document_flags"])),
                "suppressed": len(report["suppressed"]),
                "summary": report["summary"],
            }
        )

    def _flag(self, flag: Mapping[str, Any]) -> dict[str, Any]:
        return {
            **{key: flag[key] for key in ("rule", "severity", "suggestion")},
            "known": flag["rule"] in all_rules(),
            "message": display.message(flag["message"], (), flag["evidence"], self.base),
            "evidence": [
                [key, display.short(self.base.references[key])] for key in flag["evidence"]
            ],
        }


def _draft(content: bytes, name: str | None) -> Draft:
    """A draft as the command line reads it: a file by its ending, what was pasted as from standard input."""
    if name is None:
        return files.draft(content, "the text")
    ending = PurePath(name).suffix.lower()
    if ending not in files.ENDINGS:
        raise files.DraftError(f"{name}: not a draft: {', '.join(files.ENDINGS)}")
    return files.draft(content, name, ending)


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
