"""Phrase lists: what a line matches, and that every shipped list compiles."""

import re
from importlib.resources import files
from pathlib import Path

import pytest

from claimbook.language import phrases as lists
from claimbook.language.phrases import TOKEN, PhraseTable, expanded, expression, pattern, phrases
from claimbook.records import UserError


@pytest.mark.parametrize(
    ("phrase", "text", "matched"),
    [
        ("promis*", "It promises relief.", "promises"),
        ("no … reason", "There is no good or bad reason here.", "no good or bad reason"),
        ("no … reason", "There is no. A reason here.", None),
        ("(great|huge) leap", "a huge leap", "huge leap"),
        ("(very )?low risk", "at low risk", "low risk"),
        ("^skip", "skip it", "skip"),
        ("^skip", "do not skip it", None),
        ("cure", "procure", None),
        ("cure", "a self-cure", None),
        ("cure", "curé", None),
        ("I", "I slept", "I"),
        ("I", "i.e. warm", None),
        ("ask <name>", "Ask Anna", "Ask Anna"),
        ("ask <name>", "Ask anybody", None),
        ("all <people>", "for all adults", "all adults"),
        ("not <numbers/all>", "Not everyone", "Not everyone"),
    ],
)
def test_what_a_phrase_matches(phrase: str, text: str, matched: str | None) -> None:
    found = re.search(expression(phrase), text, re.IGNORECASE)
    assert (found and found[0]) == matched


BY_WORD = ("ladder", "clauses")  # read by a table of phrases
LISTS = sorted(
    path.name.removesuffix(".txt")
    for path in files("claimbook.language").joinpath("en").iterdir()
    if path.name.endswith(".txt")
)


@pytest.mark.parametrize("name", LISTS)
def test_every_list_compiles_and_repeats_nothing(name: str) -> None:
    for section, lines in phrases(name).items():
        assert len(lines) == len(set(lines)), f"{name}: [{section}] repeats a phrase"
        if name not in BY_WORD:
            assert pattern(name, section).pattern


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("no-such-lst", None, "no-such-lst.txt: there is no such list; did you mean 'no-such-list'"),
        ("no-section", "# Words.\n\nhurry\n", "no-section.txt:3: the list has no section [strong]; write"),
        ("empty", "[strong]\n\n[weak]\nhurry\n", "empty.txt:1: the list has no section [strong]; write [strong] above its phrases"),
        ("misspelt", "[stronk]\nhurry\n", "misspelt.txt:1: the list has no section [strong]; did you mean 'stronk'"),
        ("open", "[strong]\nhurry\n\n(act|book now\n", "open.txt:4: '(act|book now' cannot be read: "),
        ("square", "[strong]\nact [now\n", "square.txt:2: 'act [now' cannot be read: "),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_list_is_said_with_its_line(
    name: str, text: str | None, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "_LISTS", tmp_path)
    (tmp_path / f"{name if text else 'no-such-list'}.txt").write_text(text or "", "utf-8")
    with pytest.raises(UserError) as told:
        pattern(name, "strong").search("Act now.")
    assert f"{tmp_path}/{message}" in str(told.value)


@pytest.mark.parametrize(
    ("line", "written_out"),
    [
        ("cure", ["cure"]),
        ("(a|b) c", ["a c", "b c"]),
        ("cure(s)?", ["cures", "cure"]),
        ("(a|b( c)?) d", ["a d", "b c d", "b d"]),
        ("every <people/person>", ["every patient", "every person"]),
    ],
)
def test_what_a_line_stands_for(line: str, written_out: list[str]) -> None:
    assert sorted(set(expanded(line))) == sorted(written_out)


TABLE = PhraseTable(
    {
        "plain": ["[in] may", r"may [\d+]"],
        "hedge": ["may", r"some (\w+ )?people"],
        "promise": ["risk-free", "100%"],
        "never": ["never"],
    }
)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("it may help", ["hedge"]),
        ("in may 2020", ["plain"]),
        ("may 2020", ["plain"]),
        ("some people", ["hedge"]),
        ("some older people", ["hedge"]),
        ("some older, warmer people", []),
        ("some", []),
        ("risk-free", ["promise"]),
        ("risk free", []),
        ("100 %", ["promise"]),
        ("never's", ["never"]),
        ("nevermore", []),
    ],
)
def test_the_longest_phrase_that_stands_at_a_word(text: str, kinds: list[str]) -> None:
    words = TOKEN.findall(text)
    matches = [TABLE.find(words, index) for index in range(len(words))]
    assert [match[0] for match in matches if match] == kinds
