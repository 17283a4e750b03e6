# SPDX-License-Identifier: Apache-2.0
"""A browser's SIP over WebSocket (RFC 7118), as far as signalling goes."""

import base64
import os
import socket
import struct

from sip import CRLF, Message, Peer, token


def handshake(port, origin=None, path="/"):
    """(status line, socket) after the upgrade request."""
    stream = socket.create_connection(("127.0.0.1", port), timeout=3)
    lines = [f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", "Upgrade: websocket",
             "Connection: Upgrade", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Protocol: sip",
             "Sec-WebSocket-Key: " + base64.b64encode(os.urandom(16)).decode()]
    if origin:
        lines.append(f"Origin: {origin}")
    stream.sendall((CRLF.join(lines) + CRLF + CRLF).encode())
    answer = b""
    while b"\r\n\r\n" not in answer:
        more = stream.recv(1)
        if not more:
            break
        answer += more
    return answer.split(b"\r\n")[0].decode(), stream


class Browser(Peer):
    """A Peer whose wire is a WebSocket; its Via and Contact name an invalid host, as JsSIP's."""

    def __init__(self, port, origin=None):
        status, self.stream = handshake(port, origin)
        assert " 101 " in status, status
        self.stream.settimeout(None)
        self.host = token() + ".invalid"
        super().__init__("127.0.0.1")

    def close(self):
        self.running = False
        self.stream.shutdown(socket.SHUT_RDWR)
        self.thread.join(2)
        self.stream.close()
        self.socket.close()

    def _read(self):
        while self.running:
            try:
                frame = self._frame()
            except (OSError, ConnectionError):
                return
            if frame is not None:
                self.inbox.put(Message(frame, ("127.0.0.1", 0)))

    def _exactly(self, count):
        data = b""
        while len(data) < count:
            more = self.stream.recv(count - len(data))
            if not more:
                raise ConnectionError("closed")
            data += more
        return data

    def _frame(self):
        first, second = self._exactly(2)
        length = second & 0x7F
        if length == 126:
            length = struct.unpack("!H", self._exactly(2))[0]
        body = self._exactly(length)
        return body.decode() if first & 0x0F in (1, 2) else None

    def send_text(self, text, target):
        text = text.replace("SIP/2.0/UDP", "SIP/2.0/WS")
        body = text.encode()
        mask = os.urandom(4)
        length = bytes([0x80 | len(body)]) if len(body) < 126 else struct.pack(
            "!BH", 0x80 | 126, len(body))
        masked = bytes(byte ^ mask[i % 4] for i, byte in enumerate(body))
        self.stream.sendall(b"\x81" + length + mask + masked)

    def contact(self, user):
        return f"sip:{user}@{self.host};transport=ws"
