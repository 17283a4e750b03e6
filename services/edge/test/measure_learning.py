# SPDX-License-Identifier: Apache-2.0
"""Measures each way of learning for a party behind a NAT (README.md, Media). Run by hand."""

from edge import DOMAIN, Edge, answer_call
from rtp import Endpoint, talk
from sip import Dialog, Peer, sdp

CALLER, APP, STRANGER = 1, 2, 9


class Call:
    """One call of a caller whose SDP names an address that is not his."""

    def __init__(self, edge, app, carrier):
        self.media, self.ear = Endpoint("127.0.0.1", APP), Endpoint("127.0.0.2", CALLER)
        self.stranger = Endpoint("127.0.0.66", STRANGER)
        sent = carrier.request("INVITE", f"sip:+74950000100@{DOMAIN}", edge.sip,
                               body=sdp("192.168.1.50", 7078))
        invite = app.wait_request("INVITE", sent["call_id"])
        answer_call(app, invite, edge, body=sdp("127.0.0.1", self.media.port))
        final = carrier.wait_final(sent["call_id"])
        Dialog.of_caller(carrier, sent, final).send("ACK", cseq=1)
        self.outside, self.inside = final.media(), invite.media()

    def phase(self, seconds, caller=False, stranger=False):
        """Percentages of what was sent: (app heard caller, caller heard app, app heard stranger,
        stranger got app)."""
        for endpoint in (self.media, self.ear, self.stranger):
            endpoint.heard.clear()
        talk([(self.ear, self.outside if caller else None),
              (self.stranger, self.outside if stranger else None),
              (self.media, self.inside)], seconds)
        packets = seconds * 50 / 100
        return tuple(round(count / packets) for count in (
            self.media.heard[CALLER], self.ear.heard[APP],
            self.media.heard[STRANGER], self.stranger.heard[APP]))

    def close(self):
        for endpoint in (self.media, self.ear, self.stranger):
            endpoint.close()


def measure(mode):
    edge = Edge(apps=1, rtp_ports="29800-29899", nat_learning=mode).start()
    app, carrier = edge.app(), Peer("127.0.0.2")
    edge.wait_apps(0)
    try:
        phases = [
            ("alone, first 2 s", lambda c: c.phase(2, caller=True), None),
            ("stranger comes at 1 s, for 4 s", lambda c: c.phase(4, caller=True, stranger=True),
             lambda c: c.phase(1, caller=True)),
            ("stranger comes at 5 s, for 2 s", lambda c: c.phase(2, caller=True, stranger=True),
             lambda c: c.phase(5, caller=True)),
            ("stranger first for 0.5 s, both for 4 s",
             lambda c: c.phase(4, caller=True, stranger=True), lambda c: c.phase(0.5, False, True)),
            ("the same, 2 s later", lambda c: c.phase(2, caller=True, stranger=True),
             lambda c: (c.phase(0.5, False, True), c.phase(4, True, True))),
        ]
        for name, act, prepare in phases:
            call = Call(edge, app, carrier)
            if prepare:
                prepare(call)
            row = act(call)
            call.close()
            print(f"| {mode} | {name} | " + " | ".join(f"{value} %" for value in row) + " |",
                  flush=True)
    finally:
        app.close()
        carrier.close()
        edge.stop()


if __name__ == "__main__":
    print("| learning | phase | app hears caller | caller hears app | app hears stranger"
          " | stranger gets |\n|---|---|---|---|---|---|")
    for each in ("heuristic", "immediate", "delayed", "off"):
        measure(each)
