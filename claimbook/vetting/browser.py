"""Browser entry point of the page "Check your copy": the bytes of a draft in, a JSON report out.

The report is what `claimbook vet --format json` prints, to the byte; beside it stands what the page
needs to show it. The standard library and `pyodide_bundle.LIBRARIES` are all that it imports.
"""

import json
from bisect import bisect_right
from collections import deque
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import PurePath
from typing import Any

from claimbook.loading.serialize import unpack
from claimbook.records import Claim, Flag, display
from claimbook.rules.check import all_rules
from claimbook.vetting.drafts import files
from claimbook.vetting.drafts.draft import Directive, Draft, DraftError
from claimbook.vetting.formatters.json import as_json, result_data
from claimbook.vetting.formatters.results import (
    advice,
    by_urgency,
    numbers,
    opening,
    pieces,
    tally,
    urgency,
    urgent,
)
from claimbook.vetting.results import SentenceResult
from claimbook.vetting.safety_box import safety_box
from claimbook.vetting.suppressions import FinalResult, apply_suppressions
from claimbook.vetting.vet import Progress, Vetter

BASE = "base.json"  # the packed base, beside the package
LINES = "lines.json"  # what the base's own lines tell (`safety_box.told`)
VERSIONS = "versions.json"  # of what judges (`receipts.versions`), and whether there are reviews
MAX_LETTERS = 250_000  # what a browser can show of a text and its result
_SHOWN = ("line", "text", "reading", "verdict", "state", "topic")  # of a sentence


def vet_draft(
    draft: Draft, vetter: Vetter, today: date, progress: Progress | None = None
) -> FinalResult:
    """Vet a draft, and take out of its flags what its comments set aside."""
    vetted = vetter.vet(draft.text, draft.name, progress)
    return apply_suppressions(vetted, draft, all_rules().keys(), today)


class Checker:
    """A base, ready for drafts: what stands in `BASE`, `VERSIONS` and, if it is there, `LINES`."""

    def __init__(self, packed: str, versions: str, told: str = "null") -> None:
        self.base = unpack(packed)
        self.versions = json.loads(versions)
        self.vetter = Vetter(self.base, json.loads(told))

    def read_ahead(self) -> bool:
        """Read the next line of the base, for which a draft would wait; whether one was left."""
        return self.vetter.read_ahead()

    def vet(self, content: bytes, name: str | None = None, progress: Progress | None = None) -> str:
        """Judge a draft.

        Args:
            content: the bytes of a file, or what was pasted, as UTF-8.
            name: the file's name, whose ending tells its kind; None for what was pasted.
            progress: as for `Vetter.vet`.
        Returns:
            JSON: `report`, as the command line prints it; `pieces`, in order, of what was pasted,
            or of a file's text as read, with the comments that set flags aside, each with the
            number of its sentence or null; what of a file is `not_kept` in these; `sentences`
            and `document_flags` of the report, claims (each with its truth and the line on it) and
            sources by their names, and for a comment at fault the number of its `sentence`; the
            `safety_box`, which tells what is left out, what it has no wording for (`without`), and
            why it was not looked for (`not_sought`), if it was not; the most `urgent` sentences,
            each its number and first words; the numbers of all sentences of which something is
            said in their `order`, the most dangerous first; the `counts` in words.
            If the draft cannot be read, only `error`.
        """
        from claimbook.vetting.drafts.dropped_content import not_kept  # only browsers ask for it

        content = bytes(content)
        try:
            draft = _read(content, name)
        except DraftError as error:
            return json.dumps({"error": str(error)})
        result = vet_draft(draft, self.vetter, _today(), progress)
        data, missed = result_data(result), result.vetted.left_out or ()
        typed = _typed(result)
        remarks = sorted(
            zip(data["document_flags"], result.vetted.document_flags, strict=True),
            key=lambda remark: urgency(remark[1]),
        )
        return json.dumps(
            {
                "report": as_json(data),
                "pieces": _shown(result, pasted=name is None),
                "not_kept": not_kept(content, name, _ending(name)) if name else [],
                "sentences": list(map(self._sentence, data["sentences"], result.vetted.sentences)),
                "urgent": [
                    [result.vetted.sentences.index(each), opening(each)] for each in urgent(result)
                ],
                "order": [
                    result.vetted.sentences.index(each)
                    for each in by_urgency(result)
                    if not isinstance(each, Flag)
                ],
                "counts": numbers(tally([result])),
                "document_flags": [
                    {**self._flag(flag), "sentence": _commented(raised, draft, typed)}
                    for flag, raised in remarks
                ],
                "safety_box": safety_box(missed),
                "without": [each.label for each in missed if not each.wording],
                "not_sought": data["left_out_not_sought"],
                "suppressed": len(data["suppressed"]),
                "summary": data["summary"],
            }
        )

    def save(self, content: bytes, name: str | None, form: str) -> str | bytes:
        """A draft in a form to hand on.

        Args:
            content, name: as for `vet`; the draft must be one that can be read.
            form: `docx` (its words, with comments), `html` (the report) or `json` (the receipt).
        """
        from claimbook.vetting.formatters.html import as_html  # these are slow to import
        from claimbook.vetting.formatters.word_report import as_word
        from claimbook.vetting.receipts import receipt

        draft = _read(bytes(content), name)
        result = vet_draft(draft, self.vetter, _today())
        if form == "docx":
            return as_word(result, _shown(result, pasted=name is None), self.base)
        if form == "html":
            version, reviewed = self.versions["base"]["sha256"], self.versions["reviewed"]
            return as_html([result], self.base, version, _today(), reviewed=reviewed)
        return receipt([result], self.versions, _today())

    def _sentence(self, sentence: Mapping[str, Any], vetted: SentenceResult) -> dict[str, Any]:
        claims = map(self.base.claims.__getitem__, sentence["claims"])
        return {
            **{key: sentence[key] for key in _SHOWN},
            "look": vetted.to_look_at,
            "suggestion": vetted.suggestion,
            "advice": advice(vetted),
            "claims": list(map(_claim, claims)),
            "flags": list(map(self._flag, sentence["flags"])),
        }

    def _flag(self, flag: Mapping[str, Any]) -> dict[str, Any]:
        sources = flag["evidence"]

        def message(text: str) -> str:
            return display.message(text, (), sources, self.base)

        return {
            **{key: flag[key] for key in ("rule", "severity", "suggestion")},
            "known": flag["rule"] in all_rules(),
            "message": message(flag["message"]),
            "also": [[other["rule"], message(other["message"])] for other in flag["also"]],
            "evidence": [[key, display.short(self.base.references[key])] for key in sources],
        }


