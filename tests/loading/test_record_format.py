"""The layout of records: what it does to a text, what it keeps, and what it refuses."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from claimbook.loading.record_format import WIDTH, appended, formatted, replaced, reworded

LONG = "This sentence is too long to stay on the line of its key, " * 3 + "so it is folded."


@pytest.mark.parametrize(
    ("text", "laid_out"),
    [
        ("a: {b: c}\n", "a: {b: c}\n"),
        ("{a: {b: [c, d]}}\n", "a:\n  b: [c, d]\n"),
        ("a:\n- b\n- c\n", "a: [b, c]\n"),
        ("a: [{b: c}, {d: [e]}]\n", "a:\n  - {b: c}\n  - d: [e]\n"),
        ("# above\n\na: 1\n# between\nb: 'yes'\n", "# above\na: 1\n# between\nb: 'yes'\n"),
        ("a: []\nb: {}\n", "a: []\nb: {}\n"),
        ("is: yes\n", "is: yes\n"),
    ],
)
def test_layout(text: str, laid_out: str) -> None:
    assert formatted(text) == laid_out


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a:\n  # inside\n  b: c\n", "line 2: move this comment above a top-level key"),
        ("a: 1\n# after all\n", "move the last comment above a top-level key"),
        ("- a\n", "a record is a mapping of keys to values"),
        ("a: [\n", "while parsing"),
    ],
)
def test_what_would_lose_something_is_refused(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        formatted(text)


def test_long_text_is_folded_and_every_line_fits() -> None:
    laid_out = formatted(f"a:\n  - {{b: '{LONG}', c: [{', '.join(['word'] * 40)}]}}\n")
    assert max(map(len, laid_out.splitlines())) <= WIDTH
    assert yaml.safe_load(laid_out) == {"a": [{"b": LONG, "c": ["word"] * 40}]}


WORDS = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=12)
TEXTS = st.lists(WORDS, min_size=1, max_size=40).map(" ".join)
RECORDS = st.dictionaries(
    st.from_regex(r"[a-z]{1,8}", fullmatch=True),
    st.recursive(TEXTS, lambda part: st.lists(part, max_size=4), max_leaves=8),
    min_size=1,
)


@given(RECORDS)
def test_the_words_stay_and_a_second_time_changes_nothing(record: dict[str, object]) -> None:
    laid_out = formatted(yaml.safe_dump(record, allow_unicode=True))
    assert yaml.safe_load(laid_out) == record
    assert formatted(laid_out) == laid_out


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("b:   2\na: {x: 1}   # why\nc: |\n  kept\n", "b:   2\na: new   # why\nc: |\n  kept\n"),
        ("a:\n  x: 1\n  y: [é,\n    z]\n\n# of c\nc: 3", "a: new\n\n# of c\nc: 3"),
        ("a: >-\n  folded\n  text\n\nc: 3\n", "a: new\n\nc: 3\n"),
        ("a:\nc: 3\n", "a: new\nc: 3\n"),
        ("\ufeff# first\r\né: 1\r\na: 2\r\n", "\ufeff# first\r\né: 1\r\na: new\r\n"),
        ("{b: 1, a: {x: 2}, c: 3}\n", "{b: 1, a: new, c: 3}\n"),
        ("# first\nb: {a: 1}\n", "# first\na: new\nb: {a: 1}\n"),
    ],
)
def test_one_value_is_replaced_and_no_other_byte(text: str, after: str) -> None:
    assert replaced(text, "a", "new") == after


@pytest.mark.parametrize("text", ["a:\n  x: 1  # why\n  y: 2\n", "{b: 1}\n", "- a\n"])
def test_a_value_that_cannot_be_replaced_alone_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"write it by hand|a record is a mapping"):
        replaced(text, "a", "new")


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("# first\na:\n  - {x: 1}\n\n# of b\nb: 2\n",
         "# first\na:\n  - {x: 1}\n  - {x: yes, y: é}\n\n# of b\nb: 2\n"),
        ("a:\n  - x: >-\n      folded\n      text\n", "a:\n  - x: >-\n      folded\n      text\n  - {x: yes, y: é}\n"),
        ("a:\n  - {x: no} # why\nb: 2", "a:\n  - {x: no} # why\n  - {x: yes, y: é}\nb: 2\n"),
        ("b: 2\n", "b: 2\na:\n  - {x: yes, y: é}\n"),
    ],
)  # fmt: skip
def test_items_are_added_and_no_other_byte_changes(text: str, after: str) -> None:
    assert appended(text, "a", [{"x": True, "y": "é"}]) == after.replace("yes", "true")


@pytest.mark.parametrize("start", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_what_is_added_ends_its_lines_as_the_others_do(start: str, end: str) -> None:
    text = f"{start}a:{end}  - x: one{end}b: two{end}"
    assert appended(text, "a", [{"x": "new"}]) == (
        f"{start}a:{end}  - x: one{end}  - {{x: new}}{end}b: two{end}"
    )


@pytest.mark.parametrize("text", ["a: [1]\n", "a: 1\n", "a:\n    - 1\n", "- a\n"])
def test_what_cannot_be_added_to_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="write it by hand"):
        appended(text, "a", [{"x": LONG}])


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("# first\na:\n  - {x: old, y: 1}\n", '# first\na:\n  - {x: "new: or", y: 1}\n'),
        ("a:\n  - x: >-\n      old\n      words\n    y: yes # kept\n",
         'a:\n  - x: "new: or"\n    y: yes # kept\n'),
    ],
)  # fmt: skip
def test_words_are_replaced_at_a_path(text: str, after: str) -> None:
    assert reworded(text, {("a", 0, "x"): "new: or"}) == after
