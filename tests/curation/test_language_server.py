"""`claimbook lsp`, spoken to by a client, as an editor does: in this process, and byte for byte."""

import asyncio
import io
import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import fields
from pathlib import Path
from typing import Any, BinaryIO, TypeVar, cast

import pytest
from click.testing import CliRunner
from conftest import ROOT, WEIGHT_LOSS
from lsprotocol import types
from pygls.lsp.client import LanguageClient

from claimbook.cli import main
from claimbook.curation.editor import _EXPECTED
from claimbook.curation.language_server import Messages, server
from claimbook.loading.load import load
from claimbook.loading.references import _NAMES
from claimbook.records.record import spelling

LOWERS = "claims/does-it-work/shot-lowers-weight.yaml"


class Editor:
    """An editor with one server."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.client: Any = LanguageClient("an-editor", "1")
        self.said: dict[str, list[types.Diagnostic]] = {}
        self.news = asyncio.Event()
        self.versions: dict[str, int] = {}

        def publish(params: types.PublishDiagnosticsParams) -> None:
            self.said[params.uri] = list(params.diagnostics)
            self.news.set()

        self.client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(publish)

    def uri(self, name: str) -> str:
        return (self.root / name).as_uri()

    def open(self, name: str, text: str | None = None) -> str:
        uri, self.versions[name] = self.uri(name), 1
        text = (self.root / name).read_text() if text is None else text
        kind = "yaml" if name.endswith("yaml") else "plaintext"
        item = types.TextDocumentItem(uri, kind, 1, text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        return text

    def edit(self, name: str, text: str) -> None:
        self.versions[name] += 1
        document = types.VersionedTextDocumentIdentifier(self.versions[name], self.uri(name))
        change = types.TextDocumentContentChangeWholeDocument(text)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(document, [change]))

    async def diagnostics(
        self, name: str, fits: Callable[[list[types.Diagnostic]], object]
    ) -> list[types.Diagnostic]:
        """What is said of a file, once it fits."""

        async def wait() -> list[types.Diagnostic]:
            while not ((uri := self.uri(name)) in self.said and fits(self.said[uri])):
                self.news.clear()
                await self.news.wait()
            return self.said[uri]

        try:
            return await asyncio.wait_for(wait(), 60)
        except TimeoutError:
            raise AssertionError(f"not said of {name}: {self.said.get(self.uri(name))}") from None

    def at(self, name: str, line: int, character: int) -> dict[str, Any]:
        return {
            "text_document": types.TextDocumentIdentifier(self.uri(name)),
            "position": types.Position(line, character),
        }

    async def hover(self, name: str, line: int, character: int) -> str:
        params = types.HoverParams(**self.at(name, line, character))
        hover = await self.client.text_document_hover_async(params)
        if hover is None:
            return ""
        assert isinstance(hover.contents, types.MarkupContent)
        return hover.contents.value

    async def ids(self, name: str, text: str) -> list[str]:
        """The ids offered where | stands in the text of a file."""
        before, _, after = text.partition("|")
        self.edit(name, before + after)
        line, column = before.count("\n"), len(before.rpartition("\n")[2])
        params = types.CompletionParams(**self.at(name, line, column))
        items = await self.client.text_document_completion_async(params)
        assert isinstance(items, list)
        for item in items:
            assert isinstance(item.text_edit, types.TextEdit)
            assert item.text_edit.new_text == item.label
            assert item.detail
        return [item.label for item in items]


def serve(root: Path, listening: socket.socket) -> None:
    """Serve one editor, as the command does."""
    connection, _ = listening.accept()
    with connection, connection.makefile("rb") as sent, connection.makefile("wb") as said:
        server(root).start_io(cast("BinaryIO", Messages(sent)), said)


@asynccontextmanager
async def editing(root: Path, *encodings: types.PositionEncodingKind) -> AsyncIterator[Editor]:
    editor = Editor(root)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        serving = asyncio.create_task(asyncio.to_thread(serve, root, listening))
        await editor.client.start_tcp(*listening.getsockname())
        general = types.GeneralClientCapabilities(position_encodings=list(encodings) or None)
        capabilities = types.ClientCapabilities(general=general)
        try:
            answer = await editor.client.initialize_async(
                types.InitializeParams(capabilities, root_uri=root.as_uri())
            )
            assert answer.server_info
            assert answer.server_info.name == "claimbook"
            editor.client.initialized(types.InitializedParams())
            yield editor
            await editor.client.shutdown_async(None)
            editor.client.exit(None)
            await asyncio.wait_for(asyncio.shield(serving), 30)
        finally:
            editor.client.protocol.writer.close()
            await asyncio.wait_for(asyncio.gather(serving, editor.client.stop()), 30)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(
        WEIGHT_LOSS, tmp_path / "base", ignore=shutil.ignore_patterns(".claimbook-cache")
    )
    return (tmp_path / "base").resolve()


Result = TypeVar("Result")


def apart(work: Callable[..., Result], *args: Any, **kwargs: Any) -> Result:
    """What some work gives in a thread of its own: a browser of other tests may have a loop here."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(work, *args, **kwargs).result()


