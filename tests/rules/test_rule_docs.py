"""Every rule's documentation runs: its flagged examples are flagged by it, its passing examples are not."""

import re
from pathlib import Path

import pytest
from factories import small_base

from claimbook.loading.yaml_file import AT, read
from claimbook.rules.check import all_rules, check

BLOCK = re.compile(r"## (Flagged|Passes)\n```yaml\n(.*?)```", re.DOTALL)
EXAMPLES = [
    pytest.param(rule.name, kind, body, id=f"{rule.name}-{kind.lower()}-{index}")
    for rule in all_rules().values()
    for index, (kind, body) in enumerate(BLOCK.findall(rule.doc))
]


def plain(data: object) -> object:
    if isinstance(data, dict):
        return {key: plain(value) for key, value in data.items() if key != AT}
    return [plain(value) for value in data] if isinstance(data, list) else data


@pytest.mark.parametrize(("name", "kind", "body"), EXAMPLES)
def test_example(name: str, kind: str, body: str, tmp_path: Path) -> None:
    data, problems = read(body.encode(), "example.yaml")
    assert not problems
    example = plain(data)
    assert isinstance(example, dict)
    flags = check(small_base(example, tmp_path), [name]).flags
    assert bool(flags) == (kind == "Flagged"), [str(flag) for flag in flags]


@pytest.mark.parametrize("name", all_rules())
def test_every_rule_has_both_kinds_of_example_and_an_authority(name: str) -> None:
    rule = all_rules()[name]
    assert {kind for kind, _ in BLOCK.findall(rule.doc)} == {"Flagged", "Passes"}
    assert rule.authority
