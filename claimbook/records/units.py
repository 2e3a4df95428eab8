"""Units as data: the general ones are in `units.txt`, a treatment's own in its vocabulary."""

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from claimbook.records.record import Written, computed


@dataclass(frozen=True, slots=True)
class Unit(Written):
    """A unit: what it measures, in how many base units, and how it is written.

    `written` are the forms in which copy has it, each `singular` or `singular|plural`; a rate
    ("mg/kg") without forms is written as its parts are. `said` is what the site writes.
    """

    id: str = field(metadata=computed("leave it out"))
    dimension: str
    factor: float = 1.0
    written: tuple[str, ...] = ()
    said: str = ""

    @property
    def forms(self) -> tuple[str, ...]:
        """Every form in which copy has it, the singular and the plural alike."""
        return tuple(form for pair in self.written for form in pair.split("|"))

    def after(self, number: str) -> str:
        """The unit as the site writes it after a number."""
        forms = self.said or next(iter(self.written), self.id)
        singular, _, plural = forms.partition("|")
        return singular if number == "1" else plural or singular


def _general() -> Iterable[Unit]:
    text = Path(__file__).with_name("units.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            name, dimension, factor, written, said = (part.strip() for part in line.split(";"))
            forms = tuple(form.strip() for form in written.split(",") if form.strip())
            number, _, by = factor.partition("/")
            yield Unit(name, dimension, float(Fraction(number) / Fraction(by or 1)), forms, said)


UNITS: Mapping[str, Unit] = {unit.id: unit for unit in _general()}
_DOSES = ("mass", "dose")  # how the dimensions start in which a wrong guess would change a dose


def unit_repair(written: str, units: Mapping[str, Unit]) -> str:
    """The repair for an unknown unit: the one with this form, or one that is spelt nearly so.

    A dose is never guessed at: "mcg" is a form of ug, and "mgc" could be either.
    """
    forms = {form.casefold(): unit for unit in units.values() for form in (*unit.forms, unit.id)}
    if unit := forms.get(written.casefold()):
        return f"did you mean {unit.id!r}?"
    parts = [forms.get(part.strip()) for part in written.casefold().split("/")]
    if (name := "/".join(unit.id for unit in parts if unit)) in units and all(parts):
        return f"did you mean {name!r}?"
    guesses = [form for form, unit in forms.items() if not unit.dimension.startswith(_DOSES)]
    if len(parts) == 1 and (
        near := difflib.get_close_matches(written.casefold(), guesses, n=1, cutoff=0.75)
    ):
        return f"did you mean {forms[near[0]].id!r}?"
    return f"one of {', '.join(units)}"