def session(
    act: Callable[[Editor], Awaitable[None]], root: Path, *encodings: types.PositionEncodingKind
) -> None:
    async def run() -> None:
        async with editing(root, *encodings) as editor:
            await act(editor)

    apart(asyncio.run, run())


def place(text: str, words: str, beyond: int = 0) -> tuple[int, int]:
    """The line and the column of some words, and so many letters on."""
    before = text[: text.index(words) + beyond]
    return before.count("\n"), len(before.rpartition("\n")[2])


def test_a_record_is_checked_before_it_is_saved(root: Path) -> None:
    async def act(editor: Editor) -> None:
        text = editor.open(LOWERS)
        flags = await editor.diagnostics(LOWERS, len)
        assert {flag.code for flag in flags} >= {"promised-cure"}
        (cure,) = (flag for flag in flags if flag.code == "promised-cure")
        assert cure.range.start.line == place(text, "- page: example-clinic-south")[0]
        broken = text.replace("population: obesity", "population: obesty")
        editor.edit(LOWERS, broken)
        (problem,) = await editor.diagnostics(LOWERS, lambda said: said != flags)
        assert problem.severity == types.DiagnosticSeverity.Error
        assert "did you mean 'obesity'?" in problem.message
        start = problem.range.start
        assert (start.line, start.character) == place(broken, "obesty")
        # The last sound base still answers.
        assert await editor.hover(LOWERS, *place(broken, "imaginary-trial-a/", 3))
        editor.edit(LOWERS, text)
        assert await editor.diagnostics(LOWERS, lambda said: said != [problem]) == flags
        assert (root / LOWERS).read_text() == text

    session(act, root)


def test_a_fault_shows_in_the_file_where_it_is(root: Path) -> None:
    """Also in one that is not open; and it goes when the editor lets go of the change."""
    vocabulary, label = "claims/vocabulary.yaml", "sources/imaginary-label-e.yaml"

    async def act(editor: Editor) -> None:
        words = editor.open(vocabulary)
        editor.edit(vocabulary, words.replace("weekly-shot:", "weekly-dart:"))
        said = await editor.diagnostics(label, len)
        assert all("unknown concept 'weekly-shot'" in each.message for each in said)
        document = types.TextDocumentIdentifier(editor.uri(vocabulary))
        editor.client.text_document_did_close(types.DidCloseTextDocumentParams(document))
        assert await editor.diagnostics(label, lambda said: not said) == []

    session(act, root)


def test_without_a_sound_base_a_draft_is_not_called_clean(root: Path) -> None:
    (root / LOWERS).write_text("kind: [")

    async def act(editor: Editor) -> None:
        editor.open("draft.md", "The shot is a miracle cure.")
        (said,) = await editor.diagnostics("draft.md", len)
        assert said.message.startswith("not vetted: the base in")
        assert await editor.hover("draft.md", 0, 3) == ""
        assert len(await editor.diagnostics(LOWERS, len)) == 1

    session(act, root)


