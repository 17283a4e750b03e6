# SPDX-License-Identifier: Apache-2.0
"""Registration changes reach NATS, and nothing suffers when NATS is away."""

import json
import socket
import subprocess
import time
import unittest

from edge import Edge, wait_until
from sip import Peer
from websocket import Browser


class Nats:
    """A nats-server and one subscriber to everything an edge says."""

    def __init__(self):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.server = self.stream = None

    def start(self):
        self.server = subprocess.Popen(
            ["nats-server", "-a", "127.0.0.1", "-p", str(self.port)],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_until(self._connect, what="nats-server answers")

    def _connect(self):
        try:
            self.stream = socket.create_connection(("127.0.0.1", self.port), timeout=1)
        except OSError:
            return False
        self.data = b""
        self.stream.sendall(b'CONNECT {"verbose":false}\r\nSUB panacall.v1.edge.> 1\r\nPING\r\n')
        while self._line() != b"PONG":
            pass
        return True

    def _line(self):
        """One line; what has come of it stays for later when time is out."""
        while b"\r\n" not in self.data:
            more = self.stream.recv(4096)
            if not more:
                raise ConnectionError("nats-server closed")
            self.data += more
        line, _, self.data = self.data.partition(b"\r\n")
        return line

    def kill(self):
        self.server.kill()
        self.server.wait(5)
        self.stream.close()

    def next(self, timeout=3.0):
        """(subject, event), or None."""
        self.stream.settimeout(timeout)
        try:
            while True:
                words = self._line().split()
                if words[0] == b"PING":
                    self.stream.sendall(b"PONG\r\n")
                elif words[0] == b"MSG":
                    return words[1].decode(), json.loads(self._line())
        except TimeoutError:
            return None


class Events(unittest.TestCase):
    def setUp(self):
        self.nats = Nats()
        self.phone = Peer("127.0.0.1")
        self.addCleanup(self.phone.close)

    def edge(self):
        edge = Edge(apps=1, rtp_ports="29600-29699", name="edge-7",
                    nats_url=f"nats://127.0.0.1:{self.nats.port}").start()
        self.addCleanup(edge.stop)
        edge.push_user("103")
        return edge

    def test_registrations_and_their_ends_are_published(self):
        self.nats.start()
        self.addCleanup(self.nats.kill)
        edge = self.edge()
        before = int(time.time())
        self.assertEqual(edge.register(self.phone, "103", expires=60).status, 200)
        subject, event = self.nats.next()
        self.assertEqual(subject, "panacall.v1.edge.edge-7")
        self.assertEqual((event["event"], event["user"], event["domain"]),
                         ("registered", "103", "panacall.test"))
        self.assertTrue(0 <= event["expires"] - before - 60 <= 2)
        contact = event["contactId"]
        self.assertTrue(contact.startswith("uloc-"))

        self.assertEqual(edge.register(self.phone, "103", expires=0).status, 200)
        _, event = self.nats.next()
        self.assertEqual((event["event"], event["user"]), ("unregistered", "103"))

    def test_an_expired_registration_is_published(self):
        self.nats.start()
        self.addCleanup(self.nats.kill)
        edge = self.edge()
        edge.register(self.phone, "103", expires=30)
        _, event = self.nats.next()
        self.assertEqual(event["event"], "registered")
        aor = f"103@panacall.test"
        edge.rpc("ul.add", "location", aor, "sip:103@127.0.0.1:9", 1, 1.0, "", 0, 0, 0)
        deadline = time.monotonic() + 12
        while time.monotonic() < deadline:
            subject_event = self.nats.next(1)
            if subject_event and subject_event[1]["event"] == "expired":
                self.assertEqual(subject_event[1]["user"], "103")
                self.assertEqual(subject_event[1]["domain"], "panacall.test")
                return
        self.fail("no event of expiry")

    def test_a_browser_that_went_away_is_published(self):
        self.nats.start()
        self.addCleanup(self.nats.kill)
        edge = self.edge()
        browser = Browser(edge.websocket_port)
        name, password = edge.browser_credentials("101")
        edge.register(browser, "101", password=password, login=name,
                      contact=browser.contact("101"))
        _, event = self.nats.next()
        self.assertEqual((event["event"], event["user"]), ("registered", "101"))
        contact = event["contactId"]
        browser.close()
        _, event = self.nats.next(12)
        self.assertEqual((event["event"], event["user"], event["contactId"]),
                         ("expired", "101", contact))

    def test_without_nats_the_edge_starts_and_serves_and_catches_up_later(self):
        edge = self.edge()
        spent = []
        for _ in range(20):
            start = time.perf_counter()
            self.assertEqual(edge.register(self.phone, "103").status, 200)
            spent.append(time.perf_counter() - start)
            edge.rpc("htable.flush", "rates")
        print(f"    REGISTER without NATS: slowest {max(spent) * 1000:.0f} ms", flush=True)
        self.assertLess(max(spent), 1)
        self.nats.start()
        self.addCleanup(lambda: self.nats.kill())
        def is_published():
            edge.register(self.phone, "103")
            edge.rpc("htable.flush", "rates")
            return self.nats.next(0.3) is not None
        wait_until(is_published, timeout=20, what="published once NATS is there")

    def test_a_dying_nats_takes_nothing_along(self):
        self.nats.start()
        edge = self.edge()
        edge.register(self.phone, "103")
        self.assertIsNotNone(self.nats.next())
        for _ in range(3):
            self.nats.kill()
            for _ in range(10):
                self.assertEqual(edge.register(self.phone, "103").status, 200)
                edge.rpc("htable.flush", "rates")
            self.assertIsNone(edge.kamailio.poll())
            self.nats.start()
            def is_published():
                edge.register(self.phone, "103")
                edge.rpc("htable.flush", "rates")
                return self.nats.next(0.3) is not None
            wait_until(is_published, timeout=20, what="published once NATS is back")
        self.nats.kill()
        self.assertNotIn("103@", edge.log())


if __name__ == "__main__":
    unittest.main()
