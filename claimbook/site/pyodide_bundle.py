"""What the page "Check your copy" runs in the reader's browser, as files of the site: Python (Pyodide), and the engine with the base."""

import ast
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import claimbook
from claimbook.loading.serialize import for_vetting, pack
from claimbook.records import Base
from claimbook.site.context import Checker
from claimbook.vetting.browser import BASE

PINS = (
    Path(__file__).parents[2].resolve() / "requirements"
)  # package.json names the version, package-lock.json its hash
PYODIDE = (
    "pyodide.mjs",
    "pyodide.asm.mjs",
    "pyodide.asm.wasm",
    "python_stdlib.zip",
    "pyodide-lock.json",
)
PACKAGE = Path(claimbook.__file__).parent
LIBRARIES = {"markdown-it-py": "markdown_it", "mdurl": "mdurl"}  # pure Python: project, package


class NotHereError(RuntimeError):
    """Python for the browser is not at hand and cannot be had; the message says why."""


def checker(base: Base) -> tuple[dict[str, Path | bytes], Checker]:
    """The files by their address on the site, each as content or as a file to copy, and what the page has to know of them.

    Raises:
        NotHereError: the pinned package is not at hand and npm cannot bring it.
    """
    package = pyodide()
    folder = f"assets/vendor/pyodide-{_version(package)}"
    engine = archive(base)
    address = f"assets/vendor/claimbook-{hashlib.sha256(engine).hexdigest()[:12]}.zip"  # another engine, another address: no stale copy
    files: dict[str, Path | bytes] = {
        address: engine,
        **{f"{folder}/{name}": package / name for name in PYODIDE},
    }
    size = len(engine) + sum((package / name).stat().st_size for name in PYODIDE)
    return files, Checker(folder, address, round(size / 1_000_000))


def pyodide() -> Path:
    """The folder of the pinned package; the first time npm brings it and compares its hash, later nothing is asked of the network."""
    held = PINS / "node_modules" / "pyodide"
    wanted = json.loads((PINS / "package.json").read_text(encoding="utf-8"))["dependencies"][
        "pyodide"
    ]
    if _version(held) == wanted:
        return held
    npm = shutil.which("npm") or shutil.which("npm", path=os.fspath(Path(sys.executable).parent))
    if npm is None:
        raise NotHereError(
            f"Pyodide {wanted} is not here and there is no npm to bring it: make site sets up both"
        )
    with tempfile.TemporaryDirectory(prefix=".npm-", dir=PINS) as folder:
        for name in ("package.json", "package-lock.json"):
            shutil.copy(PINS / name, folder)
        command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        if done.returncode:
            raise NotHereError(f"npm could not bring Pyodide {wanted}:\n{done.stderr.strip()}")
        if _version(held) != wanted:  # another build may have been faster
            shutil.rmtree(held.parent, ignore_errors=True)
            (Path(folder) / "node_modules").rename(held.parent)
    return held


def _version(package: Path) -> str | None:
    try:
        version = json.loads((package / "package.json").read_text(encoding="utf-8"))["version"]
    except (OSError, ValueError):
        return None
    return str(version) if all((package / name).is_file() for name in PYODIDE) else None


def archive(base: Base) -> bytes:
    """The engine, its libraries and the packed base, as a zip file of always the same bytes."""
    parts = {
        path.relative_to(PACKAGE.parent).as_posix(): path.read_bytes()
        for path in (*_modules(), *PACKAGE.glob("*/en/*.txt"))
    }
    parts.update(_libraries())
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as zipped:
        for name, content in [*sorted(parts.items()), (BASE, pack(for_vetting(base)).encode())]:
            entry = zipfile.ZipInfo(name)  # which dates everything 1980
            entry.create_system = 3
            zipped.writestr(entry, content, zipfile.ZIP_DEFLATED, 9)
    return made.getvalue()


def _libraries() -> Iterator[tuple[str, bytes]]:
    """The modules of the libraries, without their command lines, and the licences of each."""
    for project, package in LIBRARIES.items():
        for file in metadata.files(project) or ():
            if file.name.startswith("LICENSE"):
                yield f"licenses/{project}/{file.name}", file.read_binary()
            elif file.suffix == ".py" and file.parts[0] == package and file.parts[1] != "cli":
                yield file.as_posix(), file.read_binary()


def _modules() -> set[Path]:
    """The modules that the checker needs: itself, every rule, and all that these import."""
    found: set[Path] = set()
    queue = [
        PACKAGE / "__init__.py",
        PACKAGE / "vetting" / "browser.py",
        *(PACKAGE / "rules").glob("*.py"),
    ]
    while queue:
        path = queue.pop()
        if path in found:
            continue
        found.add(path)
        queue += [
            parent / "__init__.py" for parent in path.parents if parent.is_relative_to(PACKAGE)
        ]
        for node in _run(ast.parse(path.read_bytes())):
            if (
                isinstance(node, ast.ImportFrom)
                and node.module
                and node.module.split(".")[0] == PACKAGE.name
            ):
                inside = PACKAGE.joinpath(*node.module.split(".")[1:])
                some = [
                    inside.with_suffix(".py"),
                    inside / "__init__.py",
                    *(inside / f"{alias.name}.py" for alias in node.names),
                ]
                queue += [one for one in some if one.is_file()]
    return found


def _run(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a syntax tree, without those that only a type checker reads."""
    if not (isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"):
        yield node
        for child in ast.iter_child_nodes(node):
            yield from _run(child)
