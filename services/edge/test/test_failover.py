# SPDX-License-Identifier: Apache-2.0
"""What happens when something behind the edge, or the edge itself, dies."""

import contextlib
import pathlib
import re
import sqlite3
import time
import unittest

from edge import DOMAIN, Edge, answer_call, wait_until
from sip import Dialog, Peer, sdp


class Failover(unittest.TestCase):
    def setUp(self):
        self.edge = Edge(apps=2, rtp_ports="29400-29499").start()
        self.addCleanup(self.edge.stop)
        self.carrier = self.peer("127.0.0.2")
        self.apps = [self.edge.app(0), self.edge.app(1)]
        self.edge.wait_apps(0, 1)

    def tearDown(self):
        for app in self.apps:
            if app:
                app.close()

    def peer(self, *address):
        peer = Peer(*address)
        self.addCleanup(peer.close)
        return peer

    def kill_app(self, index):
        self.apps[index].close()
        self.apps[index] = None

    def invite(self, **more):
        return self.carrier.request("INVITE", f"sip:+74950000100@{DOMAIN}", self.edge.sip,
                                    body=sdp("127.0.0.2", 42000), **more)

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
        callee = answer_call(self.apps[index], invite, self.edge, index)
        caller = Dialog.of_caller(self.carrier, sent, self.carrier.wait_final(sent["call_id"]))
        caller.send("ACK", cseq=1)
        self.assertIsNotNone(self.apps[index].wait_request("ACK", sent["call_id"]))
        return index, caller, callee

    def test_every_call_is_served_just_after_an_app_server_died(self):
        self.kill_app(0)
        for _ in range(8):
            sent = self.invite()
            index, invite = self.arrival(sent["call_id"])
            self.assertEqual(index, 1)
            self.assertTrue(29400 <= invite.media()[1] < 29500)
            self.apps[1].respond(invite, 486)
            self.assertEqual(self.carrier.wait_final(sent["call_id"]).status, 486)

    def test_an_app_server_that_says_100_and_dies_is_replaced(self):
        self.edge.stop()
        self.edge = Edge(apps=2, rtp_ports="29400-29499", app_ringing_ms=700).start()
        self.addCleanup(self.edge.stop)
        for index in (0, 1):
            self.kill_app(index)
            self.apps[index] = self.edge.app(index)
        self.edge.wait_apps(0, 1)
        sent = self.invite()
        first, _ = self.arrival(sent["call_id"])
        second, invite = None, None
        deadline = time.monotonic() + 4
        while second is None and time.monotonic() < deadline:
            invite = self.apps[1 - first].wait_request("INVITE", sent["call_id"], 0.1)
            second = (1 - first) if invite else None
        self.assertIsNotNone(invite)
        self.assertIsNotNone(self.apps[first].wait_request("CANCEL", sent["call_id"]))
        self.apps[second].respond(invite, 200, sdp("127.0.0.1", 41000),
                                  contact=self.edge.app_contact(second))
        self.assertEqual(self.carrier.wait_final(sent["call_id"]).status, 200)

    def test_a_ringing_call_is_not_sent_to_another_app_server(self):
        sent = self.invite()
        index, invite = self.arrival(sent["call_id"])
        self.apps[index].respond(invite, 180, contact=self.edge.app_contact(index))
        self.assertIsNotNone(self.carrier.wait_status(sent["call_id"], 180))
        self.apps[index].respond(invite, 500)
        self.assertEqual(self.carrier.wait_final(sent["call_id"]).status, 500)
        self.assertIsNone(self.apps[1 - index].wait_request("INVITE", sent["call_id"], 0.3))

    def test_each_app_server_is_told_when_the_call_came_first(self):
        before = time.time()
        sent = self.invite(headers=["X-Panacall-Received: 1.000000"])
        first, invite = self.arrival(sent["call_id"])
        told = invite.all("X-Panacall-Received")
        self.assertEqual(len(told), 1)
        self.assertRegex(told[0], r"^[0-9]{10,12}\.[0-9]{6}$")
        self.assertTrue(before <= float(told[0]) <= time.time())
        self.apps[first].respond(invite, 503)
        again = self.apps[1 - first].wait_request("INVITE", sent["call_id"])
        self.assertEqual(again.all("X-Panacall-Received"), told)
        self.apps[1 - first].respond(again, 486)
        # Another call of the same caller has another time
        _, other = self.arrival(self.invite()["call_id"])
        self.assertNotEqual(other.all("X-Panacall-Received"), told)

    def test_overload_of_one_is_served_by_the_other_and_of_both_is_told(self):
        sent = self.invite()
        index, invite = self.arrival(sent["call_id"])
        self.apps[index].respond(invite, 503, headers=["Retry-After: 3"])
        other = self.apps[1 - index].wait_request("INVITE", sent["call_id"])
        self.apps[1 - index].respond(other, 503, headers=["Retry-After: 4"])
        final = self.carrier.wait_final(sent["call_id"])
        self.assertEqual(final.status, 503)
        self.assertIn(final.get("Retry-After"), ("3", "4"))

    def test_without_app_servers_a_call_is_refused_with_503(self):
        self.kill_app(0)
        self.kill_app(1)
        sent = self.invite()
        final = self.carrier.wait_final(sent["call_id"], timeout=6)
        self.assertEqual(final.status, 503)
        self.assertIn(int(final.get("Retry-After")), range(1, 6))
        self.edge.wait_apps()
        start = time.monotonic()
        sent = self.invite()
        self.assertEqual(self.carrier.wait_final(sent["call_id"]).status, 503)
        self.assertLess(time.monotonic() - start, 0.5)
        ping = self.carrier.request("OPTIONS", f"sip:{DOMAIN}", self.edge.sip)
        self.assertEqual(self.carrier.wait_final(ping["call_id"]).status, 503)

    def test_requests_of_a_dialog_go_to_the_instance_that_holds_it(self):
        for _ in range(6):
            index, caller, _ = self.established()
            caller.send("INFO")
            info = self.apps[index].wait_request("INFO", caller.call_id)
            self.assertIsNotNone(info)
            self.apps[index].respond(info, 200)

    def test_requests_of_a_dead_instances_dialog_go_to_another(self):
        index, caller, _ = self.established()
        self.kill_app(index)
        other = self.apps[1 - index]
        # At once, before the probes have found out
        caller.send("INFO")
        info = other.wait_request("INFO", caller.call_id, 4)
        self.assertIsNotNone(info)
        other.respond(info, 200)
        self.assertEqual(self.carrier.wait_final(caller.call_id, "INFO").status, 200)
        # And after
        self.edge.wait_apps(1 - index)
        start = time.monotonic()
        caller.send("BYE")
        bye = other.wait_request("BYE", caller.call_id)
        self.assertLess(time.monotonic() - start, 0.5)
        other.respond(bye, 200)
        self.assertEqual(self.carrier.wait_final(caller.call_id, "BYE").status, 200)

    def test_a_draining_instance_gets_no_new_calls_but_keeps_its_own(self):
        index, caller, _ = self.established()
        self.apps[index].options = 503
        self.edge.wait_apps(1 - index)
        for _ in range(6):
            sent = self.invite()
            chosen, invite = self.arrival(sent["call_id"])
            self.assertEqual(chosen, 1 - index)
            self.apps[chosen].respond(invite, 486)
        caller.send("BYE")
        bye = self.apps[index].wait_request("BYE", caller.call_id)
        self.assertIsNotNone(bye)
        self.apps[index].respond(bye, 200)
        self.assertEqual(self.carrier.wait_final(caller.call_id, "BYE").status, 200)

    def test_a_silent_phone_is_480_and_an_unregistered_one_at_once(self):
        app = self.apps[0]
        sent = app.request("INVITE", f"sip:103@{DOMAIN}", self.edge.inside,
                           body=sdp("127.0.0.1", 41000), contact=self.edge.app_contact())
        self.assertEqual(app.wait_final(sent["call_id"]).status, 480)
        self.edge.push_user("103")
        phone = Peer("127.0.0.1")
        self.edge.register(phone, "103")
        phone.close()
        sent = app.request("INVITE", f"sip:103@{DOMAIN}", self.edge.inside,
                           body=sdp("127.0.0.1", 41000), contact=self.edge.app_contact())
        self.assertEqual(app.wait_final(sent["call_id"], timeout=7).status, 480)

    def test_a_killed_edge_still_reaches_its_phones(self):
        self.edge.push_user("103")
        phone = self.peer("127.0.0.1")
        self.assertEqual(self.edge.register(phone, "103").status, 200)
        index, caller, callee = self.established()
        self.edge.kill_kamailio()
        self.edge.start_kamailio()
        self.edge.wait_apps(0, 1)
        # The dialog lives on, from both sides
        caller.send("INFO")
        info = self.apps[index].wait_request("INFO", caller.call_id)
        self.apps[index].respond(info, 200)
        self.assertEqual(self.carrier.wait_final(caller.call_id, "INFO").status, 200)
        callee.send("BYE")
        bye = self.carrier.wait_request("BYE", caller.call_id)
        self.carrier.respond(bye, 200)
        self.assertEqual(self.apps[index].wait_final(caller.call_id, "BYE").status, 200)
        # And the phone, that has not registered again, is called
        app = self.apps[0]
        sent = app.request("INVITE", f"sip:103@{DOMAIN}", self.edge.inside,
                           body=sdp("127.0.0.1", 41000), contact=self.edge.app_contact())
        self.assertIsNotNone(phone.wait_request("INVITE", sent["call_id"]))

    def restart_kamailio(self):
        self.edge.kill_kamailio()
        self.edge.start_kamailio()
        self.edge.wait_apps(0, 1)

    def test_a_call_answered_after_the_edge_was_killed_is_heard(self):
        sent = self.invite()
        index, invite = self.arrival(sent["call_id"])
        self.restart_kamailio()
        answer_call(self.apps[index], invite, self.edge, index)
        final = self.carrier.wait_final(sent["call_id"])
        self.assertEqual(final.status, 200)
        self.assertTrue(29400 <= final.media()[1] < 29500)
        caller = Dialog.of_caller(self.carrier, sent, final)
        caller.send("ACK", cseq=1)
        self.assertIsNotNone(self.apps[index].wait_request("ACK", sent["call_id"]))
        caller.send("BYE")
        bye = self.apps[index].wait_request("BYE", sent["call_id"])
        self.apps[index].respond(bye, 200)
        self.assertEqual(self.carrier.wait_final(sent["call_id"], "BYE").status, 200)

    def test_a_phone_that_answers_after_the_edge_was_killed_is_heard(self):
        self.edge.push_user("103")
        phone = self.peer("127.0.0.1")
        self.assertEqual(self.edge.register(phone, "103").status, 200)
        app = self.apps[0]
        sent = app.request("INVITE", f"sip:103@{DOMAIN}", self.edge.inside,
                           body=sdp("127.0.0.1", 41000), contact=self.edge.app_contact())
        invite = phone.wait_request("INVITE", sent["call_id"])
        self.restart_kamailio()
        phone.respond(invite, 200, sdp("127.0.0.1", 43000), contact="sip:103@127.0.0.1:9",
                      headers=["X-Panacall-Call: forged"])
        final = app.wait_final(sent["call_id"])
        self.assertEqual(final.status, 200)
        self.assertTrue(29400 <= final.media()[1] < 29500)
        self.assertIn(f"alias=127.0.0.1~{phone.port}~1", final.contact_uri())
        self.assertIsNone(final.get("X-Panacall-Call"))

    def test_an_answer_to_nothing_goes_nowhere(self):
        stranger, victim = self.peer("127.0.0.3"), self.peer("127.0.0.4")
        def answer(next_hop, call_id):
            stranger.send_text("\r\n".join([
                "SIP/2.0 200 OK",
                "Via: SIP/2.0/UDP {}:{};branch=z9hG4bKa".format(*self.edge.sip),
                f"Via: SIP/2.0/UDP {next_hop.address}:{next_hop.port};branch=z9hG4bKb",
                "From: <sip:a@example.org>;tag=1", "To: <sip:b@example.org>;tag=2",
                f"Call-ID: {call_id}", "CSeq: 1 INFO", "Content-Length: 0", "", ""]),
                self.edge.sip)
        answer(victim, "to-a-victim")
        # What an app server asked for passes, so the other one has been looked at by then.
        answer(self.apps[0], "to-an-app-server")
        self.assertIsNotNone(self.apps[0].wait_final("to-an-app-server"))
        self.assertIsNone(victim.wait_final("to-a-victim", timeout=0.5))

    def test_thousands_of_locations_are_known_again_after_a_kill(self):
        self.edge.push_user("103")
        self.edge.register(self.peer("127.0.0.1"), "103", expires=600)
        self.edge.kill_kamailio()
        # As if 5 000 phones had registered: their rows, but for the name, are the same.
        with contextlib.closing(sqlite3.connect(self.edge.run / "location.db")) as locations:
            locations.execute("""
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
                INSERT INTO location (ruid, username, domain, contact, received, expires, callid,
                    cseq, last_modified, socket, methods, server_id, connection_id)
                SELECT ruid || '-' || i, username || i, domain, contact, received, expires, callid,
                    cseq, last_modified, socket, methods, server_id, connection_id
                FROM location, n""")
            locations.commit()
        self.edge.start_kamailio()
        def known():
            return self.edge.rpc("ul.dump")["Domains"][0]["Domain"]["Stats"]["Records"]
        wait_until(lambda: known() == 5001, what="all locations are loaded")

    def test_a_start_ends_the_children_that_a_killed_main_process_left(self):
        self.edge.kill_kamailio(with_children=False)
        orphans = self.edge.processes()
        self.assertGreater(len(orphans), 5)
        # They still serve, which is why nobody but the next start may end them.
        self.assertIsNotNone(self.edge.health())
        self.edge.kamailio = self.edge._spawn("kamailio")
        wait_until(lambda: not any(pathlib.Path(f"/proc/{orphan}").exists()
                                   for orphan in orphans), what="the orphans are gone")
        wait_until(lambda: self.edge.health() is not None, what="the new Kamailio answers")
        self.edge.wait_apps(0, 1)
        sent = self.invite()
        index, invite = self.arrival(sent["call_id"])
        self.apps[index].respond(invite, 486)
        self.assertEqual(self.carrier.wait_final(sent["call_id"]).status, 486)

    def test_without_rtpengine_new_calls_are_refused_until_it_is_back(self):
        app = self.apps[0]
        self.edge.push_user("103")
        phone = self.peer("127.0.0.1")
        self.edge.register(phone, "103")
        self.edge.kill_rtpengine()
        sent = self.invite()
        final = self.carrier.wait_final(sent["call_id"], timeout=6)
        self.assertEqual(final.status, 503)
        self.assertIsNotNone(final.get("Retry-After"))
        sent = app.request("INVITE", f"sip:103@{DOMAIN}", self.edge.inside,
                           body=sdp("127.0.0.1", 41000), contact=self.edge.app_contact())
        self.assertEqual(app.wait_final(sent["call_id"], timeout=6).status, 503)
        self.assertIsNone(phone.wait_request("INVITE", sent["call_id"], 0.1))
        self.edge.start_rtpengine()
        def is_served():
            sent = self.invite()
            index, invite = self.arrival(sent["call_id"], 1)
            if index is not None:
                self.apps[index].respond(invite, 486)
            return index is not None
        start = time.monotonic()
        wait_until(is_served, what="calls are served again")
        print(f"    calls again {time.monotonic() - start:.1f} s after rtpengine", flush=True)

    def test_a_restart_of_rtpengine_can_be_seen_at_kamailio(self):
        def uptime():
            status, text = self.edge.http("/relay")
            self.assertEqual(status, 200)
            found = re.fullmatch(r'rtpengine_uptime_seconds\{edge="edge-1"\} (\d+)\n', text)
            self.assertIsNotNone(found, text)
            return int(found.group(1))
        wait_until(lambda: uptime() >= 3, what="three seconds have passed")
        self.edge.kill_rtpengine()
        self.assertGreaterEqual(uptime(), 3)
        restarted = time.monotonic()
        self.edge.start_rtpengine()
        self.assertLessEqual(uptime(), time.monotonic() - restarted + 1)
        # Kamailio's own restart says nothing of rtpengine's
        self.edge.kill_kamailio()
        self.edge.start_kamailio()
        wait_until(lambda: uptime() >= 3, what="it counts on")
        self.assertLessEqual(uptime(), time.monotonic() - restarted + 1)

    def test_rtpengine_lost_between_offer_and_answer_leaks_no_address(self):
        sent = self.invite()
        index, invite = self.arrival(sent["call_id"])
        self.edge.kill_rtpengine()
        self.apps[index].respond(invite, 183, sdp("127.0.0.1", 41000),
                                 contact=self.edge.app_contact(index))
        self.assertIsNone(self.carrier.wait_status(sent["call_id"], 183, 2))
        self.apps[index].respond(invite, 200, sdp("127.0.0.1", 41000),
                                 contact=self.edge.app_contact(index))
        answer = self.carrier.wait_final(sent["call_id"])
        self.assertEqual((answer.status, answer.body), (200, ""))

    def test_the_second_carrier_is_called_when_the_first_is_silent_or_refuses(self):
        app = self.apps[0]
        second = self.peer("127.0.0.3", self.edge.carrier_port)
        def call():
            return app.request("INVITE", f"sip:+79160000001@{DOMAIN}", self.edge.inside,
                               body=sdp("127.0.0.1", 41000), contact=self.edge.app_contact())
        sent = call()
        invite = second.wait_request("INVITE", sent["call_id"], 6)
        self.assertIsNotNone(invite)
        self.assertTrue(invite.uri.startswith("sip:+79160000001@127.0.0.3:"))
        self.assertEqual(invite.all("X-Panacall-Source"), [])
        first = self.peer("127.0.0.2", self.edge.carrier_port)
        sent = call()
        first.respond(first.wait_request("INVITE", sent["call_id"]), 503)
        invite = second.wait_request("INVITE", sent["call_id"])
        self.assertIsNotNone(invite)
        second.respond(invite, 200, sdp("127.0.0.3", 43000), contact=f"sip:x@127.0.0.3:"
                       f"{second.port}", tag="c")
        answer = app.wait_final(sent["call_id"])
        self.assertEqual(answer.status, 200)
        dialog = Dialog.of_caller(app, sent, answer)
        dialog.send("ACK", cseq=1)
        self.assertIsNotNone(second.wait_request("ACK", sent["call_id"]))

    def test_a_cancel_ends_ringing_on_the_other_side(self):
        sent = self.invite()
        index, invite = self.arrival(sent["call_id"])
        self.apps[index].respond(invite, 180, contact=self.edge.app_contact(index))
        self.assertIsNotNone(self.carrier.wait_status(sent["call_id"], 180))
        self.carrier.request("CANCEL", sent["uri"], self.edge.sip, call_id=sent["call_id"],
                             from_tag=sent["from_tag"], branch=sent["branch"], contact="")
        cancel = self.apps[index].wait_request("CANCEL", sent["call_id"])
        self.apps[index].respond(cancel, 200)
        self.apps[index].respond(invite, 487)
        self.assertEqual(self.carrier.wait_final(sent["call_id"], "INVITE").status, 487)


if __name__ == "__main__":
    unittest.main()
