"""What judges drafts in the browser: Python (Pyodide), and the engine with the base.

Both are scripts that hold packed files as text, as a page opened from disk can load nothing else.
"""

import ast
import base64
import gzip
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

import claimbook
from claimbook.loading.serialize import for_vetting, pack
from claimbook.site.file_formats import sha256, zipped
from claimbook.vetting.browser import BASE, LINES, VERSIONS
from claimbook.vetting.receipts import versions
from claimbook.vetting.safety_box import told
from claimbook.vetting.vet import Vetter

PINS = Path(__file__).parents[2].resolve() / "requirements"  # the version, and its hash
MODULES = ("pyodide.mjs", "pyodide.asm.mjs")  # of Pyodide, and its data
DATA = ("pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json")
PACKAGE = Path(claimbook.__file__).parent
LIBRARIES = {  # pure Python: project, package
    "jinja2": "jinja2",
    "markdown-it-py": "markdown_it",
    "markupsafe": "markupsafe",
    "mdurl": "mdurl",
}
LICENCES = {
    name: "BSD-3-Clause" if name in ("jinja2", "markupsafe") else "MIT" for name in LIBRARIES
}


class NotHereError(RuntimeError):
    """Python for the browser is not at hand and cannot be had; the message says why."""


def checker(vetter: Vetter, root: Path) -> tuple[dict[str, bytes], dict[str, Any]]:
    """The scripts of a base, whose folder is *root*, by their address; and where they are.

    That is the script of Pyodide, that of the engine and the base, and their megabytes.

    Raises:
        NotHereError: the pinned package is not at hand and npm cannot bring it.
    """
    package = pyodide()
    python = _packed_python(package)
    engine = _script({"engine.zip": archive(vetter, root)})
    version = sha256(engine)[:12]  # so that no browser keeps a stale copy
    files = {
        f"assets/vendor/pyodide-{_version(package)}.js": python,
        f"assets/vendor/claimbook-{version}.js": engine,
    }
    size = round(sum(map(len, files.values())) / 1_000_000)
    page = dict(zip(("python", "engine", "megabytes"), (*files, size), strict=True))
    licences = (PINS / "licenses").glob("*.txt")
    return {
        **files,
        **{f"assets/vendor/LICENSE-{path.name}": path.read_bytes() for path in licences},
    }, page


@cache
def _packed_python(package: Path) -> bytes:
    """The script of Pyodide: its two modules as one plain program, and its data.

    Browsers start no worker that is a module from a page opened from disk.
    """
    program = b"\n".join((package / name).read_bytes() for name in MODULES)
    program, bound = re.subn(
        rb"export\{(\w+) as loadPyodide\b.*?\}", rb"const loadPyodide=\1", program
    )
    program, dropped = re.subn(rb"export default _createPyodideModule;", b"", program)
    if (bound, dropped) != (1, 1):
        raise NotHereError(f"{' and '.join(MODULES)} export something else than expected")
    program = program.replace(b"import.meta.url", b"self.location.href")
    return _script(
        {"program.js": program, **{name: (package / name).read_bytes() for name in DATA}}
    )


def _script(files: Mapping[str, bytes]) -> bytes:
    """Files as a script that keeps them by name, compressed, as text."""
    packed = {
        name: base64.b64encode(gzip.compress(content, 6, mtime=0)).decode()
        for name, content in files.items()
    }
    parts = "globalThis.claimbookParts"
    return f"{parts}={{...{parts},...{json.dumps(packed)}}}\n".encode()


def pyodide() -> Path:
    """The folder of the pinned package, which npm fetches once and checks against its hash."""
    held = PINS / "node_modules" / "pyodide"
    pins = json.loads((PINS / "package.json").read_text(encoding="utf-8"))
    wanted = pins["dependencies"]["pyodide"]
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
        command.append(f"--cache={folder}/cache")  # a home folder may be none to write into
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
    return str(version) if all((package / name).is_file() for name in (*MODULES, *DATA)) else None


def archive(vetter: Vetter, root: Path) -> bytes:
    """The engine, its libraries and the packed base, as a zip file of always the same bytes."""
    paths = (
        *_modules(), *PACKAGE.rglob("*.txt"), *PACKAGE.glob("rules/pages/*.md"),
        PACKAGE / "language" / "en" / "likeness.json",
        PACKAGE / "vetting" / "templates" / "report.html.jinja",
    )  # fmt: skip
    parts = [(path.relative_to(PACKAGE.parent).as_posix(), path.read_bytes()) for path in paths]
    reviewed = any((root / "reviews").glob("*.yaml"))
    judged_by = json.dumps(versions(root) | {"reviewed": reviewed})
    packed = {
        BASE: pack(for_vetting(vetter.base)),
        LINES: json.dumps(told(vetter.disclosure_lines)),
        VERSIONS: judged_by,
    }
    written = {name: text.encode() for name, text in packed.items()}
    return zipped({**dict([*parts, *_libraries()]), **written})


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
    modules: set[Path] = set()
    queue = [PACKAGE / "vetting" / "browser.py", *(PACKAGE / "rules").glob("*.py")]
    while queue:
        path = queue.pop()
        if path in modules or not path.is_file():
            continue
        modules.add(path)
        queue += [up / "__init__.py" for up in path.parents if up.is_relative_to(PACKAGE)]
        for node in _run(ast.parse(path.read_bytes())):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(PACKAGE.name):
                inside = PACKAGE.joinpath(*str(node.module).split(".")[1:])
                names = [f"{alias.name}.py" for alias in node.names]
                queue += [inside.with_suffix(".py"), *(inside / n for n in ("__init__.py", *names))]
    return modules


def _run(node: ast.AST) -> Iterator[ast.AST]:
    """The statements of a syntax tree, without those that only a type checker reads."""
    if not (isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"):
        yield node
        for child in ast.iter_child_nodes(node):
            if not isinstance(child, ast.expr):  # no import stands in one
                yield from _run(child)
