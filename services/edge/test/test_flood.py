# SPDX-License-Identifier: Apache-2.0
"""A flood from one address is met with silence and harms nobody else."""

import time
import unittest

from edge import DOMAIN, Edge
from sip import Peer, sdp


class Flood(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.edge = Edge(apps=1, rtp_ports="29700-29799", flood_requests=60).start()
        cls.app = cls.edge.app()
        cls.edge.push_user("103")
        cls.edge.wait_apps(0)

    @classmethod
    def tearDownClass(cls):
        cls.app.close()
        cls.edge.stop()

    def test_a_flood_is_cut_off_while_carriers_and_known_phones_are_served(self):
        phone, carrier = Peer("127.0.0.77"), Peer("127.0.0.2")
        attacker = Peer("127.0.0.77")
        for peer in (phone, carrier, attacker):
            self.addCleanup(peer.close)
        self.assertEqual(self.edge.register(phone, "103").status, 200)
        deadline = time.monotonic() + 3
        sent = 0
        while time.monotonic() < deadline:
            attacker.request("REGISTER", f"sip:{DOMAIN}", self.edge.sip,
                             from_uri=f"sip:x@{DOMAIN}", to_uri=f"sip:x@{DOMAIN}")
            sent += 1
            if sent % 10 == 0:
                time.sleep(0.02)
        answered = 0
        while attacker.wait(lambda m: True, 0.05):
            answered += 1
        print(f"    flood: {sent} sent, {answered} answered", flush=True)
        self.assertGreater(sent, 500)
        self.assertLess(answered, 260)
        # The same address, but a phone that is known there; and a carrier
        self.assertEqual(self.edge.register(phone, "103").status, 200)
        call = carrier.request("INVITE", f"sip:+74950000100@{DOMAIN}", self.edge.sip,
                               body=sdp("127.0.0.2", 42000))
        invite = self.app.wait_request("INVITE", call["call_id"])
        self.assertIsNotNone(invite)
        self.app.respond(invite, 486)

    def test_a_carrier_is_never_taken_for_a_flood(self):
        carrier = Peer("127.0.0.2")
        self.addCleanup(carrier.close)
        # Ten at a time: this is about the limit, not about the kernel's socket buffer.
        for burst in range(30):
            for _ in range(10):
                carrier.request("OPTIONS", f"sip:{DOMAIN}", self.edge.sip)
            for answer in range(10):
                self.assertIsNotNone(carrier.wait(lambda m: m.status == 200, 1),
                                     f"answer {answer} of burst {burst}")


if __name__ == "__main__":
    unittest.main()
