# SPDX-License-Identifier: Apache-2.0
"""Who may sign in, and what those learn who may not."""

import hashlib
import re
import statistics
import time
import unittest

from edge import DOMAIN, Edge, answer_call
from sip import Dialog, Peer, digest, sdp


class Identity(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.edge = Edge(apps=1, domains="panacall.test,other.test", rtp_ports="29000-29199",
                        user_calls=5).start()
        cls.app = cls.edge.app()
        cls.edge.wait_apps(0)

    @classmethod
    def tearDownClass(cls):
        cls.app.close()
        cls.edge.stop()

    def setUp(self):
        self.phone = Peer("127.0.0.1")
        self.addCleanup(self.phone.close)

    def contacts(self):
        dump = self.edge.rpc("ul.dump")
        return [contact["Contact"] for domain in dump["Domains"]
                for aor in domain["Domain"]["AoRs"] for contact in aor["Info"]["Contacts"]]

    def test_before_the_first_push_a_phone_is_told_to_come_back(self):
        edge = Edge(apps=1, rtp_ports="29200-29299").start()
        self.addCleanup(edge.stop)
        answer = edge.register(self.phone, "103")
        self.assertEqual((answer.status, answer.get("Retry-After")), (503, "2"))
        self.assertFalse(edge.health()["ha1"])
        edge.push_user("103")
        self.assertTrue(edge.health()["ha1"])
        self.assertEqual(edge.register(self.phone, "103").status, 200)

    def test_good_credentials_register_and_unregister(self):
        self.edge.push_user("103")
        answer = self.edge.register(self.phone, "103", expires=60)
        self.assertEqual(answer.status, 200)
        self.assertIn("expires=60", answer.get("Contact"))
        mine = [c for c in self.contacts() if str(self.phone.port) in c["Received"]]
        self.assertEqual(len(mine), 1)
        self.assertEqual(self.edge.register(self.phone, "103", expires=0).status, 200)
        mine = [c for c in self.contacts() if str(self.phone.port) in c["Received"]]
        self.assertEqual(mine, [])

    def test_the_newest_device_of_an_extension_replaces_the_older(self):
        self.edge.push_user("104")
        second = Peer("127.0.0.1")
        self.addCleanup(second.close)
        self.assertEqual(self.edge.register(self.phone, "104").status, 200)
        self.assertEqual(self.edge.register(second, "104").status, 200)
        mine = [c["Address"] for c in self.contacts() if "sip:104@" in c["Address"]]
        self.assertEqual(len(mine), 1)
        self.assertIn(str(second.port), mine[0])

    def test_wrong_and_unknown_get_the_same_answer_and_leave_nothing_behind(self):
        self.edge.push_user("105")
        wrong = self.edge.register(self.phone, "105", password="guess")
        unknown = self.edge.register(self.phone, "755", password="guess")
        shape = lambda m: (m.start, [name for name, _ in m.headers],
                           re.sub(r'nonce="[^"]*"', "", m.get("WWW-Authenticate")))
        self.assertEqual(wrong.status, 401)
        self.assertEqual(shape(wrong), shape(unknown))
        users = [slot["name"] for entry in self.edge.rpc("htable.dump", "ha1")
                 for slot in entry["slot"]]
        self.assertNotIn("755@panacall.test", users)

    def test_unknown_costs_the_same_time_as_wrong(self):
        self.edge.push_user("106")
        def answer_time(user, n):
            peer = Peer("127.0.0.1")
            uri = f"sip:{DOMAIN}"
            aor = f"sip:{user}{n % 7}@{DOMAIN}" if user == "75" else f"sip:{user}@{DOMAIN}"
            name = aor[4:].split("@")[0]
            sent = peer.request("REGISTER", uri, self.edge.sip, from_uri=aor, to_uri=aor)
            first = peer.wait_final(sent["call_id"])
            answer = digest("REGISTER", uri, name, DOMAIN, "guess", first.get("WWW-Authenticate"))
            self.edge.rpc("htable.flush", "failures")
            start = time.perf_counter()
            peer.request("REGISTER", uri, self.edge.sip, call_id=sent["call_id"], cseq=2,
                         from_uri=aor, to_uri=aor, headers=[f"Authorization: {answer}"])
            self.assertEqual(peer.wait_final(sent["call_id"]).status, 401)
            spent = time.perf_counter() - start
            peer.close()
            return spent
        wrong = [answer_time("106", n) for n in range(30)]
        unknown = [answer_time("75", n) for n in range(30)]
        # A lookup that went anywhere else would show in milliseconds.
        self.assertLess(abs(statistics.median(wrong) - statistics.median(unknown)), 0.002)

    def test_another_identity_than_the_authenticated_is_refused(self):
        self.edge.push_user("103")
        self.assertEqual(self.edge.register(self.phone, "107", login="103").status, 403)
        sent, _ = self.edge.invite_from_phone(self.phone, "103", "999", claim="107")
        self.assertEqual(self.phone.wait_final(sent["call_id"]).status, 403)

    def test_a_softphone_that_knows_only_the_address_is_in_the_default_domain(self):
        self.edge.push_user("103")
        host = f"127.0.0.1:{self.edge.sip[1]}"
        uri = aor = f"sip:103@{host}"
        common = dict(from_uri=aor, to_uri=aor)
        sent = self.phone.request("REGISTER", f"sip:{host}", self.edge.sip, **common)
        challenge = self.phone.wait_final(sent["call_id"]).get("WWW-Authenticate")
        self.assertIn(f'realm="{DOMAIN}"', challenge)
        answer = digest("REGISTER", f"sip:{host}", "103", DOMAIN, "demo-103", challenge)
        sent = self.phone.request("REGISTER", f"sip:{host}", self.edge.sip, cseq=2,
                                  headers=[f"Authorization: {answer}"], **common)
        self.assertEqual(self.phone.wait_final(sent["call_id"]).status, 200)
        sent = self.app.request("INVITE", f"sip:103@{DOMAIN}", self.edge.inside,
                                body=sdp("127.0.0.1", 41000), contact=self.edge.app_contact())
        invite = self.phone.wait_request("INVITE", sent["call_id"])
        self.phone.respond(invite, 486)
        self.assertEqual(self.app.wait_final(sent["call_id"]).status, 486)

    def test_a_question_for_contacts_changes_nothing(self):
        self.edge.push_user("103")
        self.assertEqual(self.edge.register(self.phone, "103").status, 200)
        before = self.contacts()
        uri, aor = f"sip:{DOMAIN}", f"sip:103@{DOMAIN}"
        common = dict(from_uri=aor, to_uri=aor, contact="")
        sent = self.phone.request("REGISTER", uri, self.edge.sip, **common)
        challenge = self.phone.wait_final(sent["call_id"]).get("WWW-Authenticate")
        answer = digest("REGISTER", uri, "103", DOMAIN, "demo-103", challenge)
        sent = self.phone.request("REGISTER", uri, self.edge.sip, cseq=2,
                                  headers=[f"Authorization: {answer}"], **common)
        final = self.phone.wait_final(sent["call_id"])
        self.assertEqual(final.status, 200)
        self.assertIn(str(self.phone.port), final.get("Contact"))
        self.assertEqual(len(self.contacts()), len(before))

    def test_a_password_of_one_domain_is_nothing_in_another(self):
        self.edge.push_user("103")
        self.edge.push_user("103", password="elsewhere", domain="other.test")
        self.assertEqual(self.edge.register(self.phone, "103", domain="other.test").status, 401)
        self.assertEqual(self.edge.register(self.phone, "103", password="elsewhere",
                                            domain="other.test").status, 200)
        self.assertEqual(self.edge.register(self.phone, "103", domain="third.test").status, 403)

    def test_guessing_is_stopped_alike_for_known_and_unknown(self):
        self.edge.push_user("108")
        for user in ("108", "758"):
            answers = [self.edge.register(self.phone, user, password=f"guess{n}").status
                       for n in range(6)]
            self.assertEqual(answers, [401] * 5 + [403], user)
        # The right password does not help from there, but does from elsewhere.
        self.assertEqual(self.edge.register(self.phone, "108").status, 403)
        elsewhere = Peer("127.0.0.8")
        self.addCleanup(elsewhere.close)
        self.assertEqual(self.edge.register(elsewhere, "108").status, 200)

    def test_an_answer_heard_by_another_is_of_no_use_to_him(self):
        self.edge.push_user("109")
        uri, aor = f"sip:{DOMAIN}", f"sip:109@{DOMAIN}"
        sent = self.phone.request("REGISTER", uri, self.edge.sip, from_uri=aor, to_uri=aor)
        challenge = self.phone.wait_final(sent["call_id"]).get("WWW-Authenticate")
        answer = digest("REGISTER", uri, "109", DOMAIN, "demo-109", challenge)
        def present(peer):
            sent = peer.request("REGISTER", uri, self.edge.sip, from_uri=aor, to_uri=aor, cseq=2,
                                headers=[f"Authorization: {answer}"])
            return peer.wait_final(sent["call_id"])
        thief = Peer("127.0.0.9")
        self.addCleanup(thief.close)
        self.assertEqual(present(thief).status, 401)

    def test_an_answer_is_good_once_and_a_second_use_is_called_stale(self):
        self.edge.push_user("109")
        uri, aor = f"sip:{DOMAIN}", f"sip:109@{DOMAIN}"
        common = dict(from_uri=aor, to_uri=aor)
        sent = self.phone.request("REGISTER", uri, self.edge.sip, **common)
        challenge = self.phone.wait_final(sent["call_id"]).get("WWW-Authenticate")
        answer = digest("REGISTER", uri, "109", DOMAIN, "demo-109", challenge)
        headers = [f"Authorization: {answer}"]
        statuses = []
        for _ in range(2):
            sent = self.phone.request("REGISTER", uri, self.edge.sip, headers=headers, **common)
            final = self.phone.wait_final(sent["call_id"])
            statuses.append(final.status)
        self.assertEqual(statuses, [200, 401])
        self.assertIn("stale=true", final.get("WWW-Authenticate"))

    def test_credentials_of_two_users_in_one_request_give_neither_identity(self):
        self.edge.push_user("103")
        self.edge.push_user("104")
        uri, aor = f"sip:{DOMAIN}", f"sip:104@{DOMAIN}"
        sent = self.phone.request("REGISTER", uri, self.edge.sip, from_uri=aor, to_uri=aor)
        challenge = self.phone.wait_final(sent["call_id"]).get("WWW-Authenticate")
        # 103's own digest, under the name of 104, behind a decoy that names 103.
        decoy = 'Digest username="103", realm="x", nonce="n", uri="u", response="' + "0" * 32 + '"'
        real = digest("REGISTER", uri, "103", DOMAIN, "demo-103", challenge)
        real = real.replace('username="103"', 'username="104"')
        sent = self.phone.request(
            "REGISTER", uri, self.edge.sip, from_uri=aor, to_uri=aor,
            headers=[f"Authorization: {decoy}", f"Authorization: {real}"])
        self.assertIn(self.phone.wait_final(sent["call_id"]).status, (401, 403))

    def test_an_authenticated_phone_reaches_the_app_server_under_its_name(self):
        self.edge.push_user("103")
        sent, _ = self.edge.invite_from_phone(
            self.phone, "103", "999",
            headers=["X-Panacall-Source: carrier;name=demo",
                     "P-Asserted-Identity: <sip:admin@panacall.test>"])
        invite = self.app.wait_request("INVITE", sent["call_id"])
        self.assertEqual(invite.all("X-Panacall-Source"),
                         ["phone;user=103;domain=panacall.test"])
        self.assertIsNone(invite.get("P-Asserted-Identity"))
        self.assertIsNone(invite.get("Proxy-Authorization"))
        answer_call(self.app, invite, self.edge)
        answer = self.phone.wait_final(sent["call_id"])
        caller = Dialog.of_caller(self.phone, sent, answer)
        caller.send("ACK", cseq=2)
        self.assertIsNotNone(self.app.wait_request("ACK", sent["call_id"]))
        caller.send("BYE")
        self.app.respond(self.app.wait_request("BYE", sent["call_id"]), 200)
        self.assertEqual(self.phone.wait_final(sent["call_id"], "BYE").status, 200)

    def test_one_users_calls_are_limited(self):
        self.edge.push_user("110")
        last = None
        for _ in range(6):
            sent, _ = self.edge.invite_from_phone(self.phone, "110", "999")
            invite = self.app.wait_request("INVITE", sent["call_id"], timeout=1)
            if invite is None:
                last = self.phone.wait_final(sent["call_id"])
                break
            self.app.respond(invite, 486)
            self.phone.ack_failure(sent, self.phone.wait_final(sent["call_id"]))
        self.assertEqual(last.status, 503)
        self.assertIn(int(last.get("Retry-After")), range(1, 6))

    def test_no_number_and_no_secret_is_logged(self):
        self.edge.push_user("103")
        self.edge.register(self.phone, "103")
        for text in ("INVITE sip:+79161234567@panacall.test SIP/2.0\r\nVia: x\r\n\r\n",
                     "INVITE sip:+79161234567@panacall.test SIP/9\r\n\r\n",
                     "INVITE sip:+79161234567@[::: SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:9;"
                     "branch=z9hG4bK7\r\nCall-ID: m\r\nCSeq: 1 INVITE\r\nTo: <sip:+79161234567@\r\n"
                     "From: sip:+79161234567\r\nContact: <<\r\n\r\n"):
            self.phone.send_text(text, self.edge.sip)
        sent, _ = self.edge.invite_from_phone(self.phone, "103", "+79161234567")
        self.phone.wait_final(sent["call_id"], timeout=0.3)
        log = self.edge.log()
        for word in ("79161234567", "test-edge-token", "test-webrtc-secret", "demo-103",
                     hashlib.md5(b"103:panacall.test:demo-103").hexdigest()):
            self.assertNotIn(word, log)


if __name__ == "__main__":
    unittest.main()