def test_hover_tells_what_an_id_names(root: Path) -> None:
    text = (root / LOWERS).read_text()
    topic = "claims/does-it-work/topic.yaml"

    async def act(editor: Editor) -> None:
        editor.open(LOWERS)
        asked = editor.open(topic)
        await editor.diagnostics(LOWERS, len)
        claim = await editor.hover(topic, *place(asked, "- shot-lowers-weight", 5))
        truth, statement, verdicts = claim.splitlines()
        assert truth.startswith("The evidence says (yes): Yes. In one trial people lost more")
        assert statement == "Pages claim: The weekly shot lowers body weight."
        assert "overstated (example-clinic-south)" in verdicts
        untold = await editor.hover(topic, *place(asked, "- tablet-lowers-weight", 5))
        assert untold.startswith("What the evidence says is not recorded.")
        for words, expected in (
            ("imaginary-trial-a/weight-change", "People on the shot lost more weight"),
            ("example-balloon-centre", "Example Balloon Centre"),
            ("weekly-shot", "Examplutide, a weekly injection (intervention)"),
        ):
            for beyond in (0, 4, len(words)):
                assert expected in await editor.hover(LOWERS, *place(text, words, beyond))
        assert await editor.hover(LOWERS, *place(text, "kind: efficacy", 1)) == ""

    session(act, root)


def test_ids_are_offered_where_they_are_expected(root: Path) -> None:
    base = load(root)
    text = (root / LOWERS).read_text()
    concepts = base.vocabulary.concepts.values()

    def of(facet: str) -> list[str]:
        return sorted(concept.id for concept in concepts if concept.facet == facet)

    everything = sorted(concept.id for concept in concepts)
    findings, claims = sorted(base.findings), sorted(base.claims)
    sources, pages = sorted(base.sources), sorted(base.pages)
    rows = [
        ("  - finding: |", findings),
        ("  - {finding: imaginary-trial-a/we|, why: x}", findings),
        ("  - page: |", pages),
        ("  - {page: exa|", pages),
        ("about: {population: |}", of("population")),
        ("about: {population: obesity, outcome: bo|", of("outcome")),
        ("about:\n  intervention: |", of("intervention")),
        ("relations:\n  - {to: |", claims),
        ("    cites: [|]", sources),
        ("    cites: [imaginary-trial-a, ima|]", sources),
        ("    cites:\n      - |", sources),
        ("    cites:\n      - imaginary-trial-a\n      - |", sources),
        ("say:\n  - text: x\n    fits:\n    - |", of("intervention")),
        ("    says: {only: [clinic, |", everything),
        ("statement: The |", []),
        ("kind: |", []),
        ("evidence:\n  - |", []),
        ("|", []),
    ]
    topic = [
        ("claims:\n  - shot-lowers-weight\n  - |", claims),
        ("found:\n- |", findings),
        ("harms: [imaginary-trial-a/nausea, |", findings),
        ("answer: >-\n  They lost {|", findings),
        ("answer: >-\n  They lost {imaginary-trial-a/kil|}", findings),
    ]

    async def act(editor: Editor) -> None:
        name = "claims/does-it-work/topic.yaml"
        editor.open(LOWERS)
        editor.open(name)
        await editor.diagnostics(LOWERS, len)
        for written, expected in rows:
            assert await editor.ids(LOWERS, f"{text}{written}") == expected, written
        for written, expected in topic:
            assert await editor.ids(name, written) == expected, written

    session(act, root)


def test_every_key_that_names_a_record_has_ids_to_offer() -> None:
    keys = {
        spelling(next(each for each in fields(kind) if each.name == name))
        for kind, checks in _NAMES.items()
        for name in checks
    }
    assert keys - {"counted"} <= _EXPECTED.keys()


def test_an_id_leads_to_its_record(root: Path) -> None:
    text = (root / LOWERS).read_text()
    trial = (root / "sources/imaginary-trial-a.yaml").read_text()
    rows = [
        (
            "imaginary-trial-a/weight-change",
            "sources/imaginary-trial-a.yaml",
            "- id: weight-change",
        ),
        ("example-balloon-centre", "pages/example-balloon-centre.yaml", "clinic"),
        ("weekly-shot", "claims/vocabulary.yaml", ""),
    ]
    assert "- id: weight-change" in trial

    async def act(editor: Editor) -> None:
        editor.open(LOWERS)
        await editor.diagnostics(LOWERS, len)
        for words, file, there in rows:
            params = types.DefinitionParams(**editor.at(LOWERS, *place(text, words, 2)))
            (found,) = await editor.client.text_document_definition_async(params)
            assert isinstance(found, types.Location)
            assert found.uri == editor.uri(file)
            lines = (root / file).read_text().splitlines()
            assert there in lines[found.range.start.line]

    session(act, root)


