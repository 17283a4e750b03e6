# SPDX-License-Identifier: Apache-2.0
"""No open relay: what a stranger tries, and where it ends."""

import socket
import ssl
import unittest

from edge import DOMAIN, Edge, answer_call
from sip import CRLF, Dialog, Message, Peer, sdp, token


class Trust(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.edge = Edge(apps=1, rtp_ports="29300-29399").start()
        cls.app = cls.edge.app()
        cls.phone = Peer("127.0.0.1")
        cls.target = Peer("127.0.0.2", cls.edge.carrier_port)
        cls.edge.push_user("103")
        cls.edge.wait_apps(0)
        assert cls.edge.register(cls.phone, "103").status == 200

    @classmethod
    def tearDownClass(cls):
        for peer in (cls.app, cls.phone, cls.target):
            peer.close()
        cls.edge.stop()

    def setUp(self):
        self.stranger = Peer("127.0.0.66")
        self.addCleanup(self.stranger.close)

    def assert_goes_nowhere(self, sent, statuses):
        final = self.stranger.wait_final(sent["call_id"], timeout=1)
        if statuses is None:
            self.assertIsNone(final)
        else:
            self.assertIn(final.status, statuses)
        for peer in (self.phone, self.target, self.app):
            self.assertIsNone(peer.wait(lambda m: m.get("Call-ID") == sent["call_id"], 0.1))

    def test_a_stranger_without_credentials_is_challenged_wherever_he_calls(self):
        for user in ("103", "+79160000001", "999"):
            sent = self.stranger.request("INVITE", f"sip:{user}@{DOMAIN}", self.edge.sip,
                                         from_uri=f"sip:103@{DOMAIN}",
                                         body=sdp("127.0.0.66", 44000))
            self.assert_goes_nowhere(sent, (407,))

    def test_a_from_of_the_carrier_or_nobody_does_not_help(self):
        sent = self.stranger.request("INVITE", f"sip:103@{DOMAIN}", self.edge.sip,
                                     from_uri="sip:+79160000001@127.0.0.2",
                                     headers=["X-Panacall-Source: carrier;name=demo"],
                                     via="127.0.0.2:5060")
        self.assert_goes_nowhere(sent, (403,))

    def test_another_host_in_the_request_uri_is_refused(self):
        for uri in (f"sip:+79160000001@127.0.0.2:{self.edge.carrier_port}",
                    f"sip:103@127.0.0.1:{self.phone.port}", "sip:x@192.0.2.1"):
            for method in ("INVITE", "OPTIONS", "MESSAGE", "REGISTER"):
                sent = self.stranger.request(method, uri, self.edge.sip)
                self.assert_goes_nowhere(sent, (403,))

    def test_a_route_of_ones_own_is_refused_with_and_without_a_to_tag(self):
        inside = f"{self.edge.inside[0]}:{self.edge.inside[1]}"
        carrier = f"127.0.0.2:{self.edge.carrier_port}"
        outside = f"127.0.0.1:{self.edge.sip[1]}"
        routes = [
            [f"Route: <sip:{carrier};lr>"],
            [f"Route: <sip:{outside};lr>", f"Route: <sip:{carrier};lr>"],
            [f"Route: <sip:{outside};lr>, <sip:{carrier};lr>"],
            [f"Route: <sip:{inside};r2=on;lr>, <sip:{outside};r2=on;lr>, <sip:{carrier};lr>"],
            [f"Route: <sip:x@127.0.0.1:{self.phone.port};lr>".replace("127.0.0.1", "127.0.0.7")],
            [f"Route: <sip:{outside}@{carrier};lr>"],
        ]
        for headers in routes:
            for to_tag in (None, token()):
                for uri in (f"sip:+79160000001@{DOMAIN}", f"sip:{inside};pi=sip-ingress-1"):
                    sent = self.stranger.request("INVITE", uri, self.edge.sip, headers=headers,
                                                 to_tag=to_tag, body=sdp("127.0.0.66", 44000))
                    self.assert_goes_nowhere(sent, (403,))

    def test_routes_of_ours_lead_no_further_than_an_app_server(self):
        outside = f"127.0.0.1:{self.edge.sip[1]}"
        alias = f";alias=127.0.0.2~{self.edge.carrier_port}~1"
        phone = f"sip:103@127.0.0.1:{self.phone.port};alias=127.0.0.1~{self.phone.port}~1"
        for uri in (f"sip:+79160000001@{DOMAIN}", f"sip:103@{DOMAIN}",
                    f"sip:+7916@{outside}{alias}", phone):
            for method in ("INVITE", "BYE", "INFO", "ACK"):
                sent = self.stranger.request(method, uri, self.edge.sip, to_tag=token(),
                                             headers=[f"Route: <sip:{outside};lr>"])
                self.assert_goes_nowhere(sent, None if method == "ACK" else (403, 481))

    def test_in_dialog_a_stranger_reaches_only_an_app_server(self):
        uri = self.edge.app_contact()
        sent = self.stranger.request("BYE", uri, self.edge.sip, to_tag=token())
        bye = self.app.wait_request("BYE", sent["call_id"])
        self.app.respond(bye, 481)
        self.assertEqual(self.stranger.wait_final(sent["call_id"]).status, 481)
        self.assertIsNone(self.target.wait(lambda m: True, 0.1))

    def test_the_inside_socket_answers_app_servers_only(self):
        for address in ("127.0.0.66", "127.0.0.1", "127.0.0.2"):
            peer = Peer(address)
            sent = peer.request("INVITE", f"sip:103@{DOMAIN}", self.edge.inside)
            self.assertIsNone(peer.wait_final(sent["call_id"], timeout=0.3))
            self.assertIsNone(self.phone.wait_request("INVITE", sent["call_id"], 0.1))
            peer.close()

    def test_an_app_server_on_the_outside_socket_is_a_stranger(self):
        sent = self.app.request("INVITE", f"sip:103@{DOMAIN}", self.edge.sip,
                                from_uri=f"sip:103@{DOMAIN}")
        self.assertEqual(self.app.wait_final(sent["call_id"]).status, 407)

    def test_a_phones_lies_in_contact_and_record_route_lead_back_to_it(self):
        carrier = f"127.0.0.2:{self.edge.carrier_port}"
        lies = [f"sip:+7900@{carrier}", f"sip:103@127.0.0.1:{self.phone.port}"
                f";alias=127.0.0.2~{self.edge.carrier_port}~1", "sip:103@192.168.1.9:5060"]
        for contact in lies:
            sent = self.app.request("INVITE", f"sip:103@{DOMAIN}", self.edge.inside,
                                    body=sdp("127.0.0.1", 41000),
                                    contact=self.edge.app_contact())
            invite = self.phone.wait_request("INVITE", sent["call_id"])
            invite.headers.insert(0, ("Record-Route", f"<sip:{carrier};lr>"))
            self.phone.respond(invite, 200, sdp("127.0.0.1", 43000), contact=contact, tag="p")
            answer = self.app.wait_final(sent["call_id"])
            dialog = Dialog.of_caller(self.app, sent, answer)
            dialog.send("ACK", cseq=1)
            self.assertIsNotNone(self.phone.wait_request("ACK", sent["call_id"]), contact)
            dialog.send("BYE")
            bye = self.phone.wait_request("BYE", sent["call_id"])
            self.assertIsNotNone(bye, contact)
            self.phone.respond(bye, 200)
            self.assertEqual(self.app.wait_final(sent["call_id"], "BYE").status, 200)
        self.assertIsNone(self.target.wait(lambda m: True, 0.1))

    def test_rpc_needs_its_token_and_the_inside_port(self):
        body = b'{"jsonrpc":"2.0","method":"ul.dump","id":1}'
        good = {"Authorization": "Bearer test-edge-token"}
        self.assertEqual(self.edge.http("/RPC", body=body, headers=good)[0], 200)
        for headers in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": "Bearer "},
                        {"Authorization": "test-edge-token"}):
            self.assertEqual(self.edge.http("/RPC", body=body, headers=headers)[0], 401)
        for port in (self.edge.websocket_port, self.edge.sip[1]):
            for path in ("/RPC", "/metrics", "/health"):
                self.assertEqual(self.edge.http(path, port=port, headers=good)[0], 404)
        self.assertEqual(self.edge.http("/metrics")[0], 200)

    def test_sip_is_not_spoken_on_the_ports_of_http(self):
        for port in (self.edge.websocket_port, self.edge.http_port):
            self.assertIsNone(self.over_stream(socket.create_connection(("127.0.0.1", port))))

    def test_tcp_and_tls_carry_sip(self):
        plain = socket.create_connection(("127.0.0.1", self.edge.sip[1]))
        self.assertEqual(self.over_stream(plain).status, 200)
        context = ssl._create_unverified_context()
        raw = socket.create_connection(("127.0.0.1", self.edge.tls_port))
        self.assertEqual(self.over_stream(context.wrap_socket(raw), "TLS").status, 200)

    def over_stream(self, stream, transport="TCP"):
        with stream:
            stream.settimeout(1)
            stream.sendall(CRLF.join([
                f"OPTIONS sip:{DOMAIN} SIP/2.0",
                f"Via: SIP/2.0/{transport} 127.0.0.1:9;branch=z9hG4bK{token()};rport",
                "From: <sip:a@b>;tag=1", f"To: <sip:{DOMAIN}>", f"Call-ID: {token()}",
                "CSeq: 1 OPTIONS", "Max-Forwards: 9", "Content-Length: 0", "", ""]).encode())
            try:
                data = stream.recv(4096)
            except TimeoutError:
                return None
            return Message(data.decode()) if data else None

    def test_too_large_and_malformed_messages_leave_nothing_behind(self):
        sent = self.stranger.request("INVITE", f"sip:103@{DOMAIN}", self.edge.sip,
                                     headers=["X-Filler: " + "x" * 20000])
        self.assert_goes_nowhere(sent, (513,))
        scanner = self.stranger.request("OPTIONS", f"sip:{DOMAIN}", self.edge.sip,
                                        headers=["User-Agent: friendly-scanner"])
        self.assert_goes_nowhere(scanner, None)


if __name__ == "__main__":
    unittest.main()
