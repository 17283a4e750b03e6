# SPDX-License-Identifier: Apache-2.0
"""Browsers: short-lived credentials, WebSocket, and the offers they get."""

import re
import unittest

from edge import DOMAIN, Edge, answer_call, wait_until
from sip import Dialog, sdp, digest
from websocket import Browser, handshake

# What a browser answers to an offer of ours, as far as rtpengine reads it.
WEBRTC = "\r\n".join([
    "v=0", "o=- 1 1 IN IP4 127.0.0.1", "s=-", "t=0 0", "a=group:BUNDLE 0",
    "m=audio 30900 UDP/TLS/RTP/SAVPF 0 8", "c=IN IP4 127.0.0.1", "a=mid:0", "a=rtcp-mux",
    "a=setup:active", "a=ice-ufrag:abcd", "a=ice-pwd:abcdefghijklmnopqrstuvwx", "a=sendrecv",
    "a=fingerprint:sha-256 " + ":".join(["AB"] * 32),
    "a=candidate:1 1 udp 2130706431 127.0.0.1 30900 typ host", ""])


class Browsers(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.edge = Edge(apps=1, domains="panacall.test,other.test", rtp_ports="29500-29599",
                        websocket_origins="https://clinic.example", user_registrations=8).start()
        cls.app = cls.edge.app()
        cls.edge.wait_apps(0)

    @classmethod
    def tearDownClass(cls):
        cls.app.close()
        cls.edge.stop()

    def browser(self):
        browser = Browser(self.edge.websocket_port, "https://clinic.example")
        self.addCleanup(browser.close)
        return browser

    def register(self, browser, user="101", name=None, password=None, domain=DOMAIN, aor=None):
        if name is None:
            name, password = self.edge.browser_credentials(user)
        return self.edge.register(browser, aor or user, password=password, login=name,
                                  domain=domain, contact=browser.contact(user))

    def call_browser(self, browser, user):
        sent = self.app.request("INVITE", f"sip:{user}@{DOMAIN}", self.edge.inside,
                                body=sdp("127.0.0.1", 41000), contact=self.edge.app_contact())
        invite = browser.wait_request("INVITE", sent["call_id"])
        return sent, invite

    def test_only_pages_of_our_origins_may_connect(self):
        for origin, status in (("https://clinic.example", " 101 "), (None, " 101 "),
                               ("https://evil.example", " 403 "),
                               ("https://clinicXexample", " 403 "),
                               ("https://clinic.example.evil.example", " 403 ")):
            line, stream = handshake(self.edge.websocket_port, origin)
            stream.close()
            self.assertIn(status, line, origin)

    def test_good_credentials_register_and_bad_ones_do_not(self):
        browser = self.browser()
        self.assertEqual(self.register(browser).status, 200)
        name, password = self.edge.browser_credentials("101")
        self.assertEqual(self.register(browser, name=name, password="wrong").status, 401)
        old, password = self.edge.browser_credentials("101", lifetime=-10)
        self.assertEqual(self.register(browser, name=old, password=password).status, 401)

    def test_credentials_are_good_for_one_user_of_one_domain(self):
        browser = self.browser()
        self.assertEqual(self.register(browser, "101", aor="102").status, 403)
        name, password = self.edge.browser_credentials("101")
        self.assertEqual(self.register(browser, name=name, password=password,
                                       domain="other.test").status, 401)
        name, password = self.edge.browser_credentials("101@other.test")
        self.assertEqual(self.register(browser, name=name, password=password,
                                       domain="other.test").status, 200)
        name, password = self.edge.browser_credentials("101@other.test")
        self.assertEqual(self.register(browser, name=name, password=password).status, 401)

    def test_a_browser_is_offered_webrtc_and_the_app_server_plain_rtp(self):
        browser = self.browser()
        self.assertEqual(self.register(browser, "102").status, 200)
        sent, invite = self.call_browser(browser, "102")
        for line in ("UDP/TLS/RTP/SAVPF", "a=fingerprint:", "a=ice-ufrag:", "a=rtcp-mux",
                     "a=setup:"):
            self.assertIn(line, invite.body)
        browser.respond(invite, 200, WEBRTC, contact=browser.contact("102"), tag="b")
        answer = self.app.wait_final(sent["call_id"])
        self.assertIn("RTP/AVP", answer.body)
        for line in ("SAVPF", "fingerprint", "ice-", "candidate"):
            self.assertNotIn(line, answer.body)
        dialog = Dialog.of_caller(self.app, sent, answer)
        dialog.send("ACK", cseq=1)
        self.assertIsNotNone(browser.wait_request("ACK", sent["call_id"]))
        dialog.send("BYE")
        bye = browser.wait_request("BYE", sent["call_id"])
        browser.respond(bye, 200)
        self.assertEqual(self.app.wait_final(sent["call_id"], "BYE").status, 200)

    def test_a_browser_that_reconnected_in_mid_call_gets_the_bye(self):
        first = self.browser()
        self.register(first, "103")
        sent, invite = self.call_browser(first, "103")
        first.respond(invite, 200, WEBRTC, contact=first.contact("103"), tag="b")
        answer = self.app.wait_final(sent["call_id"])
        dialog = Dialog.of_caller(self.app, sent, answer)
        dialog.send("ACK", cseq=1)
        second = self.browser()
        second.host = first.host
        self.assertEqual(self.register(second, "103").status, 200)
        dialog.send("BYE")
        bye = second.wait_request("BYE", sent["call_id"])
        self.assertIsNotNone(bye)
        second.respond(bye, 200)
        self.assertEqual(self.app.wait_final(sent["call_id"], "BYE").status, 200)

    def test_a_browser_calls_under_its_name(self):
        browser = self.browser()
        name, password = self.edge.browser_credentials("104")
        uri, aor = f"sip:999@{DOMAIN}", f"sip:104@{DOMAIN}"
        offer = WEBRTC.replace("setup:active", "setup:actpass")
        common = dict(from_uri=aor, to_uri=uri, body=offer, via=browser.host,
                      contact=browser.contact("104"))
        sent = browser.request("INVITE", uri, self.edge.sip, **common)
        challenge = browser.wait_final(sent["call_id"])
        self.assertEqual(challenge.status, 407)
        browser.ack_failure(sent, challenge)
        answer = digest("INVITE", uri, name, DOMAIN, password, challenge.get("Proxy-Authenticate"))
        sent = browser.request("INVITE", uri, self.edge.sip, call_id=sent["call_id"], cseq=2,
                               from_tag=sent["from_tag"],
                               headers=[f"Proxy-Authorization: {answer}"], **common)
        invite = self.app.wait_request("INVITE", sent["call_id"])
        self.assertEqual(invite.get("X-Panacall-Source"), "phone;user=104;domain=panacall.test")
        self.assertRegex(invite.body, r"m=audio \d+ RTP/AVP ")
        answer_call(self.app, invite, self.edge)
        final = browser.wait_final(sent["call_id"])
        self.assertIn("UDP/TLS/RTP/SAVPF", final.body)
        caller = Dialog.of_caller(browser, sent, final)
        caller.send("ACK", cseq=2)
        self.assertIsNotNone(self.app.wait_request("ACK", sent["call_id"]))
        caller.send("BYE")
        self.assertIsNotNone(self.app.wait_request("BYE", sent["call_id"]))

    def test_a_closed_browser_is_gone_from_the_locations(self):
        browser = Browser(self.edge.websocket_port, "https://clinic.example")
        self.register(browser, "105")
        def is_known():
            return "105@" in str(self.edge.rpc("ul.dump"))
        self.assertTrue(is_known())
        browser.close()
        wait_until(lambda: not is_known(), timeout=12, what="location gone")

    def test_one_users_registrations_are_limited_but_not_his_neighbours(self):
        browser = self.browser()
        statuses = [self.register(browser, "106") for _ in range(9)]
        self.assertEqual([s.status for s in statuses], [200] * 8 + [503])
        self.assertIn(int(statuses[-1].get("Retry-After")), range(1, 6))
        self.assertEqual(self.register(browser, "107").status, 200)


if __name__ == "__main__":
    unittest.main()