SAY = "People on the tablet lost no more weight than people on a dummy tablet in the one trial."
SMILES = "😀 Book a visit 😀\u2028today.\r\n\r\n😀 The tablet lowers weight. 😀 Drive home after the shot."


@pytest.fixture
def saying(root: Path) -> Path:
    """The base, with wording to use instead."""
    path = root / "claims/does-it-work/tablet-lowers-weight.yaml"
    say = f"say:\n  - text: {SAY}\n    rests-on: [imaginary-trial-b/weight-change]\n"
    path.write_text(path.read_text().replace("occurrences:", f"{say}occurrences:"))
    return root


@pytest.mark.parametrize(
    ("encoding", "units"),
    [
        (None, 2),
        (types.PositionEncodingKind.Utf32, 1),
        (types.PositionEncodingKind.Utf8, 4),
    ],
)
def test_a_draft_is_vetted_before_it_is_saved(
    encoding: types.PositionEncodingKind | None, units: int, saying: Path
) -> None:
    async def act(editor: Editor) -> None:
        editor.open("draft.md", "Book online.")
        assert await editor.diagnostics("draft.md", lambda said: True) == []
        editor.edit("draft.md", SMILES)
        said = await editor.diagnostics("draft.md", len)
        (flag,) = (each for each in said if each.code == "contradicted-by-evidence")
        # The smile belongs to the sentence; a line separator of Unicode ends no line of an editor.
        end = units + len(" The tablet lowers weight.")
        assert flag.range == types.Range(types.Position(2, 0), types.Position(2, end))
        (look,) = (each for each in said if each.code == "look")
        assert "driving" in look.message
        assert look.range.start == types.Position(2, end + 1)
        hover = await editor.hover("draft.md", 2, units + 3)
        assert hover.startswith("flagged, verdict: contradicted\n")
        assert "What the evidence says is not recorded.\n    of the claim tablet-lowers" in hover
        assert f"you may write: {SAY}" in hover
        assert "Safety topic (driving)" in await editor.hover("draft.md", 2, end + units + 3)
        assert await editor.hover("draft.md", 1, 0) == ""
        (action,) = await actions(editor, flag.range)
        assert action.title == f"Write: {SAY}"
        assert action.kind == types.CodeActionKind.QuickFix
        assert action.edit
        changes = dict(action.edit.changes or {})
        assert list(changes) == [editor.uri("draft.md")]
        assert list(changes[editor.uri("draft.md")]) == [types.TextEdit(flag.range, SAY)]
        assert await actions(editor, look.range) == []
        # What is offered, once written, is not flagged.
        editor.edit("draft.md", SAY)
        said = await editor.diagnostics("draft.md", lambda said: flag not in said)
        assert "contradicted-by-evidence" not in {each.code for each in said}

    session(act, saying, *([encoding] if encoding else []))


async def actions(editor: Editor, where: types.Range) -> list[types.CodeAction]:
    params = types.CodeActionParams(
        types.TextDocumentIdentifier(editor.uri("draft.md")), where, types.CodeActionContext([])
    )
    found = await editor.client.text_document_code_action_async(params)
    return [action for action in found or () if isinstance(action, types.CodeAction)]


def test_a_sentence_with_markup_in_it_is_not_rewritten(saying: Path) -> None:
    async def act(editor: Editor) -> None:
        editor.open("draft.md", "The **tablet** lowers weight.")
        (flag, *_) = await editor.diagnostics("draft.md", len)
        assert await actions(editor, flag.range) == []

    session(act, saying)


def test_a_draft_is_judged_by_records_as_they_are_being_written(saying: Path) -> None:
    name = "claims/does-it-work/tablet-lowers-weight.yaml"
    other = "The tablet did not lower weight in the one trial."

    async def act(editor: Editor) -> None:
        editor.open("draft.md", "The tablet lowers weight.")
        record = editor.open(name)
        await editor.diagnostics("draft.md", len)
        editor.edit(name, record.replace(SAY, other))
        for _ in range(200):
            if other in (hover := await editor.hover("draft.md", 0, 5)):
                break
            await asyncio.sleep(0.1)
        assert f"you may write: {other}" in hover

    session(act, saying)


