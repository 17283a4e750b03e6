# SPDX-License-Identifier: Apache-2.0
"""Phones on TCP and TLS: reached by their own connection, or not at all."""

import re
import socket
import ssl
import unittest

from edge import DOMAIN, Edge, wait_until
from sip import Dialog, Message, Peer, sdp


class StreamPhone(Peer):
    """A Peer whose wire is a TCP or TLS connection to the edge."""

    def __init__(self, port, tls=False):
        self.stream = socket.create_connection(("127.0.0.1", port))
        self.transport = "TLS" if tls else "TCP"
        if tls:
            self.stream = ssl._create_unverified_context().wrap_socket(self.stream)
        super().__init__("127.0.0.1")

    def close(self):
        self.running = False
        try:
            self.stream.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self.thread.join(2)
        self.stream.close()
        self.socket.close()

    def _read(self):
        data = b""
        while self.running:
            try:
                more = self.stream.recv(65535)
            except OSError:
                return
            if not more:
                return
            data += more
            while b"\r\n\r\n" in data:
                head, _, rest = data.partition(b"\r\n\r\n")
                length = int(re.search(rb"(?i)content-length: *(\d+)", head).group(1))
                if len(rest) < length:
                    break
                text = (head + b"\r\n\r\n" + rest[:length]).decode()
                self.inbox.put(Message(text, ("127.0.0.1", 0)))
                data = rest[length:]

    def send_text(self, text, target):
        self.stream.sendall(text.replace("SIP/2.0/UDP", f"SIP/2.0/{self.transport}").encode())


class SilentConnections(unittest.TestCase):
    def test_who_says_nothing_is_cut_and_who_has_signed_in_is_not(self):
        edge = Edge(apps=1, rtp_ports="29900-29999", connection_idle=2).start()
        self.addCleanup(edge.stop)
        app = edge.app()
        self.addCleanup(app.close)
        edge.push_user("103")
        edge.wait_apps(0)
        phone = StreamPhone(edge.sip[1])
        self.addCleanup(phone.close)
        contact = "sip:103@192.168.5.5:5060;transport=tcp"
        self.assertEqual(edge.register(phone, "103", contact=contact).status, 200)
        halves = []
        for port in [edge.sip[1], edge.websocket_port] * 100:
            half = socket.create_connection(("127.0.0.1", port), timeout=20)
            half.sendall(b"INVITE sip:1@127.0.0.1 SIP/2.0\r\nVia: SIP")
            halves.append(half)
        for half in halves:
            self.assertEqual(half.recv(1), b"")
            half.close()
        sent = app.request("INVITE", f"sip:103@{DOMAIN}", edge.inside,
                           body=sdp("127.0.0.1", 41000), contact=edge.app_contact())
        invite = phone.wait_request("INVITE", sent["call_id"])
        self.assertIsNotNone(invite, "the phone's connection was cut")
        phone.respond(invite, 486)


class Streams(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.edge = Edge(apps=1, rtp_ports="29900-29999").start()
        cls.app = cls.edge.app()
        cls.edge.push_user("103")
        cls.edge.wait_apps(0)

    @classmethod
    def tearDownClass(cls):
        cls.app.close()
        cls.edge.stop()

    def call(self, user):
        return self.app.request("INVITE", f"sip:{user}@{DOMAIN}", self.edge.inside,
                                body=sdp("127.0.0.1", 41000), contact=self.edge.app_contact())

    def test_phones_on_tcp_and_tls_are_called_over_their_connection(self):
        for port, tls in ((self.edge.sip[1], False), (self.edge.tls_port, True)):
            phone = StreamPhone(port, tls)
            kind = phone.transport.lower()
            contact = f"sip:103@192.168.5.5:5060;transport={kind}"
            answer = self.edge.register(phone, "103", contact=contact)
            self.assertEqual(answer.status, 200)
            sent = self.call("103")
            invite = phone.wait_request("INVITE", sent["call_id"])
            self.assertIsNotNone(invite, kind)
            phone.respond(invite, 200, sdp("127.0.0.1", 43000), contact=contact, tag="p")
            final = self.app.wait_final(sent["call_id"])
            dialog = Dialog.of_caller(self.app, sent, final)
            dialog.send("ACK", cseq=1)
            self.assertIsNotNone(phone.wait_request("ACK", sent["call_id"]))
            callee = Dialog.of_callee(phone, invite, invite.get("To") + ";tag=p")
            callee.send("INFO")
            info = self.app.wait_request("INFO", sent["call_id"])
            self.app.respond(info, 200)
            self.assertEqual(phone.wait_final(sent["call_id"], "INFO").status, 200)
            dialog.send("BYE")
            bye = phone.wait_request("BYE", sent["call_id"])
            phone.respond(bye, 200)
            self.assertEqual(self.app.wait_final(sent["call_id"], "BYE").status, 200)
            phone.close()
            wait_until(lambda: "103@" not in str(self.edge.rpc("ul.dump")), timeout=12,
                       what="a lost connection's location gone")
            self.assertEqual(self.app.wait_final(self.call("103")["call_id"]).status, 480)

    def test_connections_of_a_killed_edge_are_not_believed_in(self):
        phone = StreamPhone(self.edge.sip[1])
        self.addCleanup(phone.close)
        contact = "sip:103@192.168.5.5:5060;transport=tcp"
        self.assertEqual(self.edge.register(phone, "103", contact=contact).status, 200)
        self.edge.kill_kamailio()
        self.edge.start_kamailio()
        self.edge.push_user("103")
        self.edge.wait_apps(0)
        self.assertEqual(self.app.wait_final(self.call("103")["call_id"], timeout=1).status, 480)


if __name__ == "__main__":
    unittest.main()
