"""Figures in sentences, read as values."""

import time
from collections.abc import Callable

import pytest

from claimbook.language import discourse, sentences
from claimbook.language.quantities import Quantities, counted
from claimbook.language.safety import Safety
from claimbook.language.strength import wording
from claimbook.records import Amount, Share, Value

quantities = Quantities()


def shown(value: Value) -> str:
    assert isinstance(value, Share | Amount)
    count = f" ({value.count} of {value.total})" if isinstance(value, Share) and value.total else ""
    return value.text + count


@pytest.mark.parametrize(
    ("sentence", "values"),
    [
        ("It is warm.", []),
        # by how much something changes is the share of nobody
        ("41% to 75% less pain.", ["41 to 75% change"]),
        ("It cut pain by up to 70%.", ["up to 70% change"]),
        ("A 50% reduction in days.", ["50% change"]),
        ("75% of people had a 50% drop.", ["75%", "50% change"]),
        ("It was reported by 95% of people.", ["95%"]),
        ("Most got better.", [">50%"]),
        ("One of the most modern clinics; it is most useful early.", []),
        ("71.4% got better.", ["71.4%"]),
        ("Up to 77% got better.", ["up to 77%"]),
        ("More than 77% got better.", [">77%"]),
        ("At least 7% did.", [">=7%"]),
        ("Fewer than 7 percent did.", ["<7%"]),
        ("No more than 7 per cent did.", ["<=7%"]),
        ("About 7% did.", ["about 7%"]),
        ("10 to 20% did.", ["10 to 20%"]),
        ("71% did (95% CI 60 to 82%).", ["71%"]),
        ("71% did (90 % credible interval: 60–82%).", ["71%"]),
        ("The odds ratio was 3.1, 95% confidence interval 1.2 to 8.", []),
        ("The 95% range was from 2 to 9.", []),
        ("95% of people were within limits.", ["95%"]),
        ("71.4% of 77 people did.", ["71.4% (55 of 77)"]),
        ("71.4% of 77 baths were cold.", ["71.4%"]),
        ("55 (71.4%) did.", ["71.4% (55 of 77)"]),
        ("55/77 (71.4%) did.", ["71.4% (55 of 77)"]),
        ("Most (55/77, 71%) did.", ["71% (55 of 77)", ">50%"]),
        ("71.4% (n = 55/77) did.", ["71.4% (55 of 77)"]),
        ("It rose to 165/100 (44%).", ["44%"]),
        ("Open 24/7, 50% off.", ["50%"]),
        ("55 of 77 did.", ["71.4% (55 of 77)"]),
        ("55 of 77% did.", ["77%"]),
        ("About 36 in 100 did.", ["36 in 100"]),
        ("36 in 100 did.", ["36 in 100"]),
        ("36 of 100 did.", ["36.0% (36 of 100)"]),
        ("8 to 19 in 100 did.", ["8 to 19 in 100"]),
        ("8 to 19 of 77 did.", ["10.39 to 24.68%"]),
        ("About 55 of 77 did.", ["about 71.43%"]),
        ("Up to 77 of every 100 did.", ["up to 77%"]),
        ("More than 77 in 100 did.", [">77%"]),
        ("Three in four did.", ["70 to 80%"]),
        ("About three in four did.", ["70 to 80%"]),
        ("Up to three in four did.", ["up to 75%"]),
        ("Twenty-five in a hundred did.", ["25 in 100"]),
        ("A third did.", ["30 to 37%"]),
        ("Over a third did.", [">33.3%"]),
        ("On behalf of all", []),
        ("62,5 pct did.", ["62.5%"]),
        ("Forty-two point five per cent did.", ["42.5%"]),
        ("Half of one percent did.", ["0.5%"]),
        ("60% to 70% did.", ["60 to 70%"]),
        ("Sixty or seventy percent did.", ["60 to 70%"]),
        ("60 percent up to 70 percent did.", ["60 to 70%"]),
        ("85%+ did.", [">=85%"]),
        ("85% or more did.", [">=85%"]),
        ("5% or fewer did.", ["<=5%"]),
        ("No fewer than 60% did.", [">=60%"]),
        ("Not more than 60% did.", ["<=60%"]),
        ("In excess of 60% did.", [">60%"]),
        ("As high as 60% did.", ["up to 60%"]),
        ("60ish percent did.", ["about 60%"]),
        ("8/10 patients did.", ["78 to 82%"]),
        ("It is open 24/7 and 8/10 of the time.", []),
        ("One woman in eight did.", ["10 to 15%"]),
        ("One patient in three weeks did.", ["3 week"]),
        ("Eight times out of ten it did.", ["78 to 82%"]),
        ("An eighth of them did.", ["10 to 15%"]),
        ("Less than half did.", ["<50%"]),
        ("Under a third did.", ["<33.5%"]),
        ("At least three quarters did.", [">=75%"]),
        ("Almost two thirds of all patients did.", ["60 to 73%"]),
        ("30% of all patients did.", ["30%"]),
        ("⅔ of them did.", ["60 to 73%"]),
        ("It is .5 mg/kg.", ["0.5 mg/kg"]),
        ("It is 2 000 mg.", ["2000 mg"]),
        ("On day 1 200 mg were given.", ["200 mg"]),
        ("It takes 2½ h.", ["2.5 h"]),
        ("It takes 1 1/2 hours.", ["1.5 h"]),
        ("It takes two and a half hours.", ["2.5 h"]),
        ("It takes an hour and a quarter.", ["1.25 h"]),
        ("It takes half an hour.", ["0.5 h"]),
        ("It takes three quarters of an hour.", ["0.75 h"]),
        ("It takes 40 minutes to 1 hour.", ["40 min to 1 h"]),
        ("It fell from 9 days to 5 days.", ["9 day", "5 day"]),
        ("It takes a couple of weeks.", ["2 week"]),
        ("It lasts two yrs or more.", [">=2 year"]),
        ("It lasts 2 yrs or more.", [">=2 year"]),
        ("It lasts twenty minutes at least.", [">=20 min"]),
        ("It takes 2 hours or longer.", [">=2 h"]),
        ("It lasts between one and two wks.", ["1 to 2 week"]),
        ("They had 4 ill days monthly.", ["4 day/month"]),
        ("Most people did.", [">50%"]),
        ("Everyone did.", ["100%"]),
        ("It does not help everyone.", ["<100%"]),
        ("It doesn’t help everyone.", ["<100%"]),
        ("It takes 40 minutes.", ["40 min"]),
        ("It takes 40 to 60 minutes.", ["40 to 60 min"]),
        ("It takes about an hour.", ["about 1 h"]),
        ("It takes 3+ days.", [">=3 day"]),
        ("It lasts for weeks.", [">=2 week"]),
        ("It works within hours.", ["0 to 24 h"]),
        ("Fifteen days a month", ["15 day/month"]),
        ("0.5 mg/kg for 40 min", ["0.5 mg/kg", "40 min"]),
        ("62·5% got better.", ["62.5%"]),
        ("62,5 % got better.", ["62.5%"]),
        ("It takes 1,5 hours.", ["1.5 h"]),
        ("In 2 groups, 5,6 and 7 did.", []),
        ("Sixty-two percent did.", ["62%"]),
        ("Sixty two per cent did.", ["62%"]),
        ("Forty to fifty percent did.", ["40 to 50%"]),
        ("Up to ninety percent did.", ["up to 90%"]),
        ("It fell by 20 percentage points, or 8 % points.", []),
        ("40–60 % did.", ["40 to 60%"]),
        ("40%‑60% did.", ["40 to 60%"]),
        ("Between 40 and 60% did.", ["40 to 60%"]),
        ("between 40% and 60% did", ["40 to 60%"]),
        ("In 2020 — 55 of 77 did.", ["71.4% (55 of 77)"]),
        (">15 days, ≥ 15 days, ≤15 days", [">15 day", ">=15 day", "<=15 day"]),
        ("~40 min or ca. 50 min", ["about 40 min", "about 50 min"]),
        ("p < 0.05", []),
        ("800 of 1\u202f200 people did.", ["66.7% (800 of 1200)"]),
        ("800 of 1'200 people did.", ["66.7% (800 of 1200)"]),
        ("800 of 1,200 people did.", ["66.7% (800 of 1200)"]),
        (
            "2 mg/min, 5 µg/kg/h and 3 mcg per kg per minute",
            ["2 mg/min", "5 ug/kg/h", "3 ug/kg/min"],
        ),
        ("300 micrograms an hour; 2 mg/kg/day", ["300 ug/h", "2 mg/kg/day"]),
        ("About 1 in 100, roughly 3 per 1,000", ["1 in 100", "3 in 1000"]),
        ("On 15 May 2024, 2024-05-15, May 15, 2024 and 15/05/2024", []),
        ("150% of people", []),
        ("9 of 7 did.", []),
        ("1" * 40 + "%", []),
    ],
)
def test_figures_of_a_sentence(sentence: str, values: list[str]) -> None:
    assert [shown(value) for value in quantities(sentence)] == values


