# SPDX-License-Identifier: Apache-2.0
"""A scripted SIP user agent on UDP: what a test sends is what goes on the wire."""

import hashlib
import queue
import re
import socket
import threading
import time
import uuid

CRLF = "\r\n"


class Message:
    """A SIP message, headers in order of arrival."""

    def __init__(self, text, source=None):
        head, _, self.body = text.partition(CRLF + CRLF)
        lines = head.split(CRLF)
        self.start = lines[0]
        self.headers = [tuple(part.strip() for part in line.split(":", 1)) for line in lines[1:]]
        self.source = source
        self.text = text

    @property
    def is_response(self):
        return self.start.startswith("SIP/2.0 ")

    @property
    def status(self):
        return int(self.start.split(" ")[1]) if self.is_response else 0

    @property
    def method(self):
        if self.is_response:
            return self.get("CSeq").split(" ")[1]
        return self.start.split(" ")[0]

    @property
    def uri(self):
        return self.start.split(" ")[1]

    def all(self, name):
        return [value for key, value in self.headers if key.lower() == name.lower()]

    def get(self, name):
        values = self.all(name)
        return values[0] if values else None

    def contact_uri(self):
        return re.search(r"<([^>]*)>", self.get("Contact")).group(1)

    def media(self):
        """The (address, port) of the first stream of the SDP."""
        address = re.search(r"^c=IN IP4 (\S+)", self.body, re.M).group(1)
        port = int(re.search(r"^m=audio (\d+)", self.body, re.M).group(1))
        return address, port


def sdp(address, port, codecs="0 8 101", extra=""):
    return CRLF.join([
        "v=0", f"o=- 1 1 IN IP4 {address}", "s=-", f"c=IN IP4 {address}", "t=0 0",
        f"m=audio {port} RTP/AVP {codecs}", "a=rtpmap:101 telephone-event/8000",
        "a=ptime:20"]) + CRLF + extra


def token():
    return uuid.uuid4().hex[:12]


class Peer:
    """One UDP address that speaks SIP. A thread reads; tests wait for what they expect."""

    def __init__(self, address, port=0, options=200, trying=False):
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind((address, port))
        self.address, self.port = self.socket.getsockname()
        self.options, self.trying = options, trying
        self.inbox = queue.Queue()
        self.pending = []
        self.running = True
        self.thread = threading.Thread(target=self._read, daemon=True)
        self.thread.start()

    def close(self):
        self.running = False
        try:
            poke = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            poke.sendto(b"", (self.address, self.port))
            poke.close()
        finally:
            self.thread.join(2)
            self.socket.close()

    def _read(self):
        while self.running:
            data, source = self.socket.recvfrom(65535)
            if not self.running:
                return
            if len(data) < 16:
                continue
            message = Message(data.decode("utf-8", "replace"), source)
            if message.method == "OPTIONS" and not message.is_response and self.options:
                self.respond(message, self.options)
                continue
            if message.method == "INVITE" and not message.is_response and self.trying:
                self.respond(message, 100)
            self.inbox.put(message)

    def send_text(self, text, target):
        self.socket.sendto(text.encode(), target)

    def wait(self, wanted, timeout=3.0):
        """The first message that `wanted` accepts, or None; others stay for later."""
        deadline = time.monotonic() + timeout
        for message in list(self.pending):
            if wanted(message):
                self.pending.remove(message)
                return message
        while True:
            left = deadline - time.monotonic()
            if left <= 0:
                return None
            try:
                message = self.inbox.get(timeout=left)
            except queue.Empty:
                return None
            if wanted(message):
                return message
            self.pending.append(message)

    def wait_request(self, method, call_id=None, timeout=3.0):
        return self.wait(lambda m: not m.is_response and m.method == method
                         and (call_id is None or m.get("Call-ID") == call_id), timeout)

    def wait_final(self, call_id, method=None, timeout=5.0):
        return self.wait(lambda m: m.is_response and m.status >= 200
                         and m.get("Call-ID") == call_id
                         and (method is None or m.method == method), timeout)

    def wait_status(self, call_id, status, timeout=3.0):
        return self.wait(lambda m: m.is_response and m.status == status
                         and m.get("Call-ID") == call_id, timeout)

    def respond(self, request, status, body="", headers=(), tag=None, contact=None):
        tag = tag or "t" + hashlib.md5((request.get("Call-ID") + str(self.port)).encode()
                                       ).hexdigest()[:8]
        lines = [f"SIP/2.0 {status} X"]
        for name, value in request.headers:
            if name.lower() in ("via", "from", "call-id", "cseq", "record-route"):
                lines.append(f"{name}: {value}")
            if name.lower() == "to":
                lines.append(f"To: {value}" + ("" if ";tag=" in value else f";tag={tag}"))
        if contact:
            lines.append(f"Contact: <{contact}>")
        lines.extend(headers)
        self._finish(lines, body, request.source)

    def _finish(self, lines, body, target):
        if body:
            lines.append("Content-Type: application/sdp")
        lines.append(f"Content-Length: {len(body)}")
        self.send_text(CRLF.join(lines) + CRLF + CRLF + body, target)

    def request(self, method, uri, target, *, call_id=None, from_uri=None, to_uri=None,
                from_tag=None, to_tag=None, cseq=1, body="", headers=(), contact=None,
                branch=None, via=None):
        """Sends a request; answers what is needed to follow it (a dict)."""
        call_id = call_id or token()
        from_tag = from_tag or token()
        from_uri = from_uri or f"sip:someone@{self.address}:{self.port}"
        to_uri = to_uri or uri
        branch = branch or "z9hG4bK" + token()
        lines = [
            f"{method} {uri} SIP/2.0",
            f"Via: SIP/2.0/UDP {via or f'{self.address}:{self.port}'};branch={branch};rport",
            f"From: <{from_uri}>;tag={from_tag}",
            f"To: <{to_uri}>" + (f";tag={to_tag}" if to_tag else ""),
            f"Call-ID: {call_id}",
            f"CSeq: {cseq} {method}",
            "Max-Forwards: 70",
        ]
        if contact != "":
            lines.append(f"Contact: <{contact or f'sip:ua@{self.address}:{self.port}'}>")
        lines.extend(headers)
        self._finish(lines, body, target)
        return {"call_id": call_id, "from_tag": from_tag, "from_uri": from_uri, "to_uri": to_uri,
                "branch": branch, "cseq": cseq, "uri": uri, "target": target}

    def ack_failure(self, sent, final):
        lines = [f"ACK {sent['uri']} SIP/2.0",
                 f"Via: SIP/2.0/UDP {self.address}:{self.port};branch={sent['branch']};rport",
                 f"From: <{sent['from_uri']}>;tag={sent['from_tag']}",
                 f"To: {final.get('To')}", f"Call-ID: {sent['call_id']}",
                 f"CSeq: {sent['cseq']} ACK", "Max-Forwards: 70"]
        self._finish(lines, "", sent["target"])


