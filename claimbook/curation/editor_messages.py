"""What an editor sends that breaks the protocol: answered with an error, never waited for."""

import re
from typing import Any, BinaryIO

from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.protocol import LanguageServerProtocol
from pygls.protocol.json_rpc import RPCMessage, RPCNotification, RPCRequest

MAX_MESSAGE = 100_000_000  # bytes
_MAX_LINE = 10_000  # bytes of a header
_HEADER = re.compile(rb"([\w-]+):([^\n]*)\n")
_LENGTH = re.compile(rb"\s*0*(\d{1,9})\s*")


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
