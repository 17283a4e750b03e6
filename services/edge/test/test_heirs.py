# SPDX-License-Identifier: Apache-2.0
"""Requests in the dialogs of an app server that died reach whoever is its heir."""

import time
import unittest

from edge import DOMAIN, Edge
from sip import Dialog, Peer, sdp

BOOT = ".k3f9a2"


class Heirs(unittest.TestCase):
    def setUp(self):
        self.edge = Edge(apps=2, rtp_ports="29500-29599").start()
        self.addCleanup(self.edge.stop)
        self.carrier = Peer("127.0.0.2")
        self.addCleanup(self.carrier.close)
        self.apps = [self.edge.app(0), self.edge.app(1)]
        self.edge.wait_apps(0, 1)

    def tearDown(self):
        for app in self.apps:
            if app:
                app.close()

    def kill_app(self, index):
        self.apps[index].close()
        self.apps[index] = None

    def holder(self, index):
        return f"sip-ingress-{index + 1}{BOOT}"

    def lead(self, index, heir):
        self.edge.rpc("htable.sets", "heirs", self.holder(index),
                      f"sip:127.0.0.1:{self.edge.first_app_port + heir};transport=udp")

    def established(self):
        sent = self.carrier.request("INVITE", f"sip:+74950000100@{DOMAIN}", self.edge.sip,
                                    body=sdp("127.0.0.2", 42000))
        index, invite = None, None
        deadline = time.monotonic() + 3
        while not invite and time.monotonic() < deadline:
            for index, app in enumerate(self.apps):
                invite = app and app.wait_request("INVITE", sent["call_id"], 0.02)
                if invite:
                    break
        self.apps[index].respond(invite, 200, sdp("127.0.0.1", 41000), tag="app",
                                 contact=self.edge.app_contact(index) + BOOT)
        caller = Dialog.of_caller(self.carrier, sent, self.carrier.wait_final(sent["call_id"]))
        caller.send("ACK", cseq=1)
        self.assertIsNotNone(self.apps[index].wait_request("ACK", sent["call_id"]))
        return index, caller

    def answers(self, index, caller, method, timeout=3.0):
        request = self.apps[index].wait_request(method, caller.call_id, timeout)
        self.assertIsNotNone(request)
        self.apps[index].respond(request, 200)
        self.assertEqual(self.carrier.wait_final(caller.call_id, method).status, 200)
        return request

    def test_a_living_holder_is_found_by_the_name_of_its_instance(self):
        for _ in range(4):
            index, caller = self.established()
            caller.send("INFO")
            self.answers(index, caller, "INFO")

    def test_an_heir_gets_the_requests_even_when_the_instance_lives_again(self):
        index, caller = self.established()
        self.lead(index, 1 - index)
        caller.send("INFO")
        self.answers(1 - index, caller, "INFO")
        caller.send("BYE")
        self.answers(1 - index, caller, "BYE")

    def test_a_bye_waits_until_the_heir_is_known(self):
        index, caller = self.established()
        heir = 1 - index
        self.kill_app(index)
        before = time.time()
        caller.send("BYE")
        after = time.time() + 0.5
        # The other app server is no heir yet, and says nothing
        self.assertIsNotNone(self.apps[heir].wait_request("BYE", caller.call_id, 4))
        self.lead(index, heir)
        bye = self.answers(heir, caller, "BYE", 6)
        # He hears when it came, not when he was asked
        received = bye.all("X-Panacall-Received")
        self.assertEqual(len(received), 1)
        self.assertTrue(before <= float(received[0]) <= after)

    def test_a_bye_waits_for_the_only_app_server_to_come_back(self):
        index, caller = self.established()
        self.kill_app(1 - index)
        self.kill_app(index)
        self.edge.wait_apps()
        caller.send("BYE")
        self.assertIsNone(self.carrier.wait_final(caller.call_id, "BYE", 2))
        self.apps[index] = self.edge.app(index)
        self.answers(index, caller, "BYE", 6)

    def test_a_request_that_nobody_answers_is_refused_in_the_end(self):
        self.edge.stop()
        self.edge = Edge(apps=2, rtp_ports="29500-29599", heir_tries=1).start()
        self.addCleanup(self.edge.stop)
        for index in (0, 1):
            self.kill_app(index)
            self.apps[index] = self.edge.app(index)
        self.edge.wait_apps(0, 1)
        _, caller = self.established()
        self.kill_app(0)
        self.kill_app(1)
        caller.send("BYE")
        self.assertEqual(self.carrier.wait_final(caller.call_id, "BYE", 6).status, 503)


if __name__ == "__main__":
    unittest.main()
