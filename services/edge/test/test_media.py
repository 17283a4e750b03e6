# SPDX-License-Identifier: Apache-2.0
"""Media through rtpengine: who hears whom, behind a NAT as well, and what strangers get."""

import unittest

from edge import DOMAIN, Edge, answer_call, wait_until
from rtp import Endpoint, talk
from sip import Dialog, Peer, sdp

CALLER, APP, STRANGER = 1, 2, 9


class Media(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.edge = Edge(apps=1, rtp_ports="28000-28999").start()
        cls.app = cls.edge.app()
        cls.edge.push_user("103")
        cls.edge.wait_apps(0)

    @classmethod
    def tearDownClass(cls):
        cls.app.close()
        cls.edge.stop()

    def setUp(self):
        self.carrier = self.closing(Peer("127.0.0.2"))
        self.media = self.closing(Endpoint("127.0.0.1", APP))
        self.ear = self.closing(Endpoint("127.0.0.2", CALLER))

    def closing(self, what):
        self.addCleanup(what.close)
        return what

    def call(self, body, contact=None, answer=None):
        """A carrier's call, answered: (caller's dialog, app's dialog, app's INVITE, answer)."""
        sent = self.carrier.request("INVITE", f"sip:+74950000100@{DOMAIN}", self.edge.sip,
                                    body=body, contact=contact)
        invite = self.app.wait_request("INVITE", sent["call_id"])
        callee = answer_call(self.app, invite, self.edge,
                             body=answer or sdp("127.0.0.1", self.media.port))
        final = self.carrier.wait_final(sent["call_id"])
        caller = Dialog.of_caller(self.carrier, sent, final)
        return caller, callee, invite, final

    def rtp_sessions(self):
        return self.edge.rpc("rtpengine.show", "all") and self.edge.http(
            "/metrics", port=2225 + self.edge.offset)[1]

    def sessions_now(self):
        for line in self.rtp_sessions().splitlines():
            if line.startswith("rtpengine_sessions{") and 'type="own"' in line:
                return int(float(line.split()[-1]))
        raise AssertionError("rtpengine tells no number of sessions")

    def hang_up(self, caller):
        caller.send("BYE")
        self.app.respond(self.app.wait_request("BYE", caller.call_id), 200)
        self.assertEqual(self.carrier.wait_final(caller.call_id, "BYE").status, 200)

    def test_both_sides_hear_each_other_and_a_bye_frees_the_ports(self):
        before = self.sessions_now()
        caller, _, invite, final = self.call(sdp("127.0.0.2", self.ear.port))
        caller.send("ACK", cseq=1)
        self.assertEqual(self.sessions_now(), before + 1)
        talk([(self.ear, final.media()), (self.media, invite.media())], 1)
        self.assertGreater(self.ear.heard[APP], 45)
        self.assertGreater(self.media.heard[CALLER], 45)
        self.hang_up(caller)
        wait_until(lambda: self.sessions_now() == before, what="session deleted")
        self.ear.heard.clear()
        talk([(self.ear, None), (self.media, invite.media())], 0.2)
        self.assertEqual(self.ear.heard[APP], 0)

    def test_a_failed_call_and_a_cancelled_one_free_their_ports(self):
        before = self.sessions_now()
        sent = self.carrier.request("INVITE", f"sip:+74950000100@{DOMAIN}", self.edge.sip,
                                    body=sdp("127.0.0.2", self.ear.port))
        self.app.respond(self.app.wait_request("INVITE", sent["call_id"]), 486)
        self.assertEqual(self.carrier.wait_final(sent["call_id"]).status, 486)
        sent = self.carrier.request("INVITE", f"sip:+74950000100@{DOMAIN}", self.edge.sip,
                                    body=sdp("127.0.0.2", self.ear.port))
        invite = self.app.wait_request("INVITE", sent["call_id"])
        self.app.respond(invite, 180, contact=self.edge.app_contact())
        self.carrier.wait_status(sent["call_id"], 180)
        self.carrier.request("CANCEL", sent["uri"], self.edge.sip, call_id=sent["call_id"],
                             from_tag=sent["from_tag"], branch=sent["branch"], contact="")
        self.app.respond(self.app.wait_request("CANCEL", sent["call_id"]), 200)
        self.app.respond(invite, 487)
        self.assertEqual(self.carrier.wait_final(sent["call_id"], "INVITE").status, 487)
        wait_until(lambda: self.sessions_now() == before, what="sessions deleted")

    def test_a_stranger_in_dialog_leaves_no_session_behind(self):
        before = self.sessions_now()
        stranger = self.closing(Peer("127.0.0.66"))
        sent = stranger.request("INVITE", self.edge.app_contact(), self.edge.sip, to_tag="x",
                                body=sdp("127.0.0.66", 30500))
        self.app.respond(self.app.wait_request("INVITE", sent["call_id"]), 481)
        self.assertEqual(stranger.wait_final(sent["call_id"]).status, 481)
        wait_until(lambda: self.sessions_now() == before, what="session deleted")

    def test_holds_of_both_styles_reach_the_app_server(self):
        for body, sign in ((sdp("127.0.0.2", self.ear.port, extra="a=sendonly\r\n"), "a=sendonly"),
                           (sdp("0.0.0.0", self.ear.port), "c=IN IP4 0.0.0.0")):
            caller, _, _, _ = self.call(sdp("127.0.0.2", self.ear.port))
            caller.send("ACK", cseq=1)
            caller.send("INVITE", body)
            again = self.app.wait(lambda m: m.method == "INVITE" and not m.is_response
                                  and m.get("CSeq") == "11 INVITE")
            self.assertIn(sign, again.body)
            self.app.respond(again, 200, sdp("127.0.0.1", self.media.port),
                             contact=self.edge.app_contact())
            self.assertEqual(self.carrier.wait_final(caller.call_id, "INVITE").status, 200)
            caller.send("ACK", cseq=11)
            self.hang_up(caller)

    def test_early_media_is_heard_before_the_answer(self):
        sent = self.carrier.request("INVITE", f"sip:+74950000100@{DOMAIN}", self.edge.sip,
                                    body=sdp("127.0.0.2", self.ear.port))
        invite = self.app.wait_request("INVITE", sent["call_id"])
        self.app.respond(invite, 183, sdp("127.0.0.1", self.media.port),
                         contact=self.edge.app_contact())
        progress = self.carrier.wait_status(sent["call_id"], 183)
        self.assertTrue(28000 <= progress.media()[1] < 29000)
        talk([(self.ear, None), (self.media, invite.media())], 0.5)
        self.assertGreater(self.ear.heard[APP], 20)
        self.app.respond(invite, 486)

    def test_a_call_without_an_offer_is_anchored_both_ways(self):
        sent = self.carrier.request("INVITE", f"sip:+74950000100@{DOMAIN}", self.edge.sip)
        invite = self.app.wait_request("INVITE", sent["call_id"])
        self.assertEqual(invite.body, "")
        answer_call(self.app, invite, self.edge, body=sdp("127.0.0.1", self.media.port))
        offer = self.carrier.wait_final(sent["call_id"])
        self.assertTrue(28000 <= offer.media()[1] < 29000)
        caller = Dialog.of_caller(self.carrier, sent, offer)
        caller.send("ACK", cseq=1, body=sdp("127.0.0.2", self.ear.port))
        ack = self.app.wait_request("ACK", sent["call_id"])
        self.assertTrue(28000 <= ack.media()[1] < 29000)
        talk([(self.ear, offer.media()), (self.media, ack.media())], 0.5)
        self.assertGreater(self.ear.heard[APP], 20)
        self.assertGreater(self.media.heard[CALLER], 20)
        self.hang_up(caller)

    def test_reinvites_of_both_sides_are_anchored(self):
        caller, callee, invite, final = self.call(sdp("127.0.0.2", self.ear.port))
        caller.send("ACK", cseq=1)
        second = self.closing(Endpoint("127.0.0.2", CALLER))
        caller.send("INVITE", sdp("127.0.0.2", second.port))
        again = self.app.wait(lambda m: m.method == "INVITE" and not m.is_response
                              and m.get("CSeq") == "11 INVITE")
        self.assertTrue(28000 <= again.media()[1] < 29000)
        self.app.respond(again, 200, sdp("127.0.0.1", self.media.port),
                         contact=self.edge.app_contact())
        answer = self.carrier.wait_final(caller.call_id, "INVITE")
        caller.send("ACK", cseq=11)
        talk([(second, answer.media()), (self.media, again.media())], 0.5)
        self.assertGreater(second.heard[APP], 20)
        self.assertGreater(self.media.heard[CALLER], 20)

        moved = self.closing(Endpoint("127.0.0.1", APP))
        callee.send("INVITE", sdp("127.0.0.1", moved.port), contact=self.edge.app_contact())
        asked = self.carrier.wait_request("INVITE", caller.call_id)
        self.assertTrue(28000 <= asked.media()[1] < 29000)
        self.carrier.respond(asked, 200, sdp("127.0.0.2", second.port),
                             contact=f"sip:ua@127.0.0.2:{self.carrier.port}")
        answer = self.app.wait_final(caller.call_id, "INVITE")
        callee.send("ACK", cseq=callee.cseq)
        self.assertIsNotNone(self.carrier.wait_request("ACK", caller.call_id))
        second.heard.clear()
        talk([(second, asked.media()), (moved, answer.media())], 0.5)
        self.assertGreater(second.heard[APP], 20)
        self.assertGreater(moved.heard[CALLER], 20)

    def test_wrong_contact_and_sdp_addresses_behind_a_nat_do_not_matter(self):
        for private in ("192.168.1.50", "10.1.2.3", "203.0.113.9"):
            caller, callee, invite, final = self.call(
                sdp(private, 7078), contact=f"sip:ua@{private}:5062")
            caller.send("ACK", cseq=1)
            self.assertIsNotNone(self.app.wait_request("ACK", caller.call_id))
            ear = self.closing(Endpoint("127.0.0.2", CALLER))
            self.media.heard.clear()
            talk([(ear, final.media()), (self.media, invite.media())], 1)
            self.assertGreater(ear.heard[APP], 40, private)
            self.assertGreater(self.media.heard[CALLER], 45, private)
            callee.send("BYE")
            bye = self.carrier.wait_request("BYE", caller.call_id)
            self.assertIsNotNone(bye, private)
            self.carrier.respond(bye, 200)
            self.assertEqual(self.app.wait_final(caller.call_id, "BYE").status, 200)

    def test_a_phone_behind_a_nat_is_reached_and_heard(self):
        phone = self.closing(Peer("127.0.0.5"))
        answer = self.edge.register(phone, "103", contact="sip:103@192.168.7.7:5060")
        self.assertEqual(answer.status, 200)
        ear = self.closing(Endpoint("127.0.0.5", CALLER))
        sent = self.app.request("INVITE", f"sip:103@{DOMAIN}", self.edge.inside,
                                body=sdp("127.0.0.1", self.media.port),
                                contact=self.edge.app_contact())
        invite = phone.wait_request("INVITE", sent["call_id"])
        phone.respond(invite, 200, sdp("192.168.7.7", 7078), contact="sip:103@192.168.7.7:5060")
        final = self.app.wait_final(sent["call_id"])
        dialog = Dialog.of_caller(self.app, sent, final)
        dialog.send("ACK", cseq=1)
        self.assertIsNotNone(phone.wait_request("ACK", sent["call_id"]))
        talk([(ear, invite.media()), (self.media, final.media())], 1)
        self.assertGreater(ear.heard[APP], 40)
        self.assertGreater(self.media.heard[CALLER], 45)
        dialog.send("BYE")
        self.assertIsNotNone(phone.wait_request("BYE", sent["call_id"]))

    def test_before_a_phone_has_answered_a_stranger_gets_nothing_and_loses_all_at_the_answer(self):
        phone = self.closing(Peer("127.0.0.1"))
        self.assertEqual(self.edge.register(phone, "103").status, 200)
        ear = self.closing(Endpoint("127.0.0.1", CALLER))
        stranger = self.closing(Endpoint("127.0.0.66", STRANGER))
        sent = self.app.request("INVITE", f"sip:103@{DOMAIN}", self.edge.inside,
                                body=sdp("127.0.0.1", self.media.port),
                                contact=self.edge.app_contact())
        invite = phone.wait_request("INVITE", sent["call_id"])
        phone.respond(invite, 180, contact="sip:103@127.0.0.1", tag="p")
        talk([(stranger, invite.media()), (self.media, None)], 0.5)
        print(f"    ringing: app server's side heard {self.media.heard[STRANGER]} of 25 packets",
              flush=True)
        phone.respond(invite, 200, sdp("127.0.0.1", ear.port), contact="sip:103@127.0.0.1", tag="p")
        final = self.app.wait_final(sent["call_id"])
        self.media.heard.clear()
        talk([(stranger, invite.media()), (self.media, final.media())], 0.5)
        self.assertEqual((self.media.heard[STRANGER], stranger.heard[APP]), (0, 0))
        talk([(ear, invite.media()), (self.media, final.media())], 0.5)
        self.assertGreater(self.media.heard[CALLER], 20)
        self.assertGreater(ear.heard[APP], 20)

    def test_a_stranger_is_never_heard_where_the_sdp_tells_the_truth(self):
        for address in ("127.0.0.66", "127.0.0.2"):
            stranger = self.closing(Endpoint(address, STRANGER))
            caller, _, invite, final = self.call(sdp("127.0.0.2", self.ear.port))
            caller.send("ACK", cseq=1)
            self.media.heard.clear()
            # Before anybody else has sent a packet, to both ports of the call
            talk([(stranger, final.media()), (self.media, None)], 0.3)
            talk([(stranger, invite.media()), (self.ear, None)], 0.3)
            self.assertEqual((self.media.heard[STRANGER], self.ear.heard[STRANGER]), (0, 0))
            # While both talk
            talk([(self.ear, final.media()), (self.media, invite.media()),
                  (stranger, final.media()), (stranger, invite.media())], 1)
            self.assertEqual((self.media.heard[STRANGER], self.ear.heard[STRANGER]), (0, 0))
            self.assertEqual(sum(stranger.heard.values()), 0)
            self.assertGreater(self.media.heard[CALLER], 45)
            self.hang_up(caller)

    def test_a_stranger_who_was_first_cannot_keep_a_call_behind_a_nat(self):
        stranger = self.closing(Endpoint("127.0.0.66", STRANGER))
        ear = self.closing(Endpoint("127.0.0.2", CALLER))
        caller, _, invite, final = self.call(sdp("192.168.1.50", 7078))
        caller.send("ACK", cseq=1)
        talk([(stranger, final.media()), (self.media, invite.media())], 0.5)
        early = self.media.heard[STRANGER], stranger.heard[APP]
        self.media.heard.clear()
        stranger.heard.clear()
        talk([(ear, final.media()), (stranger, final.media()),
              (self.media, invite.media())], 4)
        learning = self.media.heard[STRANGER], stranger.heard[APP]
        self.assertLessEqual(stranger.heard[APP], 3)
        self.assertGreater(ear.heard[APP], 190)
        self.media.heard.clear()
        stranger.heard.clear()
        talk([(ear, final.media()), (stranger, final.media()),
              (self.media, invite.media())], 1)
        self.assertEqual((self.media.heard[STRANGER], stranger.heard[APP]), (0, 0))
        self.assertGreater(self.media.heard[CALLER], 45)
        print(f"    NAT, stranger heard/got: 0.5 s alone {early}, 4 s beside {learning}, then 0",
              flush=True)


if __name__ == "__main__":
    unittest.main()
