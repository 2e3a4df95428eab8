"""The editor's side of `claimbook lsp`: the Language Server Protocol, spoken by pygls.

Everything is read anew when the writer pauses; what cannot be read leaves the last sound base.
"""

import asyncio
import logging
import re
from bisect import bisect_right
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from lsprotocol import types
from pygls import uris
from pygls.exceptions import JsonRpcException
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol
from pygls.protocol.json_rpc import RPCMessage, RPCNotification, RPCRequest
from pygls.workspace import PositionCodec, TextDocument

from claimbook.curation import editor
from claimbook.records import Flag, Location, Severity
from claimbook.rules.check import Report
from claimbook.vetting.drafts.draft import DraftError
from claimbook.vetting.drafts.files import ENDINGS, WORD
from claimbook.vetting.formatters.results import looks, place
from claimbook.vetting.receipts import engine_version
from claimbook.vetting.suppressions import FinalResult
from claimbook.vetting.vet import Vetter

PAUSE = 0.3  # seconds without a change, after which all is read anew
MAX_MESSAGE = 100_000_000  # bytes
_MAX_LINE = 10_000  # bytes of a header
_HEADER = re.compile(rb"([\w-]+):([^\n]*)\n")
_LENGTH = re.compile(rb"\s*0*(\d{1,9})\s*")
_LINE_END = re.compile(r"\r\n|\r|\n")
_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.NOTE: types.DiagnosticSeverity.Information,
}


# --- messages: what breaks the protocol is answered with an error, never waited for ---------------


class LostError(ValueError):
    """Where the next message begins is not known; the message says why."""