@pytest.mark.parametrize(
    ("word", "number"), [("7", 7), ("1,200", 1200), ("Seven", 7), ("thirty-one", 31)]
)
def test_counted(word: str, number: int) -> None:
    assert counted(word) == number


@pytest.mark.parametrize(
    ("clause", "told"),
    [
        ("A series of 61 patients got better.", True),
        ("In a case series people got better.", True),
        ("A series of six footbaths works better than one.", False),
    ],
)
def test_what_tells_of_one_study(clause: str, told: bool) -> None:
    assert discourse.reports(clause) is told


def read_all(text: str) -> None:
    for clause in discourse.clauses(text):
        discourse.of_somebody(clause)
        discourse.distant(clause)
        discourse.modest(clause)
        discourse.reports(clause)


@pytest.mark.parametrize(
    "unit",
    [
        "1",
        "1,",
        "1 of ",
        "we do not say ",
        "you may read that ",
        "people on Reddit say ",
        "spent ",
        "— Ann, ",
        "!",
        "e.g. ",
        "some ",
        "word; ",
        "[a][",
        " " * 10,
    ],
)
@pytest.mark.parametrize(
    "read", [quantities, sentences.split, read_all, Safety().topic_at_risk, wording.__wrapped__]
)
def test_hostile_text_takes_linear_time(read: Callable[[str], object], unit: str) -> None:
    def spent(count: int) -> float:
        start = time.process_time()
        read(unit * count + "x.")
        return time.process_time() - start

    spent(250)
    assert spent(3_000) < 0.125 + 12 * spent(750)
