# SPDX-License-Identifier: Apache-2.0
"""Broken messages: the edge neither dies nor forgets how to serve the next good call."""

import random
import unittest

from edge import DOMAIN, Edge
from sip import CRLF, Peer, sdp, token

SEED = 20260101
ROUNDS, PER_ROUND = 12, 100


class Malformed(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.edge = Edge(apps=1, rtp_ports="29000-29099", flood_requests=100000).start()
        cls.app = cls.edge.app()
        cls.edge.push_user("103")
        cls.edge.wait_apps(0)

    @classmethod
    def tearDownClass(cls):
        cls.app.close()
        cls.edge.stop()

    def valid(self, method, number):
        body = sdp("127.0.0.2", 42000)
        return CRLF.join([
            f"{method} sip:+74950000100@{DOMAIN} SIP/2.0",
            f"Via: SIP/2.0/UDP 127.0.0.2:5099;branch=z9hG4bK{token()};rport",
            f"From: <sip:+7916@127.0.0.2>;tag={token()}", f"To: <sip:+74950000100@{DOMAIN}>",
            f"Call-ID: m{number}-{token()}", f"CSeq: 1 {method}", "Max-Forwards: 70",
            "Contact: <sip:ua@127.0.0.2:5099>",
            f"Route: <sip:127.0.0.1:{self.edge.sip[1]};lr>",
            "Content-Type: application/sdp", f"Content-Length: {len(body)}", "", body]).encode()

    def broken(self, chance, number):
        message = bytearray(self.valid(chance.choice(
            ["INVITE", "REGISTER", "BYE", "ACK", "CANCEL", "OPTIONS"]), number))
        for _ in range(chance.randint(1, 8)):
            place = chance.randrange(len(message))
            kind = chance.randrange(5)
            if kind == 0:
                message[place] = chance.randrange(256)
            elif kind == 1:
                del message[place:place + chance.randint(1, 40)]
            elif kind == 2:
                message[place:place] = bytes([chance.choice(b'<>;:@"\\ \r\n\0%,()=')]) * (
                    chance.choice([1, 2, 50, 2000]))
            elif kind == 3:
                message[place:place] = message[:chance.randint(1, 200)]
            else:
                del message[place:]
            if len(message) < 20:
                break
        return bytes(message[:60000])

    def test_a_good_call_succeeds_after_every_hundred_broken_messages(self):
        chance = random.Random(SEED)
        before = sorted(self.edge.processes())
        for address in ("127.0.0.66", "127.0.0.2"):
            sender = Peer(address)
            self.addCleanup(sender.close)
            for step in range(ROUNDS):
                for number in range(PER_ROUND):
                    sender.socket.sendto(self.broken(chance, number), self.edge.sip)
                carrier = Peer("127.0.0.2")
                sent = carrier.request("INVITE", f"sip:+74950000100@{DOMAIN}", self.edge.sip,
                                       body=sdp("127.0.0.2", 42000))
                invite = self.app.wait_request("INVITE", sent["call_id"], 5)
                self.assertIsNotNone(invite, f"after round {step} from {address}")
                self.app.respond(invite, 486)
                self.assertEqual(carrier.wait_final(sent["call_id"]).status, 486)
                carrier.close()
        self.assertEqual(sorted(self.edge.processes()), before)
        self.assertNotIn("74950000100", self.edge.log())


if __name__ == "__main__":
    unittest.main()