def _claim(claim: Claim) -> tuple[str, ...]:
    """A claim for a page: its id, statement and kind, and its truth with the line on it."""
    truth = claim.truth
    return (claim.id, claim.statement, claim.kind, *((truth.is_, truth.line) if truth else ()))


def _today() -> date:
    return datetime.now(UTC).date()


def _typed(result: FinalResult) -> list[tuple[int, int]]:
    """Where the sentences stand in the file, or in what was pasted."""
    return [result.draft.span(each.start, each.end) for each in result.vetted.sentences]


def _shown(result: FinalResult, *, pasted: bool) -> list[tuple[str, int | None]]:
    """The text in which the writer goes on, in pieces: what was pasted, or the words of a file.

    The words of a file have the comments that set flags aside where they were.
    """
    draft = result.draft
    if pasted:
        return list(pieces(draft.source, _typed(result)))
    spans = [(each.start, each.end) for each in result.vetted.sentences]
    shown: list[tuple[str, int | None]] = []
    comments = deque(draft.directives)
    end = 0
    for words, number in pieces(draft.text, spans):
        start, end = end, end + len(words)
        while number is None and comments and comments[0].at < end:
            at = comments[0].at - start
            shown.append((words[:at] + _as_comment(comments.popleft(), draft), None))
            words, start = words[at:], start + at  # noqa: PLW2901 (the rest of them)
        while number is not None and comments and comments[0].at <= start:
            shown.append((_as_comment(comments.popleft(), draft), None))
        shown.append((words, number))
        while number is not None and comments and comments[0].at <= end:
            shown.append((_as_comment(comments.popleft(), draft), None))
    shown += ((_as_comment(comment, draft), None) for comment in comments)
    return [(words, number) for words, number in shown if words]


def _as_comment(directive: Directive, draft: Draft) -> str:
    """A comment as a text has it: behind the words of its line, or in a line of its own."""
    comment = f"<!-- claimbook: {' '.join(directive.said.split())} -->"
    line = draft.text[: directive.at].rpartition("\n")[2]
    return f" {comment}" if line.strip() else f"{comment}\n"


def _commented(flag: Flag, draft: Draft, spans: Sequence[tuple[int, int]]) -> int | None:
    """The number of the sentence that a comment at fault follows, in the same line."""
    if not flag.rule.endswith("-suppression"):
        return None
    at = draft.lines[flag.at.line - 1] + flag.at.column - 1
    number = bisect_right(spans, (at, at)) - 1
    follows = number >= 0 and "\n" not in draft.source[spans[number][1] : at]
    return number if follows else None


def _read(content: bytes, name: str | None) -> Draft:
    """A draft as the command line reads it: what was pasted as from standard input."""
    ending = _ending(name) if name else ".txt"
    if ending not in files.ENDINGS:
        raise DraftError(f"{name}: not a draft: {', '.join(files.ENDINGS)}")
    draft = files.draft(content, name or "the text", ending)
    if len(draft.text) > MAX_LETTERS:
        why = f"more than {MAX_LETTERS:,} letters: check it in parts, or with claimbook vet"
        raise DraftError(f"{draft.name}: {why}")
    return draft


def _ending(name: str) -> str:
    return PurePath(name).suffix.lower()
