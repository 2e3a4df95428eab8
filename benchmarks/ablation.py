"""What each number and each special case of matching is worth: `python benchmarks/ablation.py`.

Every number of the modules below is made neutral in turn, and every `if` of theirs is dropped in
turn (taken as false); then the passages of `tests/gold` are vetted again. A row tells how many
passages came out otherwise, and precision and recall of each set. What changes next to nothing
can go; drop several together before you believe it, as one may do the work of another.

CLAIMBOOK_SENTENCES may name a folder of further sets (YAML, as in `tests/gold`; `none` stands for
no category, `allow` for `also`). Pass parts of names to measure only those: `ablation.py NEAR`.
"""

import ast
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

import yaml

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from claimbook.loading.load import load  # noqa: E402
from claimbook.records import Base  # noqa: E402
from claimbook.vetting import candidates, citations, extraction, matching, vet  # noqa: E402
from claimbook.vetting.evaluation import Passage, Tally, raised_categories  # noqa: E402

MODULES = (candidates, extraction, citations, matching, vet)  # each may import from those before
NEUTRAL = {
    "NEAR": 0.0,
    "ON_OUTCOME": 0.0,
    "ON_TREATMENT": 0.0,
    "UNKNOWN": 0.0,
    "MIN_WORDS": 0,
    "MAX_PASSAGES": 10**9,
    "CLOSE": 0.0,
    "REACH": 10**9,
    "BESIDE": 2.0,
}

Sets = Mapping[str, list[Passage]]
Outcome = Mapping[tuple[str, str], tuple[object, ...]]  # by set and id what was made of a passage


def gold() -> dict[str, list[Passage]]:
    """The sets of passages by name."""
    folders = [ROOT / "tests" / "gold", os.environ.get("CLAIMBOOK_SENTENCES")]
    files = [path for folder in folders if folder for path in sorted(Path(folder).glob("*.yaml"))]
    sets = {}
    for path in files:
        data = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
        if isinstance(data, dict):  # the sentences on safety: risky, and harmless
            for name, texts in data.items():
                sets[name] = [Passage(text, text, name, frozenset()) for text in texts]
        else:
            sets[path.stem] = [
                Passage(
                    record["id"],
                    record["text"],
                    record["style"],
                    frozenset(record["expect"]) - {"none"},
                    frozenset(record.get("also") or record.get("allow") or ()),
                    bool(record.get("document")),
                )
                for record in data
            ]
    return sets


def outcome(sets: Sets, base: Base) -> Outcome:
    """What vetting makes of every passage: the categories raised, and the states of sentences."""
    vetter = vet.Vetter(base)
    vetted = {
        (name, passage.id): (passage, vetter.vet(passage.text))
        for name, passages in sets.items()
        for passage in passages
    }
    return {
        key: (raised_categories(passage, each), *(sentence.state for sentence in each.sentences))
        for key, (passage, each) in vetted.items()
    }


def row(label: str, sets: Sets, result: Outcome, reference: Outcome) -> str:
    """One row of the table."""
    cells = []
    for name, passages in sets.items():
        changed = sum(result[name, p.id] != reference[name, p.id] for p in passages)
        if name in ("risky", "harmless"):
            marked = sum(bool({"flagged", "look"} & {*result[name, p.id][1:]}) for p in passages)
            clean = sum("clean" in result[name, p.id] for p in passages)
            cells.append(f"{name} {changed:3}  marked {marked} clean {clean}")
            continue
        tally = Tally()
        for passage in passages:
            tally.add(bool(passage.expect), bool(result[name, passage.id][0]))
        scores = f"P {tally.precision or 0:.3f} R {tally.recall or 0:.3f}"
        cells.append(f"{name} {changed:3}  {scores}")
    return f"{label:60.60} {' | '.join(cells)}"


@contextmanager
def number(module: ModuleType, name: str) -> Iterator[None]:
    """A number made neutral wherever it was imported."""
    before = getattr(module, name)
    users = [other for other in MODULES if name in vars(other)]
    for user in users:
        setattr(user, name, NEUTRAL[name])
    yield
    for user in users:
        setattr(user, name, before)


@contextmanager
def branch(module: ModuleType, index: int) -> Iterator[None]:
    """A module with one of its conditions taken as false, and those after it made anew with it."""
    affected = MODULES[MODULES.index(module) :]
    before = [dict(vars(other)) for other in affected]
    for other in affected:
        tree = ast.parse(source(other))
        if other is module:
            node = conditions(tree)[index]
            node.test = ast.copy_location(ast.Constant(False), node.test)
        exec(compile(tree, str(other.__file__), "exec"), vars(other))
    try:
        yield
    finally:
        for other, names in zip(affected, before, strict=True):
            vars(other).clear()
            vars(other).update(names)


def source(module: ModuleType) -> str:
    """The source of a module."""
    return Path(str(module.__file__)).read_text(encoding="utf-8")


def conditions(tree: ast.AST) -> list[ast.If | ast.IfExp]:
    """Every condition of a module, in a fixed order."""
    return [node for node in ast.walk(tree) if isinstance(node, ast.If | ast.IfExp)]


def main(wanted: list[str]) -> None:
    """Print the table."""
    base, sets = load(ROOT), gold()
    reference = outcome(sets, base)
    print(row("as it is", sets, reference, reference))
    for module in MODULES:
        short = module.__name__.rpartition(".")[2]
        changes = {
            f"{short} {name} = {NEUTRAL[name]:g}": number(module, name)
            for name in NEUTRAL
            if f"\n{name} = " in source(module)
        } | {
            f"{short}:{node.lineno} {ast.unparse(node.test)}": branch(module, position)
            for position, node in enumerate(conditions(ast.parse(source(module))))
        }
        for label, change in changes.items():
            if wanted and not any(part in label for part in wanted):
                continue
            try:
                with change:
                    print(row(label, sets, outcome(sets, base), reference), flush=True)
            except (AttributeError, KeyError, TypeError, ValueError) as error:
                # A condition that guards what follows cannot be dropped.
                print(f"{label:60.60} {type(error).__name__}: {error}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
