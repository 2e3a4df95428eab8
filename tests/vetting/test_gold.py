"""How well drafts are read, on passages whose faults are known."""

import json
import re
from collections import Counter
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from conftest import ROOT, WEIGHT_LOSS

from claimbook.cli import inputs, main
from claimbook.records import Category
from claimbook.vetting.evaluation import STYLES, Passage, Tally, passages, seeded
from claimbook.vetting.results import State
from claimbook.vetting.vet import Vetter

GOLD = ROOT / "tests" / "gold"


def gold(name: str) -> list[Passage]:
    return passages(yaml.load((GOLD / f"{name}.yaml").read_bytes(), Loader=yaml.CSafeLoader))


@pytest.fixture(scope="module")
def measured(vetter: Vetter) -> Any:
    """What the command in the README says, and says of the known set as well.

    What other tests read, too, is judged once for all of them.
    """
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (command,) = re.findall(r"`claimbook (measure tests/[^`]+)`", readme)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        patch.setattr(inputs, "load_vetter", lambda _: vetter)
        arguments = [*command.split(), "tests/gold/known.yaml", "--root", str(ROOT)]
        result = CliRunner().invoke(main, [*arguments, "--format", "json"])
    return json.loads(result.output)


def test_the_sets_are_sound() -> None:
    known, unseen = gold("known"), gold("unseen")
    both = known + unseen
    assert len({one.id for one in both}) == len({one.text for one in both}) == len(both)
    categories = {category.value for category in Category}
    for one in both:
        assert one.style in STYLES
        assert one.expect | one.also <= categories
        assert not one.expect & one.also
        assert (one.style == "clean") == (not one.expect) or one.document
    for style in STYLES:
        assert sum(one.style == style for one in both) >= len(both) / 5, style


# What was measured, with a little room: reading may get better, and a record that changes may move one passage, but not more.
@pytest.mark.parametrize(
    ("name", "precision", "recall", "plain"),
    [("known", 0.98, 0.8, 0.95), ("unseen", 0.95, 0.64, 0.89)],
)
def test_reading_gets_no_worse(
    name: str, precision: float, recall: float, plain: float, measured: Any
) -> None:
    overall = Tally(**measured[name]["overall"])
    assert (overall.precision or 0) >= precision
    assert (overall.recall or 0) >= recall
    assert (Tally(**measured[name]["by_style"]["plain"]).recall or 0) >= plain


def test_sentences_that_differ_in_one_change(vetter: Vetter) -> None:
    groups: dict[str, list[set[State]]] = {"dangerous": [], "harmless": [], "no promise": []}
    pairs = yaml.load((GOLD / "pairs.yaml").read_bytes(), Loader=yaml.CSafeLoader)
    for pair in pairs:
        for side, stance in zip("ab", pair["stances"], strict=True):
            states = {sentence.state for sentence in vetter.judge(pair[side]).sentences}
            groups["dangerous" if side in pair["dangerous"] else "harmless"].append(states)
            if pair["about"] == "benefit" and stance in {"denies", "doubts", "none", "open"}:
                groups["no promise"].append(states)
    assert [len(group) for group in groups.values()] == [67, 285, 82]

    def share(group: str, *states: State) -> float:
        """How many of a group have a sentence in one of the states, of 1."""
        return sum(not each.isdisjoint(states) for each in groups[group]) / len(groups[group])

    # What was measured, with a little room.
    assert share("dangerous", State.FLAGGED, State.LOOK) >= 0.92
    assert share("dangerous", State.CLEAN) <= 0.01
    assert share("harmless", State.FLAGGED) <= 0.15
    # Manner hardly tells the two apart; 62 of the 285 affirm a benefit, and so may be at fault.
    assert share("harmless", State.FLAGGED, State.LOOK) <= 0.352
    assert share("no promise", State.FLAGGED) <= 0.1


