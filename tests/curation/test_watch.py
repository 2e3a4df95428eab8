"""Pages watched: edited copies of the invented pages, each with what becomes of its quotes."""

import json
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from conftest import WEIGHT_LOSS
from hypothesis import given
from hypothesis import strategies as st

from claimbook.cli import main
from claimbook.curation.watch import QuoteResult, State, WatchResult, selectors, watch
from claimbook.loading.load import load
from claimbook.records import Base

NORTH = "example-clinic-north"
BASE = load(WEIGHT_LOSS, snapshots=WEIGHT_LOSS / "snapshots")
TEXT = BASE.texts[NORTH]
PARAGRAPHS = TEXT.split("\n\n")
COMES_BACK = "Weight comes back once the shots stop."
QUOTE = "Weight comes back once the shots stop"


def watched(text: str, base: Base = BASE, read: bool = True) -> WatchResult:
    return watch(NORTH, text.encode(), base, BASE.texts if read else {})


def states(text: str, read: bool = True) -> Counter[State]:
    return Counter(each.state for each in watched(text, read=read).quotes)


def not_found(text: str, read: bool = True) -> dict[str, tuple[State, str]]:
    """What became of the quotes that are not found, and the nearest text, without headings."""
    return {
        each.recorded.quote: (each.state, each.now)
        for each in watched(text, read=read).quotes
        if each.state is not State.FOUND
    }


def swapped(first: str, second: str) -> str:
    """The page with two of its paragraphs changing places."""
    at = {
        start: next(n for n, p in enumerate(PARAGRAPHS) if p.startswith(start))
        for start in (first, second)
    }
    order = list(range(len(PARAGRAPHS)))
    order[at[first]], order[at[second]] = order[at[second]], order[at[first]]
    return "\n\n".join(PARAGRAPHS[number] for number in order)


def test_the_text_that_was_read() -> None:
    assert watched(TEXT).known
    assert not watched(TEXT).quotes


@pytest.mark.parametrize("read", [True, False])
@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace(" ", "  ").replace("\n", "\r\n"),
        lambda text: text.replace(". ", ".\n"),
        lambda text: f"A banner.\n\n{text}\n\nA footer.",
    ],
)
def test_white_space_and_more_text_leave_every_quote(
    change: Callable[[str], str], read: bool
) -> None:
    assert set(states(change(TEXT), read)) == {State.FOUND}


def test_curly_quotation_marks_are_plain_ones() -> None:
    south = BASE.texts["example-clinic-south"].replace("“", '"').replace("”", '"')
    result = watch("example-clinic-south", south.encode(), BASE, BASE.texts)
    assert not result.known
    assert {each.state for each in result.quotes} == {State.FOUND}


@pytest.mark.parametrize(
    ("old", "new", "now"),
    [
        ("comes back", "rarely comes back", "Weight rarely comes back once the shots stop."),
        # a figure, whose signs count, and signs that turn what is said
        ("9.8 kg", "98 kg", "In one trial, people given the weekly shot lost 98 kg in 68 weeks [1]."),
        ("(41%)", "(41)", "In the same trial 82 of 200 people (41) felt sick."),
        # the quote stays and its sentence says otherwise
        (COMES_BACK, f"It is not so that {COMES_BACK}", f"It is not so that {COMES_BACK}"),
    ],
)  # fmt: skip
def test_changed_words_are_shown_beside_the_nearest_text(old: str, new: str, now: str) -> None:
    assert old in TEXT
    found = not_found(TEXT.replace(old, new))
    assert set(found.values()) == {(State.CHANGED, now)}
    assert not [edit for each in watched(TEXT.replace(old, new)).quotes for edit in each.edits]


def test_without_the_text_that_was_read_the_words_around_a_quote_are_not_known() -> None:
    text = TEXT.replace(COMES_BACK, f"It is not so that {COMES_BACK}")
    assert not_found(text).keys() == {QUOTE}
    assert not not_found(text, read=False)
    assert not watched(text, read=False).whole


@pytest.mark.parametrize("read", [True, False])
def test_a_quote_does_not_stand_inside_a_longer_word(read: bool) -> None:
    assert QUOTE in not_found(TEXT.replace("Weight comes", "OverWeight comes"), read)


def test_a_sentence_that_is_gone() -> None:
    found = not_found(TEXT.replace(COMES_BACK, ""))
    assert {state for state, _ in found.values()} == {State.GONE}


@pytest.mark.parametrize("read", [True, False])
def test_an_emptied_page_has_lost_everything(read: bool) -> None:
    assert set(states("", read)) == {State.GONE}
    assert not watched("", read=read).new


def moved_passages(text: str) -> list[QuoteResult]:
    """The passages that moved, without headings."""
    moved = [each for each in watched(text).quotes if each.state is State.MOVED]
    return [each for each in moved if each.recorded.of != "passed over"]


def test_a_paragraph_moved_under_another_heading() -> None:
    text = swapped("The shot can lower", "In the same trial")
    assert set(states(text)) == {State.FOUND, State.MOVED}
    moved = moved_passages(text)
    assert {each.sections for each in moved} <= {
        ("Does it work?", "Side effects"),
        ("Side effects", "Does it work?"),
    }
    edits = {edit.words for each in moved for edit in each.edits}
    assert edits == {"Side effects", "Does it work?"}


