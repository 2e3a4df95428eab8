"""Vetted drafts as JSON, in the shape that `docs/method/vetting.md` promises."""

import json
from collections.abc import Sequence
from typing import Any

from claimbook.records.flags import flag_data
from claimbook.vetting.results import as_data
from claimbook.vetting.suppressions import FinalResult, SuppressedFlag


def as_json(data: Any) -> str:
    """Plain data as every report writes it."""
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def results_json(results: Sequence[FinalResult], several: bool) -> str:
    """One draft as an object; where there may be *several*, a list of objects with their paths."""
    if several:
        data = [{"path": result.draft.name, **result_data(result)} for result in results]
        return as_json(data)
    return as_json(result_data(results[0])) if results else ""


def result_data(result: FinalResult) -> dict[str, Any]:
    """One draft; what was set aside is under `suppressed`."""
    return as_data(result.vetted) | {"suppressed": list(map(_suppressed, result.suppressed))}


def _suppressed(held: SuppressedFlag) -> dict[str, Any]:
    on = held.sentence
    return {
        "start": on.start if on else None,
        "end": on.end if on else None,
        "line": on.line if on else None,
        **flag_data(held.flag),
        "by": held.by,
        "reason": held.reason,
        "owner": held.owner or None,
        "until": held.until.isoformat() if held.until else None,
    }
