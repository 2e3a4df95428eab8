"""What each clause of a passage holds: its words of the ladder, and what denies or asks it."""

import pytest

from claimbook.language.clauses import Clause, Mark, read_clauses

FLAGS = ("denies", "whether", "states", "asked", "confirmed", "silent")
PLACES = {"": "", "aside": " in aside", "condition": " in condition"}
Row = tuple[str, str, str, list[str]]


def display(mark: Mark) -> str:
    denied = " denied" * mark.denied
    predicate = f" in {mark.predicate}" if mark.predicate else ""
    return f"{'!' * mark.firm}{mark.word}={mark.step}{PLACES[mark.place]}{denied}{predicate}"


def row(clause: Clause, passage: str) -> Row:
    """Where it starts, how many words, and the first; what is so; its marks; what is denied."""
    return (
        f"{clause.start}:{clause.count} {clause.opening}",
        " ".join(flag for flag in FLAGS if getattr(clause, flag)),
        ", ".join(display(mark) for mark in clause.marks),
        [passage[start:end] for start, end in clause.denied],
    )


@pytest.mark.parametrize(
    ("passage", "denying", "rows"),
    [
        ("", False, []),
        (". , !", False, []),
        ("It helps.", False, [("0:2 it", "", "helps=5", [])]),
        (
            "It may help; it will cure.",
            False,
            [("0:3 it", "", "may=2, help=5", []), ("11:3 it", "", "!will=6, !cure=7", [])],
        ),
        (
            "It İs not a cure. It helps.",
            False,
            [
                ("0:5 it", "denies states silent", "!cure=7 denied", ["not a cure"]),
                ("16:2 it", "", "helps=5", []),
            ],
        ),
        (
            "It helps, but it may not cure you, and it works.",
            False,
            [
                ("0:2 it", "", "helps=5", []),
                ("10:8 it", "denies silent", "may=2, !cure=7 denied, works=5", ["not cure you"]),
            ],
        ),
        (
            "Although it is cold, it may help.",
            False,
            [("0:3 it", "states", "", []), ("19:3 it", "", "may=2, help=5", [])],
        ),
        (
            "It is cold, although it helps.",
            False,
            [("0:3 it", "states", "", []), ("12:2 it", "", "helps=5", [])],
        ),
        ("Though, it helps.", False, [("6:2 it", "", "helps=5", [])]),
        (
            "Pain that may fade is helped.",
            False,
            [("0:6 pain", "states", "may=2 in aside, helped=5 in aside", [])],
        ),
        ("That it may help is known.", False, [("0:6 that", "states", "may=2, help=5", [])]),
        ("Trials show that it may help.", False, [("0:6 trials", "", "show=5, may=2, help=5", [])]),
        (
            "We say that it helps people who may not walk.",
            False,
            [("0:10 we", "", "helps=5", ["not walk"])],
        ),
        (
            "Ease for those who never failed to cure it.",
            False,
            [("0:8 ease", "", "ease=5, !cure=7 in aside denied", ["never ", "failed to cure it"])],
        ),
        (
            "People whom tea has not so so so so so cured",
            False,
            [("0:11 people", "states", "!cured=7 in aside", ["not so so so so so"])],
        ),
        (
            "It is not known whether it helps.",
            False,
            [("0:6 it", "whether states silent", "not known=1, helps=5 in condition", [])],
        ),
        (
            "Whether it helps is unclear.",
            False,
            [("0:5 whether", "states", "helps=5 in condition, unclear=1 in condition", [])],
        ),
        (
            "If it may help, it helps.",
            False,
            [("0:6 if", "", "may=2 in condition, help=5 in condition, helps=5", [])],
        ),
        (
            "It is used, where it helps, well.",
            False,
            [("0:7 it", "states", "helps=5 in aside", [])],
        ),
        ("It is used where it helps.", False, [("0:6 it", "states", "helps=5 in condition", [])]),
        (
            "It will not cure.",
            False,
            [("0:4 it", "denies silent", "!will=6 denied, !cure=7 denied", ["not cure"])],
        ),
        (
            "Tea (not water) helps and does not scald.",
            False,
            [("0:8 tea", "denies silent", "helps=5", ["not water", "not scald"])],
        ),
        ("It cures nothing.", False, [("0:3 it", "denies silent", "!cures=7 denied", ["nothing"])]),
        (
            "It may not cure.",
            False,
            [("0:4 it", "denies silent", "may=2, !cure=7 denied", ["not cure"])],
        ),
        (
            "People who can not walk will be cured.",
            False,
            [("0:8 people", "", "!will=6, !cured=7", ["not walk "])],
        ),
        (
            "People who will not walk will be cured.",
            False,
            [("0:8 people", "", "!will=6 in aside denied, !will=6, !cured=7", ["not walk "])],
        ),
        (
            "It never helps. It has never cured you.",
            False,
            [
                ("0:3 it", "denies silent", "!never=6 denied, helps=5 denied", ["never helps"]),
                ("14:5 it", "denies states silent", "!cured=7 denied", ["never cured you"]),
            ],
        ),
        (
            "It has never cured and will never cure.",
            False,
            [
                (
                    "0:8 it",
                    "denies states silent",
                    "!cured=7 denied, !will=6, !never=6 denied, !cure=7 denied",
                    ["never cured ", "never cure"],
                )
            ],
        ),
        ("It will never scald.", False, [("0:4 it", "", "!will=6, !never=6", ["never scald"])]),
        (
            "Does it help? Yes. It works.",
            False,
            [
                ("0:3 does", "asked confirmed silent", "help=5", ["Does it help"]),
                ("12:1 yes", "", "", []),
                ("17:2 it", "", "works=5", []),
            ],
        ),
        (
            "Does it help? It does. Yes.",
            False,
            [
                ("0:3 does", "asked silent", "help=5", ["Does it help"]),
                ("12:2 it", "", "", []),
                ("21:1 yes", "", "", []),
            ],
        ),
        ("Yes. It helps.", False, [("0:1 yes", "", "", []), ("3:2 it", "", "helps=5", [])]),
        (
            "Will it not cure you?",
            False,
            [
                (
                    "0:5 will",
                    "denies asked silent",
                    "!will=6, !cure=7 denied",
                    ["Will it not cure you"],
                )
            ],
        ),
        ("What it is", False, [("0:3 what", "states silent", "", [])]),
        ("How baths help", False, [("0:3 how", "silent", "help=5", [])]),
        (
            "Not a cure, a promise or it: a miracle, the rest.",
            False,
            [
                (
                    "0:11 not",
                    "denies silent",
                    "!cure=7 denied, !miracle=7 denied",
                    ["Not a cure, a promise or it: a miracle"],
                )
            ],
        ),
        (
            "Not a cure – a promise.",
            False,
            [("0:5 not", "denies silent", "!cure=7 denied", ["Not a cure "])],
        ),
        (
            "It is risk-free, 100% safe and well-being-promising.",
            False,
            [("0:7 it", "states", "!risk-free=7, !100%=7", [])],
        ),
        (
            "It is not numb and it helps and cures.",
            False,
            [("0:9 it", "denies states silent", "helps=5, !cures=7", ["not numb "])],
        ),
        (
            "It can significantly help.",
            False,
            [("0:4 it", "", "can=4, !significantly=5, help=5", [])],
        ),
        (
            "Nothing works, nobody helps.",
            False,
            [
                (
                    "0:4 nothing",
                    "denies silent",
                    "works=5 denied, helps=5 denied",
                    ["Nothing works", "nobody helps"],
                )
            ],
        ),
        (
            "It does not numb nor cure.",
            False,
            [("0:6 it", "denies silent", "!cure=7 denied", ["not numb ", "nor cure"])],
        ),
        ("Unlike tea, it helps.", False, [("0:4 unlike", "", "helps=5", ["Unlike tea"])]),
        ("It is not only a cure.", False, [("0:5 it", "states", "!cure=7", [])]),
        (
            "It failed to cure or help him; he may sleep.",
            False,
            [
                (
                    "0:6 it",
                    "denies silent",
                    "!cure=7 denied, help=5 denied",
                    ["failed to cure or help him"],
                ),
                ("29:3 he", "", "may=2", []),
            ],
        ),
        (
            "What matters is not whether but how it helps.",
            False,
            [
                ("0:5 what", "denies whether states silent", "", ["not whether "]),
                ("28:3 how", "silent", "helps=5", []),
            ],
        ),
        (
            "It is no drug, unlike tea.",
            False,
            [("0:6 it", "denies states silent", "", ["no drug", "unlike tea"])],
        ),
        ("Not a cure: ", False, [("0:3 not", "denies silent", "!cure=7 denied", ["Not a cure"])]),
        (
            "It is not so so so so so so so so so so cured.",
            False,
            [
                (
                    "0:14 it",
                    "denies states silent",
                    "!cured=7 denied",
                    ["not so so so so so so so so so so cured"],
                )
            ],
        ),
        (
            "Where it helps, it may help well.",
            False,
            [("0:7 where", "", "helps=5 in condition, may=2, help=5", [])],
        ),
        ("—where it helps", False, [("0:3 where", "", "helps=5 in aside", [])]),
        (
            "It is not known whether it helps if it is cold.",
            False,
            [("0:10 it", "whether states silent", "not known=1, helps=5 in condition", [])],
        ),
        (
            "Unknown whether it helps.",
            False,
            [("0:4 unknown", "whether silent", "unknown=1, helps=5 in condition", [])],
        ),
        (
            "It is warm; although it may be cold, it helps.",
            False,
            [
                ("0:3 it", "states", "", []),
                ("12:4 it", "", "may=2", []),
                ("35:2 it", "", "helps=5", []),
            ],
        ),
        (
            "However, though it may be cold, it helps.",
            False,
            [("9:4 it", "", "may=2", []), ("30:2 it", "", "helps=5", [])],
        ),
        (
            "It is cold, but though it may be warm, it helps.",
            False,
            [
                ("0:3 it", "states", "", []),
                ("16:4 it", "", "may=2", []),
                ("37:2 it", "", "helps=5", []),
            ],
        ),
        (
            "Ongoing studies of how it eases pain",
            False,
            [
                ("0:2 ongoing studies", "", "ongoing studies=1", []),
                ("19:4 how", "silent", "eases=5", []),
            ],
        ),
        (
            "Early trials suggest that it may help.",
            False,
            [("0:7 early", "", "suggest=3, may=2, help=5", [])],
        ),
        (
            "It is unclear that it may help.",
            False,
            [("0:7 it", "states", "unclear=1, may=2, help=5", [])],
        ),
        (
            "It helps—or eases – and may cure - well.",
            False,
            [("0:8 it", "", "helps=5, eases=5, may=2 in 1, !cure=7 in 1", [])],
        ),
        ("It may help and eases.", False, [("0:5 it", "", "may=2, help=5, eases=5", [])]),
        ("And may help.", False, [("0:3 and", "", "may=2 in 1, help=5 in 1", [])]),
        ("It is no cure.", True, [("0:4 it", "states", "!cure=7", [])]),
        (
            "It is warm. It is no pill, a cure or a promise.",
            False,
            [
                ("0:3 it", "states", "", []),
                (
                    "10:9 it",
                    "denies states silent",
                    "!cure=7 denied",
                    ["no pill, a cure or a promise"],
                ),
            ],
        ),
        ("It will not cure.", True, [("0:4 it", "", "!will=6, !cure=7", [])]),
        ("It will never scald or burn.", True, [("0:6 it", "", "!will=6, !never=6", [])]),
        ("No relief, no cure.", True, [("0:4 no", "", "!cure=7", [])]),
        (
            "People whom tea has not helped",
            True,
            [("0:6 people", "states", "helped=5 in aside", [])],
        ),
    ],
)
def test_what_a_clause_holds(passage: str, denying: bool, rows: list[Row]) -> None:
    assert [row(clause, passage) for clause in read_clauses(passage, denying)] == rows


@pytest.mark.parametrize("step", range(8))
def test_facts_and_what_is_stronger_claim(step: int) -> None:
    assert Mark(step, "word").claims is (step >= 5)