def test_headings_removed() -> None:
    text = TEXT.replace("Side effects\n\n", "")
    assert {each.sections for each in moved_passages(text)} == {("Side effects", "Does it work?")}
    changed = [each for each in watched(text).quotes if each.state is State.CHANGED]
    assert [each.recorded.quote for each in changed] == ["Side effects"]
    assert changed[0].now == "Side effects are mild and pass quickly."


def test_new_sentences_are_named_with_their_line() -> None:
    line = TEXT.count("\n") + 1
    assert watched(f"{TEXT}Hair grows back.\n").new == ((line, "Hair grows back."),)


def test_a_new_text() -> None:
    result = watch("example-clinic-west", b"Something.", BASE, {})
    assert (result.page, result.known, result.quotes) == (None, False, ())


def test_a_text_under_another_name_is_known_by_its_digest() -> None:
    result = watch("download", TEXT.encode(), BASE, {})
    assert result.page is BASE.pages[NORTH]
    assert result.known
    other = watch("example-clinic-south", TEXT.encode(), BASE, {})
    assert other.page is BASE.pages["example-clinic-south"]
    assert not other.known


@given(st.permutations(PARAGRAPHS), st.booleans())
def test_shuffling_paragraphs_never_loses_a_quote(paragraphs: list[str], read: bool) -> None:
    assert set(states("\n\n".join(paragraphs), read)) <= {State.FOUND, State.MOVED}


ADDED = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=40)


@given(st.integers(0, TEXT.count(" ")), ADDED, st.booleans())
def test_adding_text_never_turns_found_to_gone(at: int, added: str, read: bool) -> None:
    words = TEXT.split(" ")
    words.insert(at, added)
    assert State.GONE not in states(" ".join(words), read)


def test_selectors_lead_back_to_the_words() -> None:
    text = f"A banner, ’tis.\n\n{TEXT}"
    for each in watched(text).quotes:
        for span in each.spans:
            quote, position = selectors(text, span)
            start, end = position["start"], position["end"]
            assert text[start:end] == quote["exact"]
            assert text[:start].endswith(quote["prefix"])
            assert text[end:].startswith(quote["suffix"])
            assert len(quote["prefix"]) <= 32 >= len(quote["suffix"])


# --- the command ----------------------------------------------------------------------------------


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the invented base, beside it the texts that were read and texts as they are now."""
    root = tmp_path / "base"
    shutil.copytree(WEIGHT_LOSS, root, ignore=shutil.ignore_patterns(".claimbook-cache"))
    shutil.copytree(root / "snapshots", tmp_path / "now")
    monkeypatch.setenv("CLAIMBOOK_SNAPSHOTS", str(root / "snapshots"))
    return root


def edit(root: Path, old: str, new: str) -> None:
    path = root.parent / "now" / f"{NORTH}.txt"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def run(root: Path, *arguments: str) -> Result:
    now = str(root.parent / "now")
    return CliRunner().invoke(main, ["watch", "--snapshots", now, "--root", str(root), *arguments])


def test_unchanged_texts_exit_0(base: Path) -> None:
    result = run(base)
    assert result.exit_code == 0
    assert result.output.count("the text that was read on 2001-12-31") == 3


def test_a_changed_word_names_the_line_and_exits_1(base: Path) -> None:
    edit(base, "comes back", "rarely comes back")
    result = run(base)
    assert result.exit_code == 1
    file = "claims/does-it-work/weight-comes-back.yaml"
    line = (base / file).read_text(encoding="utf-8").splitlines().index(f"    quote: {QUOTE}") + 1
    assert f"{NORTH}: not the text that was read on 2001-12-31" in result.output
    assert "        now: Weight rarely comes back once the shots stop.\n" in result.output
    assert f"    {file}:{line}: changed: {QUOTE}\n" in result.output


def test_apply_rewrites_signs_and_sections_and_never_words(base: Path) -> None:
    edit(base, "Weight comes back once", "Weight comes back, once")
    edit(base, "felt sick", "felt very sick")
    before = {path: path.read_bytes() for path in base.rglob("*.yaml")}
    result = run(base, "--apply")
    changed = [path for path, held in before.items() if path.read_bytes() != held]
    assert [path.name for path in changed] == ["weight-comes-back.yaml"]
    assert "wrote quote: " in result.output
    assert "comes back, once the shots stop" in changed[0].read_text(encoding="utf-8")
    again = run(base, "--format", "json")
    pages = {each["text"]: each for each in json.loads(again.output)["pages"]}
    counts = Counter(each["state"] for each in pages[NORTH]["quotes"])
    assert counts["changed"] == 1
    assert [each["key"] for each in pages[NORTH]["edits"]] == ["sha256"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["watch", "--root", str(WEIGHT_LOSS)], "name a TEXT"),
        (["watch", "missing.txt", "--root", str(WEIGHT_LOSS)], "missing.txt: No such file"),
        (["watch", "page.html", "--root", str(WEIGHT_LOSS)], "not the text of a page"),
    ],
)
def test_what_cannot_be_watched_exits_2(arguments: list[str], said: str) -> None:
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 2
    assert said in result.output