class Dialog:
    """What one side knows of a dialog: enough to send requests inside it."""

    def __init__(self, peer, target, call_id, local, remote, remote_target, routes, cseq=10):
        self.peer, self.target, self.call_id = peer, target, call_id
        self.local, self.remote = local, remote
        self.remote_target, self.routes, self.cseq = remote_target, routes, cseq

    @staticmethod
    def of_caller(peer, sent, answer):
        return Dialog(peer, sent["target"], sent["call_id"], answer.get("From"), answer.get("To"),
                      answer.contact_uri(), list(reversed(answer.all("Record-Route"))))

    @staticmethod
    def of_callee(peer, request, answer_to):
        return Dialog(peer, request.source, request.get("Call-ID"), answer_to,
                      request.get("From"), request.contact_uri(), request.all("Record-Route"))

    def send(self, method, body="", headers=(), cseq=None, contact=None):
        if cseq is None:
            self.cseq += 1
            cseq = self.cseq
        peer = self.peer
        lines = [f"{method} {self.remote_target} SIP/2.0",
                 f"Via: SIP/2.0/UDP {peer.address}:{peer.port};branch=z9hG4bK{token()};rport",
                 *[f"Route: {route}" for route in self.routes],
                 f"From: {self.local}", f"To: {self.remote}", f"Call-ID: {self.call_id}",
                 f"CSeq: {cseq} {method}", "Max-Forwards: 70",
                 f"Contact: <{contact or f'sip:ua@{peer.address}:{peer.port}'}>", *headers]
        peer._finish(lines, body, self.target)


def digest(method, uri, user, realm, password, challenge, nc=1, qop=True):
    nonce = re.search(r'nonce="([^"]+)"', challenge).group(1)
    md5 = lambda text: hashlib.md5(text.encode()).hexdigest()
    ha1 = md5(f"{user}:{realm}:{password}")
    ha2 = md5(f"{method}:{uri}")
    count = f"{nc:08x}"
    response = md5(f"{ha1}:{nonce}:{count}:c0ffee:auth:{ha2}")
    return (f'Digest username="{user}", realm="{realm}", nonce="{nonce}", uri="{uri}", '
            f'response="{response}", algorithm=MD5, qop=auth, nc={count}, cnonce="c0ffee"')