def test_what_cannot_be_read_is_said_and_goes_when_the_file_is_closed(root: Path) -> None:
    async def act(editor: Editor) -> None:
        editor.open("draft.html", "<p>The shot.</p><!-- never closed")
        (said,) = await editor.diagnostics("draft.html", len)
        assert "draft.html" in said.message
        document = types.TextDocumentIdentifier(editor.uri("draft.html"))
        editor.client.text_document_did_close(types.DidCloseTextDocumentParams(document))
        assert await editor.diagnostics("draft.html", lambda said: not said) == []

    session(act, root)


def frame(content: bytes | object) -> bytes:
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    return b"Content-Length: %d\r\n\r\n" % len(body) + body


def request(method: object, params: object, number: object = 7) -> dict[str, object]:
    return {"jsonrpc": "2.0", "id": number, "method": method, "params": params}


def notice(method: str, **params: object) -> dict[str, object]:
    return {"jsonrpc": "2.0", "method": method, "params": params}


def drafted(uri: object, **fields: object) -> dict[str, object]:
    document = {"uri": uri, "languageId": "markdown", "version": 1, "text": "The shot cures."}
    return notice("textDocument/didOpen", textDocument={**document, **fields})


HOVER, PLACE = "textDocument/hover", {"line": 0, "character": 0}
NONE = "file:///nowhere/a.md"
BROKEN: list[tuple[object, object, object]] = [  # what is sent, the number and code of the answer
    (b"{nope", None, -32700), (b'{"a": "\xff"}', None, -32700), (b"[" * 100_000, None, -32700), (b"\0", None, -32700),
    ([], None, -32600), (5, None, -32600), (None, None, -32600), ([request("shutdown", None)], None, -32600), ({"id": 7}, None, -32600),
    (request(HOVER, {}), 7, -32602), (request(HOVER, "x"), 7, -32602), (request(HOVER, None), 7, -32602),
    (request(HOVER, {"textDocument": {"uri": NONE}, "position": {"line": -1, "character": 10**30}}), 7, -32602),
    (request(HOVER, {}, {"a": 1}), None, -32602), (request("no/such", {}), 7, -32601),
    (request("initialize", {"capabilities": {}, "processId": None, "rootUri": None}), 7, -32600),
    *((request(HOVER, {"textDocument": {"uri": uri}, "position": PLACE}), 7, None)
      for uri in (NONE, "file:///", "http://x.example/a.md", "file:///a%00b.md", "file://[::1/a.md", "\ud800", "")),
]  # fmt: skip
IGNORED = [
    notice("no/such"), notice("$/cancelRequest"), notice("$/cancelRequest", id=99), {"jsonrpc": "2.0", "id": 99, "result": 5},
    {"jsonrpc": "2.0", "id": 99, "error": 5}, {"jsonrpc": "2.0", "result": 5}, notice("initialized"), notice("textDocument/didOpen"),
    *map(drafted, (NONE, "file:///", "http://x.example/a.md", "file:///a%00b.md", "file://[::1/b.md", "untitled:a.md", "", "file:///%FF.md")),
    drafted("file:///nowhere/b.md", text="a\0b"), drafted("file:///nowhere/c.md", text="It \ud800 cures."),
    notice("textDocument/didChange", textDocument={"uri": "file:///nowhere/d.md", "version": 2}, contentChanges=[{"text": "x"}]),
    notice("textDocument/didClose", textDocument={"uri": "file:///nowhere/d.md"}),
]  # fmt: skip


