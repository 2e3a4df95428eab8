"""The pages for developers hold: their commands exist and print what they say, their paths are there."""

import doctest
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import chdir
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from conftest import ROOT

from claimbook.cli import main
from claimbook.loading.schemas import schemas

DEVELOPMENT = sorted((ROOT / "docs" / "development").glob("*.md"))
CURATION = sorted((ROOT / "docs" / "curation").glob("*.md"))
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *DEVELOPMENT, *CURATION]
STEPS = [ROOT / "docs" / "development" / "how-to-add.md", *CURATION]  # pages of steps, in order
ON_FIRST_BASE = {"PYTHONPATH": str(ROOT), "CLAIMBOOK_ROOT": "."} | dict.fromkeys(
    ("CLAIMBOOK_SNAPSHOTS", "CLAIMBOOK_FIGURES"), ""
)
THEN = "2002-01-01T12:00+0000"  # when the base that steps are taken on was committed
FENCE = re.compile(
    r"^(?P<ticks>`{3,})(?P<language>\w*)\n(?P<body>.*?)^(?P=ticks)$", re.DOTALL | re.MULTILINE
)
STEP = re.compile(
    r"^A new file `(?P<new>[^`]+)`:$"
    r"|^At the end of `(?P<end>[^`]+)`:$"
    r"|^After the line `(?P<line>[^`]+)` of `(?P<after>[^`]+)`:$"
    r"|^In `(?P<in>[^`]+)`, replace `(?P<old>[^`]+)` with `(?P<by>[^`]+)`"
    rf"|{FENCE.pattern}",
    re.DOTALL | re.MULTILINE,
)


def commands(page: Path) -> Iterator[str]:
    """The commands in the code fences of a page, without their prompts and comments."""
    for _, language, body in FENCE.findall(page.read_text(encoding="utf-8")):
        if language in ("sh", "console"):
            for line in body.splitlines():
                if language == "sh" or line.startswith("$ "):
                    yield line.removeprefix("$ ").partition(" #")[0].strip()


def parts(line: str) -> Iterator[list[str]]:
    """The words of each command of a line, without variables that are set before it."""
    for part in line.split("|"):
        words = shlex.split(part)
        while words and re.match(r"[A-Z_]+=", words[0]):
            words.pop(0)
        if words:
            yield words


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_exist(page: Path) -> None:
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    for words in (words for line in commands(page) for words in parts(line)):
        name, *rest = words
        if name == "make":
            assert {word for word in rest if "=" not in word} <= set(targets), words
        elif Path(name).name == "claimbook":
            command = main.get_command(click.Context(main), rest[0])
            assert command, words
            options = {option for parameter in command.params for option in parameter.opts}
            given = {word.partition("=")[0] for word in rest[1:] if re.match("--?[a-z]", word)}
            assert given <= options | {"--help"}, words


@pytest.mark.parametrize("page", DEVELOPMENT, ids=lambda page: page.name)
def test_paths_exist(page: Path) -> None:
    """Files of the project are there, and names in brackets behind one are in it."""
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    made = set(re.findall(r"^A new file `([^`]+)`", text, re.MULTILINE))
    folders = "|".join(path.name for path in ROOT.iterdir() if path.is_dir())
    for path, names in re.findall(
        rf"`((?:{folders})/[^`*<]*)`(?:,? \(?((?:`\w+`(?:, )?)+))?", text
    ):
        assert path in made or (ROOT / path).exists(), path
        for name in re.findall(r"`(\w+)`", names):
            assert re.search(rf"\b{name}\b", (ROOT / path).read_text(encoding="utf-8")), path


def test_one_sentence_takes_the_way_that_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    page = ROOT / "docs" / "development" / "one-sentence.md"
    results = doctest.testfile(str(page), module_relative=False)
    assert results.attempted > 30
    assert not results.failed