@pytest.mark.parametrize(
    ("name", "sizes", "marked", "flagged", "looked"),
    [  # of the dangerous ones, then of the others: those that were looked at, and those that were not
        ("danger", [58, 62, 43, 37], (57, 56), (0, 0), (1, 8)),
        ("danger-plain", [42, 38, 21, 24], (41, 38), (0, 1), (3, 9)),
        ("danger-indirect", [40, 40, 23, 22], (38, 37), (1, 1), (7, 2)),
        ("danger-mixed", [0, 100, 0, 80], (0, 87), (0, 0), (0, 26)),
    ],
)
def test_danger_in_the_manner_of_clinics(
    vetter: Vetter,
    name: str,
    sizes: list[int],
    marked: tuple[int, int],
    flagged: tuple[int, int],
    looked: tuple[int, int],
) -> None:
    rows = yaml.load((GOLD / f"{name}.yaml").read_bytes(), Loader=yaml.CSafeLoader)
    states = [{sentence.state for sentence in vetter.judge(row["text"]).sentences} for row in rows]

    def count(dangerous: bool, seen: bool, *wanted: State) -> int:
        """How many have a sentence in one of the states."""
        return sum(
            not found.isdisjoint(wanted)
            for row, found in zip(rows, states, strict=True)
            if (row["dangerous"], row["seen"]) == (dangerous, seen)
        )

    assert [count(*group, *State) for group in product((True, False), (True, False))] == sizes
    for seen, *measured in zip((True, False), marked, flagged, looked, strict=True):
        assert count(True, seen, State.FLAGGED, State.LOOK) >= measured[0]
        assert count(True, seen, State.CLEAN) == 0
        assert count(False, seen, State.FLAGGED) <= measured[1]
        assert count(False, seen, State.LOOK) <= measured[2]


def test_pieces_of_copy(vetter: Vetter) -> None:
    """Sentences are read where they stand, among others."""
    marked, found = {State.FLAGGED, State.LOOK}, list[tuple[str, set[State]]]()
    for piece in yaml.load((GOLD / "pieces.yaml").read_bytes(), Loader=yaml.CSafeLoader):
        spans, text = [], ""
        for sentence in piece["sentences"]:
            spans.append((len(text), len(text) + len(sentence["text"]), sentence["label"]))
            text += sentence["text"] + "\n\n"
        read = vetter.judge(text).sentences
        found += (
            (label, {each.state for each in read if each.start < end and each.end > start})
            for start, end, label in spans
        )
    assert Counter(label for label, _ in found) == {"danger": 43, "overclaim": 36, "sound": 129}
    counts = Counter(label for label, states in found if states & marked)
    # What was measured, with a little room.
    assert counts["danger"] >= 35
    assert counts["overclaim"] >= 25
    assert counts["sound"] <= 21
    assert not any(label == "danger" and State.CLEAN in states for label, states in found)


def test_what_pages_say_in_other_words(vetter: Vetter) -> None:
    """None of these pages is among those whose sentences the engine learnt from."""
    marked, counts = {State.FLAGGED, State.LOOK}, Counter[tuple[str, bool]]()
    for row in yaml.load((GOLD / "reworded.yaml").read_bytes(), Loader=yaml.CSafeLoader):
        states = {sentence.state for sentence in vetter.judge(row["text"]).sentences}
        counts[row["label"], not states.isdisjoint(marked)] += 1
        assert row["label"] == "sound" or State.CLEAN not in states, row["text"]
    shares = {
        label: counts[label, True] / (counts[label, True] + counts[label, False])
        for label in ("danger", "overclaim", "sound")
    }
    assert shares["danger"] >= 0.76
    assert shares["overclaim"] >= 0.72
    assert shares["sound"] <= 0.2


def shares(vetter: Vetter, file: str, section: str) -> Callable[..., float]:
    """Of groups of sentences, by their sides, the share that came out in some state."""
    groups = yaml.load((GOLD / f"{file}.yaml").read_bytes(), Loader=yaml.CSafeLoader)[section]
    states = [
        (side, {sentence.state for sentence in vetter.judge(text).sentences})
        for group in groups
        for side, text in group.items()
    ]

    def share(sides: set[str], *wanted: State) -> float:
        found = [each for side, each in states if side in sides]
        return sum(not each.isdisjoint(wanted) for each in found) / len(found)

    return share