class Wire:
    """A server, and what goes to and from it byte for byte."""

    def __init__(self, root: Path) -> None:
        command = [sys.executable, "-m", "claimbook", "lsp", "--root", str(root)]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        pipe, none = subprocess.PIPE, subprocess.DEVNULL
        self.server = subprocess.Popen(
            command, stdin=pipe, stdout=pipe, stderr=none, env=environment
        )

    def send(self, content: object) -> None:
        assert self.server.stdin
        self.server.stdin.write(frame(content))
        self.server.stdin.flush()

    def answer(self, fits: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
        """The next message that fits."""
        assert self.server.stdout
        while header := self.server.stdout.readline():
            self.server.stdout.readline()
            self.server.stdout.readline()
            message = json.loads(self.server.stdout.read(int(header.split(b":")[1])))
            if fits(message):
                return dict(message)
        raise AssertionError("the server ended")


def test_what_breaks_the_protocol_is_answered_and_nothing_ends(root: Path) -> None:
    wire = Wire(root)
    wire.send(request(HOVER, {"textDocument": {"uri": NONE}, "position": PLACE}))
    assert wire.answer(lambda said: "id" in said)["error"]["code"] == -32002
    capabilities: object = {"capabilities": {}, "processId": None, "rootUri": None}
    wire.send(request("initialize", capabilities, "first"))
    assert wire.answer(lambda said: said.get("id") == "first")["result"]
    wire.send(notice("initialized"))
    for sent, number, code in BROKEN:
        wire.send(sent)
        answer = wire.answer(lambda said: "method" not in said)
        assert (answer.get("id"), answer.get("error", {}).get("code")) == (number, code), sent
    for sent in IGNORED:
        wire.send(sent)
    draft = (root / "draft.md").as_uri()
    wire.send(drafted(draft, text="The shot is a guaranteed cure."))
    said = wire.answer(lambda said: said.get("params", {}).get("uri") == draft)
    assert said["params"]["diagnostics"]
    wire.send(request("shutdown", None))
    assert wire.answer(lambda said: said.get("id") == 7)["result"] is None
    wire.send(request(HOVER, {"textDocument": {"uri": draft}, "position": PLACE}))
    assert wire.answer(lambda said: said.get("id") == 7)["error"]["code"] == -32600
    wire.server.communicate(frame(notice("exit")), 30)
    assert wire.server.returncode == 0


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        (b"Content-Type: x\r\n\r\n{}", "length"), (b"Content-Length: -5\r\n\r\n{}", "length"),
        (b"Content-Length: 1.5\r\n\r\n{}", "length"), (b"Content-Length: 99999999999\r\n\r\n{}", "length"),
        (b"Content-Length: " + b"9" * 5_000 + b"\r\n\r\n{}", "length"), (b"{}\r\n\r\n", "no header"), (bytes(range(256)), "no header"),
        (b"X: " + b"x" * 1_000_000 + b"\r\n", "no header"),
    ],
)  # fmt: skip
def test_a_stream_that_is_lost_ends_with_the_reason(sent: bytes, why: str) -> None:
    result = apart(CliRunner().invoke, main, ["lsp", "--root", str(WEIGHT_LOSS)], input=sent)
    assert result.exit_code == 2
    assert why in result.stderr


@pytest.mark.parametrize(
    "header",
    [b"Content-Length: 2\r\n\r\n", b"content-length:2\n\n", b"\r\nA: b\r\nContent-Length: 2 \r\nC: d\r\n\r\n",
     b"Content-Length: 0\r\n\r\nContent-Length: 02\r\n\r\n"],
)  # fmt: skip
def test_headers_are_read_as_http_has_them(header: bytes) -> None:
    messages = Messages(io.BytesIO(header + b"{}"))
    assert messages.readline() + messages.readline() == b"Content-Length: 2\r\n\r\n"
    assert messages.read(2) == b"{}"
    assert messages.readline() == b""


def test_without_pygls_the_command_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "claimbook.curation.language_server", raising=False)
    monkeypatch.setitem(sys.modules, "lsprotocol", None)
    result = apart(CliRunner().invoke, main, ["lsp", "--root", str(WEIGHT_LOSS)])
    assert result.exit_code == 2
    assert "pip install '.[editor]'" in result.stderr


def test_a_fault_of_ours_is_shown_and_does_not_end_the_watching(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def run() -> None:
        ls, said = server(root), asyncio.Queue[str]()
        monkeypatch.setattr(ls.editor, "read", lambda _: 1 // 0)
        monkeypatch.setattr(
            ls, "window_show_message", lambda params: said.put_nowait(params.message)
        )
        watching = asyncio.create_task(ls.watch())
        for _ in range(2):
            ls.stale = True
            ls.changed.set()
            message = await asyncio.wait_for(said.get(), 30)
            assert message.startswith("claimbook could not check this: ZeroDivisionError")
        watching.cancel()

    with monkeypatch.context() as patched:
        patched.setattr("claimbook.curation.language_server.PAUSE", 0)
        # No client has said which files are open.
        patched.setattr("claimbook.curation.language_server.Server.documents", lambda _: iter(()))
        apart(asyncio.run, run())
