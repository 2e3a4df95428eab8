"""Changes the judging code in small ways, one at a time, and lists the changes no test notices.

`make mutants` runs it; what the changes are is mutmut's. A change that no test can notice is listed
in `mutants.txt` with the reason: the exit status is 1 when another survives, or when one that is
listed does not. Names of mutants as arguments (`'claimbook.evidence*'`) try these again, and
compare only functions that were tried.
"""

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import libcst
from mutmut.__main__ import _run, walk_mutatable_files
from mutmut.mutation import file_mutation
from mutmut.mutation.data import SourceFileMutationData
from mutmut.mutation.diff_apply import get_diff_for_mutant
from mutmut.stats import status_by_exit_code

EXPLAINED = Path(__file__).with_suffix(".txt")


def mutate_decorated_functions() -> None:
    """Let mutmut change properties and remembered functions too, which it passes over."""
    skip = file_mutation.MutationVisitor._skip_node_and_children
    arrange = file_mutation.function_trampoline_arrangement

    def skip_undecorated(visitor: Any, node: libcst.CSTNode) -> Any:
        if isinstance(node, libcst.FunctionDef) and node.decorators:
            node = node.with_changes(decorators=[])
        return skip(visitor, node)

    def arrange_decorated(function: libcst.FunctionDef, mutants: Any, class_name: Any) -> Any:
        plain = function.with_changes(decorators=[])
        before, (chooser, *versions), after, names = arrange(plain, mutants, class_name)
        decorators = [*function.decorators, *chooser.decorators]
        return before, [chooser.with_changes(decorators=decorators), *versions], after, names

    file_mutation.MutationVisitor._skip_node_and_children = skip_undecorated
    file_mutation.function_trampoline_arrangement = arrange_decorated


def outcomes() -> Iterator[tuple[str, str, str]]:
    """Every mutant that was tried, with its status and, where it survives, its lines in a diff."""
    for path in walk_mutatable_files():
        data = SourceFileMutationData(path=path)
        data.load()
        for name, code in data.exit_code_by_key.items():
            if code is not None:
                status = status_by_exit_code[code]
                survives = status not in ("killed", "timeout")
                yield name, status, _change(name, path) if survives else ""


def _change(name: str, path: Path) -> str:
    """A changed function and its changed lines, which outlive the number of the mutant."""
    lines = get_diff_for_mutant(name, path=path).splitlines()
    changed = (line for line in lines if line[:1] in "+-" and line[:3] not in ("+++", "---"))
    words = (f"{line[0]} {line[1:].strip()}" for line in changed)
    return "\n".join([name.partition("__mutmut_")[0], *words])


def main(names: list[str]) -> int:
    """Run the mutants and compare the survivors with those that are explained."""
    mutate_decorated_functions()
    _run(names, None)
    entries = EXPLAINED.read_text(encoding="utf-8").split("\n\n") if EXPLAINED.exists() else []
    reasons = {entry.strip().rpartition("\n= ")[0] for entry in entries if "\n= " in entry}
    counts: Counter[tuple[str, str]] = Counter()
    survivors: dict[str, str] = {}
    tried: set[str] = set()
    for name, status, change in outcomes():
        counts[name.partition(".x")[0], status] += 1
        tried.add(name.partition("__mutmut_")[0])
        if change:
            survivors[change] = f"{name} ({status})"
    explained = {each for each in reasons if not names or each.partition("\n")[0] in tried}
    for (module, status), number in sorted(counts.items()):
        print(f"{module}: {number} {status}")
    for change in sorted(survivors.keys() - explained):
        print(f"\n{change}\n  is unexplained: {survivors[change]}")
    for change in sorted(explained - survivors.keys()):
        print(f"\n{change}\n  is explained, and does not survive")
    return int(survivors.keys() != explained)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
