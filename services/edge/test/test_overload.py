# SPDX-License-Identifier: Apache-2.0
"""App servers without room for more calls: refusals are cheap, and no call at hand suffers."""

import time
import unittest

from edge import DOMAIN, Edge, answer_call
from sip import Dialog, Peer, sdp


class Overload(unittest.TestCase):
    # Long enough for a slow machine to get several calls into.
    HOLD = 3.0

    def setUp(self):
        self.edge = Edge(apps=2, rtp_ports="29800-29899", app_refused_ms=9000,
                         app_pause_ms=int(self.HOLD * 1000)).start()
        self.addCleanup(self.edge.stop)
        self.carrier = Peer("127.0.0.2")
        self.addCleanup(self.carrier.close)
        self.apps = [self.edge.app(0), self.edge.app(1)]
        self.edge.wait_apps(0, 1)

    def tearDown(self):
        for app in self.apps:
            if app:
                app.close()

    def invite(self):
        return self.carrier.request("INVITE", f"sip:+74950000100@{DOMAIN}", self.edge.sip,
                                    body=sdp("127.0.0.2", 42000))

    def arrival(self, call_id, timeout=3.0):
        """(index, invite) at the app server that got the call."""
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            for index, app in enumerate(self.apps):
                invite = app and app.wait_request("INVITE", call_id, 0.02)
                if invite:
                    return index, invite
        return None, None

    def established(self):
        sent = self.invite()
        index, invite = self.arrival(sent["call_id"])
        answer_call(self.apps[index], invite, self.edge, index)
        caller = Dialog.of_caller(self.carrier, sent, self.carrier.wait_final(sent["call_id"]))
        caller.send("ACK", cseq=1)
        self.assertIsNotNone(self.apps[index].wait_request("ACK", sent["call_id"]))
        return index, caller

    def refuse_by_both(self):
        sent = self.invite()
        index, invite = self.arrival(sent["call_id"])
        self.apps[index].respond(invite, 503, headers=["Retry-After: 2"])
        other = self.apps[1 - index].wait_request("INVITE", sent["call_id"])
        self.apps[1 - index].respond(other, 503, headers=["Retry-After: 2"])
        final = self.carrier.wait_final(sent["call_id"])
        self.assertEqual(final.status, 503)
        self.carrier.ack_failure(sent, final)
        for app in self.apps:
            self.assertIsNotNone(app.wait_request("ACK", sent["call_id"]))

    def media_sessions(self):
        _, text = self.edge.http("/metrics", 2225 + self.edge.offset)
        return next(float(line.split()[1]) for line in text.splitlines()
                    if line.startswith("rtpengine_sessions{type=\"own\"}"))

    def test_who_refused_is_left_alone_and_calls_are_refused_at_the_edge(self):
        self.refuse_by_both()
        end = time.monotonic() + self.HOLD
        for _ in range(20):
            sent = self.invite()
            final = self.carrier.wait_final(sent["call_id"])
            self.assertEqual(final.status, 503)
            self.assertIn(int(final.get("Retry-After")), range(1, 6))
            self.carrier.ack_failure(sent, final)
        self.assertEqual(self.arrival(None, 0.3)[0], None)
        while time.monotonic() < end:
            time.sleep(0.05)
        index, invite = self.arrival(self.invite()["call_id"])
        self.assertIsNotNone(invite)
        self.apps[index].respond(invite, 486)

    def test_who_refused_is_left_alone_while_another_serves(self):
        sent = self.invite()
        busy, invite = self.arrival(sent["call_id"])
        self.apps[busy].respond(invite, 503, headers=["Retry-After: 2"])
        other = self.apps[1 - busy].wait_request("INVITE", sent["call_id"])
        self.apps[1 - busy].respond(other, 486)
        for _ in range(8):
            index, invite = self.arrival(self.invite()["call_id"])
            self.assertEqual(index, 1 - busy)
            self.apps[index].respond(invite, 486)

    def test_a_call_at_hand_ends_while_new_ones_are_refused(self):
        index, caller = self.established()
        self.refuse_by_both()
        caller.send("BYE")
        bye = self.apps[index].wait_request("BYE", caller.call_id)
        self.apps[index].respond(bye, 200)
        self.assertEqual(self.carrier.wait_final(caller.call_id, "BYE").status, 200)

    def test_a_bye_is_relayed_though_no_app_server_answers_probes(self):
        index, caller = self.established()
        for app in self.apps:
            app.options = None
        self.edge.wait_apps()
        caller.send("BYE")
        bye = self.apps[index].wait_request("BYE", caller.call_id)
        self.assertIsNotNone(bye)
        self.apps[index].respond(bye, 200)
        self.assertEqual(self.carrier.wait_final(caller.call_id, "BYE").status, 200)

    def test_a_bye_waits_for_an_app_server_that_is_late(self):
        index, caller = self.established()
        self.apps[1 - index].close()
        self.apps[1 - index] = None
        self.edge.wait_apps(index)
        caller.send("BYE")
        first = self.apps[index].wait_request("BYE", caller.call_id)
        again = self.apps[index].wait(
            lambda m: not m.is_response and m.method == "BYE"
            and m.get("Via") != first.get("Via"), 4)
        self.assertIsNotNone(again)
        self.apps[index].respond(again, 200)
        self.assertEqual(self.carrier.wait_final(caller.call_id, "BYE").status, 200)

    def test_refused_calls_leave_nothing_in_rtpengine(self):
        before = self.media_sessions()
        self.refuse_by_both()
        for _ in range(5):
            self.carrier.wait_final(self.invite()["call_id"])
        self.assertEqual(self.media_sessions(), before)


if __name__ == "__main__":
    unittest.main()
