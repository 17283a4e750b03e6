# SPDX-License-Identifier: Apache-2.0
"""The plain ways through the edge: carrier to app server, app server to phone and to carrier."""

import unittest

from edge import DOMAIN, Edge, answer_call
from sip import Dialog, Peer, sdp


class Calls(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.edge = Edge(apps=1).start()
        cls.app = cls.edge.app()
        cls.carrier = Peer("127.0.0.2")
        cls.edge.push_user("103")
        cls.edge.wait_apps(0)

    @classmethod
    def tearDownClass(cls):
        cls.app.close()
        cls.carrier.close()
        cls.edge.stop()

    def carrier_invite(self, **more):
        more.setdefault("body", sdp("127.0.0.2", 42000))
        return self.carrier.request("INVITE", f"sip:+74950000100@{DOMAIN}", self.edge.sip,
                                    from_uri="sip:+79160000001@127.0.0.2", **more)

    def test_a_carriers_call_reaches_the_app_server_with_its_source_named(self):
        sent = self.carrier_invite(headers=["X-Panacall-Source: phone;user=101;domain=x",
                                            "X-PANACALL-SOURCE : phone;user=102;domain=x",
                                            "X-Panacall-Source\t: phone;user=102;domain=x",
                                            "x-panacall-other: forged"])
        invite = self.app.wait_request("INVITE", sent["call_id"])
        self.assertEqual(invite.all("X-Panacall-Source"), ["carrier;name=demo"])
        self.assertEqual(len(invite.all("X-Panacall-Received")), 1)
        self.assertEqual(invite.text.lower().count("x-panacall"), 2)
        self.assertIsNotNone(self.carrier.wait_status(sent["call_id"], 100))
        address, port = invite.media()
        self.assertTrue(28000 <= port < 29000, f"media anchored at {address}:{port}")

        dialog = answer_call(self.app, invite, self.edge)
        answer = self.carrier.wait_final(sent["call_id"])
        self.assertEqual(answer.status, 200)
        self.assertTrue(28000 <= answer.media()[1] < 29000)
        self.assertEqual(len(answer.all("Record-Route")), 2)

        caller = Dialog.of_caller(self.carrier, sent, answer)
        caller.send("ACK", cseq=1)
        self.assertIsNotNone(self.app.wait_request("ACK", sent["call_id"]))

        dialog.send("INFO")
        info = self.carrier.wait_request("INFO", sent["call_id"])
        self.carrier.respond(info, 200)
        self.assertEqual(self.app.wait_final(sent["call_id"], "INFO").status, 200)

        caller.send("BYE")
        bye = self.app.wait_request("BYE", sent["call_id"])
        self.app.respond(bye, 200)
        self.assertEqual(self.carrier.wait_final(sent["call_id"], "BYE").status, 200)

    def test_an_app_server_reaches_a_registered_phone_and_back(self):
        phone = Peer("127.0.0.1")
        self.addCleanup(phone.close)
        self.assertEqual(self.edge.register(phone, "103").status, 200)
        sent = self.app.request("INVITE", f"sip:103@{DOMAIN}", self.edge.inside,
                                body=sdp("127.0.0.1", 41000), contact=self.edge.app_contact())
        invite = phone.wait_request("INVITE", sent["call_id"])
        self.assertTrue(28000 <= invite.media()[1] < 29000)
        self.assertEqual(invite.source, self.edge.sip)
        phone.respond(invite, 180, contact=f"sip:103@127.0.0.1:{phone.port}", tag="p")
        self.assertIsNotNone(self.app.wait_status(sent["call_id"], 180))
        phone.respond(invite, 200, sdp("127.0.0.1", 43000),
                      contact=f"sip:103@127.0.0.1:{phone.port}", tag="p")
        answer = self.app.wait_final(sent["call_id"])
        self.assertEqual(answer.status, 200)
        self.assertTrue(28000 <= answer.media()[1] < 29000)
        dialog = Dialog.of_caller(self.app, sent, answer)
        dialog.send("ACK", cseq=1)
        self.assertIsNotNone(phone.wait_request("ACK", sent["call_id"]))
        # When the phone hangs up
        callee = Dialog.of_callee(phone, invite, invite.get("To") + ";tag=p")
        callee.send("BYE")
        bye = self.app.wait_request("BYE", sent["call_id"])
        self.app.respond(bye, 200)
        self.assertEqual(phone.wait_final(sent["call_id"], "BYE").status, 200)


if __name__ == "__main__":
    unittest.main()