class Messages:
    """Standard input as pygls reads it, after each header has been proved.

    Names of headers are read in capitals or not, as in HTTP.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self.stream = stream
        self.read = stream.read
        self.lines: list[bytes] = []

    def readline(self) -> bytes:
        """A line of the next header; empty at the end of the input.

        Raises:
            LostError: it is no header, or one without the length of its message.
        """
        if not self.lines:
            length = self._length()
            self.lines = [b"Content-Length: %d\r\n" % length, b"\r\n"] if length else [b""]
        return self.lines.pop(0)

    def _length(self) -> int:
        headers: dict[bytes, bytes] = {}
        while line := self.stream.readline(_MAX_LINE):
            if header := _HEADER.fullmatch(line):
                headers[header[1].lower()] = header[2]
            elif line.strip():
                raise LostError(
                    "what the editor sends is not of its protocol: no header of a message"
                )
            elif headers:
                length = _LENGTH.fullmatch(headers.pop(b"content-length", b""))
                if length is None or int(length[1]) > MAX_MESSAGE:
                    raise LostError("the editor does not send the length of its message")
                if int(length[1]):
                    return int(length[1])
        return 0


class Protocol(LanguageServerProtocol):
    """Answers every request, those too that cannot be taken."""

    def structure_message(self, data: dict[str, Any]) -> Any:
        """What a message means; a request that means nothing is refused."""
        try:
            return super().structure_message(data)
        except JsonRpcException:
            if "id" in data and "method" in data:
                self.refuse(data["id"], types.ErrorCodes.InvalidParams, "not a request as defined")
            raise

    def handle_message(self, message: RPCMessage) -> None:
        """Take a message, unless it comes before the first or after the last."""
        codes, method = types.ErrorCodes, getattr(message, "method", "")
        if isinstance(message, RPCRequest):
            if self._shutdown or (self._workspace and method == types.INITIALIZE):
                self.refuse(message.id, codes.InvalidRequest, "out of order")
                return
            if not (self._workspace or method == types.INITIALIZE):
                self.refuse(message.id, codes.ServerNotInitialized, "not initialized")
                return
        elif isinstance(message, RPCNotification) and not (self._workspace or method == types.EXIT):
            return
        super().handle_message(message)

    def refuse(self, number: Any, code: types.ErrorCodes, why: str) -> None:
        """Answer a request with an error; without its number where that is not known."""
        known = number if isinstance(number, int | str) else None
        self._send_data(types.ResponseErrorMessage(known, types.ResponseError(code, why)))


# --- the server -----------------------------------------------------------------------------------


class Positions:
    """Offsets in a text as lines and columns, which editors count in units of an encoding.

    Lines end as the protocol says, which is not where Python ends all of its lines.
    """

    def __init__(self, text: str, codec: PositionCodec) -> None:
        self.text, self.codec = text, codec
        self.starts = [0, *(end.end() for end in _LINE_END.finditer(text))]

    def position(self, offset: int) -> types.Position:
        """An offset as the editor counts."""
        line = bisect_right(self.starts, offset) - 1
        before = self.text[self.starts[line] : offset]
        return types.Position(line, self.codec.client_num_units(before))

    def offset(self, at: types.Position) -> int:
        """The offset of a place; beyond the end of its line, of that end."""
        if at.line >= len(self.starts):
            return len(self.text)
        offset = self.starts[at.line]
        line = _LINE_END.split(self.text[offset:], maxsplit=1)[0]
        units = 0
        for sign in line:
            if units >= at.character:
                break
            units += self.codec.client_num_units(sign)
            offset += 1
        return offset

    def range(self, start: int, end: int) -> types.Range:
        """A span as the editor counts."""
        return types.Range(self.position(start), self.position(end))

    def rest_of_line(self, at: Location) -> types.Range:
        """From a place (line and column from 1) to the end of its line."""
        line = min(at.line, len(self.starts)) - 1
        words = _LINE_END.split(self.text[self.starts[line] :], maxsplit=1)[0].rstrip()
        end = self.starts[line] + len(words)
        return self.range(min(self.starts[line] + at.column - 1, end), end)


class Server(LanguageServer):
    """One base, and the files that an editor has open."""

    protocol: Protocol

    def __init__(self, root: Path) -> None:
        # Whole texts, because pygls ends lines where the protocol does not.
        sync = types.TextDocumentSyncKind.Full
        version = engine_version() or ""
        super().__init__("claimbook", version, text_document_sync_kind=sync, protocol_cls=Protocol)
        self.editor = editor.Editor(root)
        self.changed = asyncio.Event()
        self.reading = asyncio.Lock()
        self.stale = True  # whether records changed since they were read
        self.shown: set[str] = set()  # the files that have diagnostics
        # Drafts as they were last vetted: of which version, by which base, with what result.
        self.vetted: dict[str, tuple[int | None, Vetter | None, FinalResult | None]] = {}
        self.watching: asyncio.Task[None] | None = None

    def report_server_error(self, error: Exception, source: Any) -> None:
        """Answer what is no message at all; show what else goes wrong."""
        if source is not JsonRpcException:
            super().report_server_error(error, source)
        elif not isinstance(error, JsonRpcException):  # else it is answered already
            parsed = not isinstance(error, ValueError | RecursionError)
            code = types.ErrorCodes.InvalidRequest if parsed else types.ErrorCodes.ParseError
            self.protocol.refuse(None, code, "no message of the protocol")

    # --- files ------------------------------------------------------------------------------------

    def documents(self) -> Iterator[tuple[Path, TextDocument]]:
        """The files that are open, as the editor holds them."""
        for document in list(self.workspace.text_documents.values()):
            yield _path(document.uri), document

    def opened(self, at: types.TextDocumentIdentifier) -> TextDocument | None:
        """A file that is open; any other is not read for the editor, which has it itself."""
        document: TextDocument | None = self.workspace.text_documents.get(at.uri)
        return document

    def positions(self, document: TextDocument) -> Positions:
        """The places of an open file."""
        return Positions(document.source, document.position_codec)

    def file(self, path: Path) -> tuple[str, Positions]:
        """The address and the places of a file, open or not."""
        for each, document in self.documents():
            if each == path:
                return document.uri, self.positions(document)
        try:
            text = path.read_text(encoding="utf-8", errors="replace")
        except OSError:
            text = ""
        return uris.from_fs_path(str(path)) or "", Positions(text, self.workspace.position_codec)

    def note(self, uri: str) -> None:
        """Note that a file changed."""
        self.stale = self.stale or self.editor.is_record(_path(uri))
        self.vetted.pop(uri, None)
        self.changed.set()

    # --- diagnostics ------------------------------------------------------------------------------

    async def watch(self) -> None:
        """Show what is wrong, whenever the writer pauses."""
        while True:
            await self.changed.wait()
            while self.changed.is_set():
                self.changed.clear()
                await asyncio.sleep(PAUSE)
            try:
                await self.show()
            except Exception as error:  # the next change is read all the same
                logging.getLogger(__name__).exception("not checked")
                message = f"claimbook could not check this: {type(error).__name__}: {error}"
                self.window_show_message(types.ShowMessageParams(types.MessageType.Error, message))

    async def show(self) -> None:
        """Publish the diagnostics of every open file, and of records at fault."""
        await self.read_records()
        found: dict[str, list[types.Diagnostic]] = {}
        for path, document in self.documents():
            if _is_draft(path):
                found[document.uri] = await self.draft_diagnostics(document)
        for uri, diagnostic in self.record_diagnostics():
            found.setdefault(uri, []).append(diagnostic)
        for uri in self.shown | found.keys():
            given = found.get(uri, [])
            self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, given))
        self.shown = set(found)

    async def read_records(self) -> None:
        """Read the base again if a record changed."""
        async with self.reading:
            if not self.stale:
                return
            self.stale = False
            unsaved = {
                path: document.source.encode("utf-8", "replace")
                for path, document in self.documents()
                if self.editor.is_record(path)
            }
            await asyncio.to_thread(self.editor.read, unsaved)

    async def report(self) -> Report | None:
        """The last sound base and what the rules say of it, once the first was read."""
        if self.editor.report is None:
            await self.read_records()
        return self.editor.report

    def record_diagnostics(self) -> Iterator[tuple[str, types.Diagnostic]]:
        """What is wrong with any record; if nothing is, the flags of open ones."""
        root, report = self.editor.root, self.editor.report
        for problem in self.editor.problems:
            uri, positions = self.file(root / problem.at.file)
            repair = f"; {problem.repair}" if problem.repair else ""
            where, error = positions.rest_of_line(problem.at), types.DiagnosticSeverity.Error
            yield uri, types.Diagnostic(where, problem.message + repair, error, source="claimbook")
        if report and not self.editor.problems:
            opened = dict(self.documents())
            for flag in report.flags:
                if document := opened.get(root / flag.at.file):
                    yield document.uri, _flag(flag, self.positions(document).rest_of_line(flag.at))

    async def vet(self, document: TextDocument) -> FinalResult | None:
        """An open draft, vetted as it is now; None without a base or words."""
        now = document.version, self.editor.vetter
        held = self.vetted.get(document.uri)
        if held is None or held[:2] != now:
            result = await asyncio.to_thread(self.editor.vet, document.source, _path(document.uri))
            self.vetted[document.uri] = held = (*now, result)
        return held[2]

    async def draft_diagnostics(self, document: TextDocument) -> list[types.Diagnostic]:
        """The flags of a draft, and the sentences that a person must look at."""
        note = types.DiagnosticSeverity.Information
        try:
            result = await self.vet(document)
        except DraftError as error:
            return [types.Diagnostic(_TOP, str(error), note, source="claimbook")]
        if result is None:
            message = f"not vetted: the base in {self.editor.root} cannot be loaded"
            return [types.Diagnostic(_TOP, message, note, source="claimbook")]
        positions = self.positions(document)
        ranges = {each.start: positions.range(*span) for *span, each in editor.spans(result)}
        found = []
        for flag, sentence in (*result.vetted.with_sentences(), *looks(result)):
            if sentence is None:
                where = positions.rest_of_line(place(result, flag, None)[0])
            else:
                where = ranges[sentence.start]
            found.append(_flag(flag, where))
        return found


_TOP = types.Range(types.Position(0, 0), types.Position(0, 0))


def _path(uri: str) -> Path:
    """The file of an address; of one that names none, the present folder."""
    try:
        return Path(uris.to_fs_path(uri) or "").resolve()
    except (ValueError, OSError):
        return Path.cwd()


def _is_draft(path: Path) -> bool:
    return path.suffix.lower() in ENDINGS and path.suffix.lower() != WORD


def _flag(flag: Flag, where: types.Range) -> types.Diagnostic:
    also = "".join(f"\nalso: {other.message} ({other.rule})" for other in flag.also)
    severity = _SEVERITIES[flag.severity]
    return types.Diagnostic(
        where, flag.message + also, severity, code=flag.rule, source="claimbook"
    )


def server(root: Path) -> Server:
    """A language server for the base of a folder and for drafts anywhere."""
    ls = Server(root)

    @ls.feature(types.INITIALIZED)
    def initialized(_: types.InitializedParams) -> None:
        if ls.watching is None:
            ls.watching = asyncio.get_running_loop().create_task(ls.watch())
        ls.changed.set()

    @ls.feature(types.TEXT_DOCUMENT_DID_OPEN)
    @ls.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    @ls.feature(types.TEXT_DOCUMENT_DID_SAVE)
    @ls.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def changed(
        params: types.DidOpenTextDocumentParams
        | types.DidChangeTextDocumentParams
        | types.DidSaveTextDocumentParams
        | types.DidCloseTextDocumentParams,
    ) -> None:
        ls.note(params.text_document.uri)

    @ls.feature(types.TEXT_DOCUMENT_HOVER)
    async def hover(params: types.HoverParams) -> types.Hover | None:
        if (document := ls.opened(params.text_document)) is None:
            return None
        offset = ls.positions(document).offset(params.position)
        text = await _hovered(ls, document, offset)
        return types.Hover(types.MarkupContent(types.MarkupKind.PlainText, text)) if text else None

    @ls.feature(
        types.TEXT_DOCUMENT_COMPLETION,
        types.CompletionOptions(trigger_characters=[" ", "/", "[", "{"]),
    )
    async def completion(params: types.CompletionParams) -> list[types.CompletionItem]:
        document, report = ls.opened(params.text_document), await ls.report()
        if document is None or report is None or not ls.editor.is_record(_path(document.uri)):
            return []
        positions = ls.positions(document)
        offset = positions.offset(params.position)
        start, ids = editor.completions(document.source, offset, report.base)
        where = positions.range(start, offset)
        return [
            types.CompletionItem(
                name,
                detail=detail,
                filter_text=f"{name} {detail}",
                kind=types.CompletionItemKind.Reference,
                text_edit=types.TextEdit(where, name),
            )
            for name, detail in ids
        ]

    @ls.feature(types.TEXT_DOCUMENT_DEFINITION)
    async def definition(params: types.DefinitionParams) -> list[types.Location]:
        document, report = ls.opened(params.text_document), await ls.report()
        if document is None or report is None or not ls.editor.is_record(_path(document.uri)):
            return []
        offset = ls.positions(document).offset(params.position)
        places = (record.at for record in editor.named(document.source, offset, report.base))
        found = [(at, *ls.file(ls.editor.root / at.file)) for at in places if at.file]
        return [types.Location(uri, positions.rest_of_line(at)) for at, uri, positions in found]

    @ls.feature(
        types.TEXT_DOCUMENT_CODE_ACTION,
        types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix]),
    )
    async def code_action(params: types.CodeActionParams) -> list[types.CodeAction]:
        document = ls.opened(params.text_document)
        return await _actions(ls, document, params.range) if document else []

    return ls


async def _hovered(ls: Server, document: TextDocument, offset: int) -> str:
    """What is known of the ids at an offset of a record, or of the sentence of a draft there."""
    path, report = _path(document.uri), await ls.report()
    if report is None:
        return ""
    if ls.editor.is_record(path):
        records = editor.named(document.source, offset, report.base)
        return "\n\n".join(editor.described(record, report) for record in records)
    result = await _vetted(ls, document)
    for start, end, sentence in editor.spans(result) if result else ():
        if start <= offset < end:
            return editor.explained(sentence, report.base)
    return ""


async def _actions(
    ls: Server, document: TextDocument, where: types.Range
) -> list[types.CodeAction]:
    """What may be written in the place of the flagged sentences of a draft."""
    if (result := await _vetted(ls, document)) is None:
        return []
    positions = ls.positions(document)
    first, last = positions.offset(where.start), positions.offset(where.end)
    return [
        types.CodeAction(
            f"Write: {wording}",
            kind=types.CodeActionKind.QuickFix,
            edit=types.WorkspaceEdit(
                {document.uri: [types.TextEdit(positions.range(start, end), wording)]}
            ),
        )
        for start, end, sentence in editor.spans(result)
        if start <= last and first <= end
        for wording in editor.replacements(result, sentence)
    ]


async def _vetted(ls: Server, document: TextDocument) -> FinalResult | None:
    """A draft, vetted; None where it is none, cannot be read, or there is no base."""
    if not _is_draft(_path(document.uri)) or await ls.report() is None:
        return None
    try:
        return await ls.vet(document)
    except DraftError:
        return None
