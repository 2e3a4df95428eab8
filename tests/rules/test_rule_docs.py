"""Every rule's page runs: its flagged examples are flagged by it, its passing examples are not."""

import re
from datetime import date
from pathlib import Path

import pytest
from factories import small_base

from claimbook.loading.yaml_file import AT, read
from claimbook.records import UserError
from claimbook.rules import rule as rule_module
from claimbook.rules.check import all_rules, check
from claimbook.rules.rule import rule_from

TODAY = date(2003, 1, 1)  # the examples were searched on the last day of 2001
SECTION = re.compile(r"^## ([^\n]+)\n\n(.*?)(?=^## |\Z)", re.DOTALL | re.MULTILINE)
BLOCK = re.compile(r"```yaml\n(.*?)```", re.DOTALL)
EXAMPLES = [
    pytest.param(rule.name, kind, body, id=f"{rule.name}-{kind.lower()}-{index}")
    for rule in all_rules().values()
    for kind, text in SECTION.findall(rule.doc)
    for index, body in enumerate(BLOCK.findall(text))
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
    flags = check(small_base(example, tmp_path), [name], TODAY).flags
    assert bool(flags) == (kind == "Flagged"), [str(flag) for flag in flags]


@pytest.mark.parametrize("name", all_rules())
def test_every_page_has_its_sections_and_both_kinds_of_example(name: str) -> None:
    rule = all_rules()[name]
    sections = dict(SECTION.findall(rule.doc))
    assert list(sections) == ["Why it matters", "Flagged", "Passes", "Write instead"]
    assert all(text.strip() for text in sections.values())
    assert BLOCK.search(sections["Flagged"])
    assert BLOCK.search(sections["Passes"])
    assert rule.summary.endswith(".")
    assert rule.authority


OF_ALL = {
    "__init__",
    "check",
    "disclosures",
    "recheck",
    "remarks",
    "rule",
}  # modules of no rule in particular


def test_every_check_is_named_by_a_page() -> None:
    folder = Path(rule_module.__file__).parent
    modules = {path.stem for path in folder.glob("*.py")} - OF_ALL
    assert {rule.module for rule in all_rules().values()} == modules


@pytest.mark.parametrize(
    ("line", "instead", "message"),
    [
        ("---\n", "", "1: no head; begin and end it with a line of three hyphens"),
        (
            "category: hype\n",
            "category: hypes\n",
            "3: category is unsupported, .* or record, not 'hypes'; did you mean 'hype'",
        ),
        ("category: hype\n", "", "1: the head has no category; add a line category: ..."),
        (
            "category: hype\n",
            "categry: hype\n",
            "3: nothing reads 'categry'; did you mean 'category'",
        ),
        (
            "severity: warning",
            "severity: warn",
            "4: severity is error, warning or note, not 'warn'; did you mean 'warning'",
        ),
        (
            "severity: warning",
            "severity warning",
            "4: 'severity warning' has no value; write name: value",
        ),
        (
            "verdict: overstated",
            "verdict: over",
            "5: verdict is supported, .*, not 'over'; write one of them",
        ),
        (
            "drafts: sentence",
            "drafts: yes",
            "7: drafts is no, sentence, covered, uncovered or document, not 'yes'; write",
        ),
        (
            "subject: occurrence",
            "subject: passage",
            "2: subject is occurrence, claim, .* or topic, not 'passage'",
        ),
        (
            "subject: occurrence",
            "subject: page\nkinds: harms",
            "3: kinds is benefits, .*, not 'harms'; did you mean 'harm'",
        ),
        (
            "subject: occurrence",
            "subject: page\nsmall: no",
            "3: small is yes, or is left out; delete the line",
        ),
        ("message:", "messages:", "nothing reads 'messages'; did you mean 'message'"),
        ("message: ", "authority: ", "1: the head has no message; add a line message: ..."),
        ("mild:", "soft:", "nothing reads 'soft'; delete the line"),
        (
            "phrases: praise",
            "phrases: prase",
            "there is no list claimbook/language/en/prase.txt; did you mean 'praise'",
        ),
        (
            "code: phrase_rules.check",
            "code: phrase_rules.chek",
            "phrase_rules.py has no function 'chek'; did you mean 'check'",
        ),
        (
            "code: phrase_rules.check",
            "code: phrase_rule.check",
            "phrase_rule.py, which is not there; did you mean 'phrase_rules'",
        ),
        (
            "code: phrase_rules.check\n",
            "",
            "1: the check is to be in claimbook/rules/hype.py, which is not there; write it, or",
        ),
    ],
)
def test_what_is_wrong_in_a_head_is_said_with_its_page(
    line: str, instead: str, message: str, tmp_path: Path
) -> None:
    page = Path(rule_module.__file__).with_name("pages").joinpath("hype.md").read_text()
    (tmp_path / "hype.md").write_text(page.replace(line, instead, 1))
    with pytest.raises(UserError, match=f"hype.md:.*{message}"):
        rule_from(tmp_path / "hype.md")