@pytest.mark.parametrize(
    ("name", "undone", "flagged", "marked"),
    [("seen", 0.48, 0.034, 0.27), ("unseen", 0.34, 0.016, 0.295)],
)
def test_careful_sentences_and_the_change_that_undoes_them(
    vetter: Vetter, name: str, undone: float, flagged: float, marked: float
) -> None:
    """Most of what undoes care is known only to who knows the facts, such as "two" for "twenty"."""
    share = shares(vetter, "riders", name)
    assert share({"undone"}, State.FLAGGED, State.LOOK) >= undone
    assert share({"undone"}, State.CLEAN) == 0
    assert share({"careful", "other"}, State.FLAGGED) <= flagged
    assert share({"careful", "other"}, State.FLAGGED, State.LOOK) <= marked


@pytest.mark.parametrize(
    ("name", "twisted", "flagged", "marked"),
    [("seen", 0.67, 0.03, 0.22), ("unseen", 0.65, 0.06, 0.4)],
)
def test_limits_that_are_weaker_than_authorities_ask(
    vetter: Vetter, name: str, twisted: float, flagged: float, marked: float
) -> None:
    share = shares(vetter, "limits", name)
    assert share({"twisted"}, State.FLAGGED, State.LOOK) >= twisted
    assert share({"twisted"}, State.CLEAN) == 0
    assert share({"sound"}, State.FLAGGED) <= flagged
    assert share({"sound"}, State.FLAGGED, State.LOOK) <= marked


def test_numbers_that_limit_nothing(vetter: Vetter) -> None:
    rows = yaml.load((GOLD / "limits.yaml").read_bytes(), Loader=yaml.CSafeLoader)["neutral"]
    states = Counter(vetter.judge(row).sentences[0].state for row in rows)
    assert states[State.FLAGGED] <= 1
    assert states[State.LOOK] <= 8


def test_the_readme_tells_how_to_measure(measured: Any) -> None:
    assert set(measured) == {"unseen", "known"}


def test_seeded_faults(vetter: Vetter) -> None:
    def made(text: str) -> dict[str, str]:
        return dict(seeded(vetter.judge(text), vetter))

    assert made("Chronic migraine means headache on 15 or more days per month.") == {
        "number": "Chronic migraine means headache on 27 or more days per month."
    }
    approval = made("Ketamine is not FDA-approved for migraine.")
    assert approval["not"] == "Ketamine is FDA-approved for migraine."
    assert not made("Parking is free.")
    assert made("Ketamine nasal spray may make a prolonged aura less severe.") == {
        "hedge": "Ketamine nasal spray will make a prolonged aura less severe.",
        "treatment": "Spravato may make a prolonged aura less severe.",
        "route": "IV ketamine may make a prolonged aura less severe.",
    }


def test_seeded_faults_in_the_passages_of_pages(
    vetter: Vetter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inputs, "load_vetter", lambda _: vetter)
    arguments = ["measure", "--pages", "--root", str(ROOT), "--format", "json"]
    result = CliRunner().invoke(main, arguments)
    seeded = json.loads(result.output)["pages"]["seeded"].values()
    assert sum(made for _, made in seeded) >= 35
    assert sum(caught for caught, _ in seeded) >= 0.5 * sum(made for _, made in seeded)
    assert CliRunner().invoke(main, ["measure", "--root", str(ROOT)]).exit_code == 2


def test_command(tmp_path: Path) -> None:
    some = tmp_path / "some.yaml"
    some.write_text(
        "- {id: a, text: The tablets cure obesity., style: plain, expect: [unsafe-absolute]}\n",
        encoding="utf-8",
    )
    result = CliRunner().invoke(
        main, ["measure", str(some), "--root", str(WEIGHT_LOSS), "--format", "json"]
    )
    assert json.loads(result.output)["some"]["overall"] == {"right": 1, "wrong": 0, "missed": 0}
    assert (
        "1 passage\n"
        in CliRunner().invoke(main, ["measure", str(some), "--root", str(WEIGHT_LOSS)]).output
    )
    some.write_text("- {id: a}\n", encoding="utf-8")
    assert (
        CliRunner().invoke(main, ["measure", str(some), "--root", str(WEIGHT_LOSS)]).exit_code == 2
    )
