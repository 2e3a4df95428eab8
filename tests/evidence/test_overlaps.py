"""Sources that may have counted some of the same people."""

from pathlib import Path

import pytest
from factories import small_base

from claimbook.evidence.groups import overlapping


@pytest.mark.parametrize(
    ("overlaps", "keys", "groups"),
    [
        ({}, "ab", []),
        ({"a": "b"}, "ab", ["ab"]),
        ({"b": "a"}, "ab", ["ab"]),  # whichever names the other
        ({"b": "a"}, "bca", ["ba"]),  # in the order given
        ({"a": "b"}, "aab", ["ab"]),  # each once
        ({"a": "b"}, "ac", []),  # the other is not among them
        ({"a": "b", "b": "c"}, "acb", ["acb"]),  # through others
        ({"a": "c", "b": "d", "c": "d"}, "abcde", ["abcd"]),
        ({"a": "b", "c": "d"}, "acbd", ["ab", "cd"]),
    ],
)
def test_overlapping(
    overlaps: dict[str, str], keys: str, groups: list[str], tmp_path: Path
) -> None:
    findings = {
        f"{key}/relief": {"says": {"is": "yes"}, "overlaps": list(overlaps.get(key, ""))}
        for key in "abcde"
    }
    base = small_base({"findings": findings}, tmp_path)
    assert overlapping(keys, base) == [tuple(group) for group in groups]