@pytest.mark.parametrize("page", STEPS, ids=lambda page: page.name)
def test_steps_print_what_they_say(page: Path, tmp_path: Path) -> None:
    """Write the files of a page, and run its commands, beside a base that somebody committed."""
    engine = ROOT if page in CURATION else tmp_path  # which other pages add to
    if engine != ROOT:
        shutil.copytree(ROOT / "claimbook", engine / "claimbook")
    shutil.copytree(ROOT / "tests" / "data" / "weight-loss", tmp_path / "try")
    who = ("-c", "user.name=Anna Maker", "-c", "user.email=anna@example.org")
    for command in (("init",), ("add", "."), ("commit", "-m", "Start the base")):
        git = ["git", "-C", str(tmp_path / "try"), *who, *command]
        env = {**os.environ, "GIT_AUTHOR_DATE": THEN, "GIT_COMMITTER_DATE": THEN}
        subprocess.run(git, check=True, capture_output=True, env=env)
    target: re.Match[str] | None = None
    steps = 0
    for step in STEP.finditer(page.read_text(encoding="utf-8")):
        if step["in"]:
            path = tmp_path / step["in"]
            text = path.read_text(encoding="utf-8")
            assert step["old"] in text
            path.write_text(text.replace(step["old"], step["by"]), encoding="utf-8")
        elif not step["ticks"]:
            target = step
        elif target:
            write(tmp_path, target, step["body"])
            target = None
        elif step["language"] == "console":
            steps += run(step["body"], tmp_path, {"PYTHONPATH": str(engine)}, engine == ROOT)
    assert steps


def test_the_readme_shows_what_is_printed(tmp_path: Path) -> None:
    """Its commands run on a copy of the first base."""
    for name in ("claims", "sources", "pages"):
        shutil.copytree(ROOT / name, tmp_path / name)
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    bodies = [fence["body"] for fence in FENCE.finditer(readme) if fence["language"] == "console"]
    body = "".join(bodies).replace("$ source .venv/bin/activate\n", "")
    assert run(body, tmp_path, ON_FIRST_BASE, here=True) >= 4


def write(folder: Path, target: re.Match[str], body: str) -> None:
    """Write, or write into, the file that a line before a code fence names."""
    path = folder / (target["new"] or target["end"] or target["after"])
    if target["new"]:
        path.write_text(body, encoding="utf-8")
        return
    text = path.read_text(encoding="utf-8")
    end = text.index(line := f"{target['line']}\n") + len(line) if target["line"] else len(text)
    path.write_text(text[:end] + body + text[end:], encoding="utf-8")


def run(body: str, folder: Path, variables: Mapping[str, str], here: bool = False) -> int:
    """Run the commands of a console and hold what they print against what stands there.

    If *here*, what is nothing but a command of this project runs in this process.
    """
    environment = {
        **os.environ,
        "CLAIMBOOK_ROOT": "try",
        "CLAIMBOOK_SNAPSHOTS": "try/snapshots",
        "CLAIMBOOK_FIGURES": "try/figures",
        **variables,
    }
    checks = re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", body, re.MULTILINE)
    for command, expected in checks:
        name, *words = shlex.split(command, comments=True)
        if here and name == "claimbook" and "|" not in words:
            with chdir(folder):
                result = CliRunner(env=environment).invoke(main, words)
            printed = result.stdout + result.stderr
        else:
            done = subprocess.run(
                [
                    "bash",
                    "-c",
                    f'python() {{ "{sys.executable}" "$@"; }}; '
                    'claimbook() { python -m claimbook "$@"; }; ' + command,
                ],
                cwd=folder,
                env=environment,
                capture_output=True,
                text=True,
                timeout=60,
                check=False,
            )
            printed = done.stdout + done.stderr
        same = doctest.OutputChecker().check_output(expected, printed, doctest.ELLIPSIS)
        assert same, f"{command}\n{printed}"
    return len(checks)


def test_every_field_of_a_record_is_explained() -> None:
    text = (ROOT / "docs" / "method" / "records.md").read_text(encoding="utf-8")
    fields = {field for schema in schemas().values() for field in names(schema)}
    assert len(fields) > 50
    assert not {field for field in fields if not re.search(rf"`{field}|\b{field}:", text)}


def names(schema: object) -> Iterator[str]:
    """The keys that a schema allows, at any depth."""
    if isinstance(schema, dict):
        yield from schema.get("properties", {})
        for part in schema.values():
            yield from names(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from names(part)
