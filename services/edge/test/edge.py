# SPDX-License-Identifier: Apache-2.0
"""A real edge (Kamailio and rtpengine) on ports of its own, for tests."""

import base64
import fcntl
import hashlib
import hmac
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

from sip import Dialog, Peer, digest, sdp

HOME = pathlib.Path(__file__).resolve().parent.parent
DOMAIN = "panacall.test"
TOKEN = "test-edge-token"
SECRET = "test-webrtc-secret"
FIRST_PORTS = (5060, 5061, 5066, 5067, 5070, 5080, 5090, 5091, 2223, 2224, 2225)


def wait_until(condition, timeout=10.0, what="condition"):
    """Polls what has no event to wait for; the timeout is for a broken edge only."""
    deadline = time.monotonic() + timeout
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"timed out: {what}")
        time.sleep(0.02)


def is_free(port):
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
        probe = socket.socket(socket.AF_INET, kind)
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        finally:
            probe.close()
    return True


def free_offset():
    """(offset, lock): the lock keeps other test runs away from the same ports."""
    for offset in range(500, 900, 4):
        lock = open(pathlib.Path(tempfile.gettempdir()) / f"edge-test-{offset}.lock", "w")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
            continue
        if all(is_free(port + offset) for port in FIRST_PORTS):
            return offset, lock
        lock.close()
    raise AssertionError("no free port offset between 500 and 900")


class Edge:
    def __init__(self, apps=2, rtp_ports="28000-28999", **settings):
        self.offset, self.lock = free_offset()
        self.run = pathlib.Path(tempfile.mkdtemp(prefix="edge-test-"))
        self.sip = ("127.0.0.1", 5060 + self.offset)
        self.inside = ("127.0.0.1", 5080 + self.offset)
        self.tls_port = 5061 + self.offset
        self.websocket_port = 5066 + self.offset
        self.http_port = 5067 + self.offset
        self.carrier_port = 5070 + self.offset
        self.first_app_port = 5090 + self.offset
        names = ",".join(f"sip-ingress-{i + 1}=127.0.0.1:{self.first_app_port + i}"
                         for i in range(apps))
        self.environment = dict(
            os.environ, PANACALL_PORT_OFFSET=str(self.offset), PANACALL_EDGE_RPC_TOKEN=TOKEN,
            PANACALL_EDGE_WEBRTC_SECRET=SECRET, PANACALL_EDGE_RTP_PORTS=rtp_ports,
            PANACALL_EDGE_SIP_INGRESS=names,
            # All of a test's strangers share one address.
            PANACALL_EDGE_FLOOD_REQUESTS="2000")
        for name, value in settings.items():
            self.environment["PANACALL_EDGE_" + name.upper()] = str(value)
        self.kamailio = self.rtpengine = None

    # Life

    def start(self):
        subprocess.run([HOME / "bin" / "render", self.run], check=True, env=self.environment)
        self.start_rtpengine()
        self.start_kamailio()
        return self

    def _spawn(self, name):
        with open(self.run / f"{name}.log", "ab") as log:
            return subprocess.Popen([HOME / "bin" / name, self.run], stdout=log, stderr=log,
                                    start_new_session=True)

    def start_rtpengine(self):
        self.rtpengine = self._spawn("rtpengine")
        wait_until(lambda: self.rtpengine_answers(), what="rtpengine answers")

    def rtpengine_answers(self):
        """One ng ping, in bencode, as Kamailio sends it."""
        probe = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        probe.settimeout(0.2)
        try:
            probe.sendto(b"1 d7:command4:pinge", ("127.0.0.1", 2223 + self.offset))
            return b"pong" in probe.recv(1024)
        except OSError:
            return False
        finally:
            probe.close()

    def start_kamailio(self):
        self.kamailio = self._spawn("kamailio")
        wait_until(lambda: self.health() is not None, what="Kamailio answers /health")

    def kill_kamailio(self, with_children=True):
        """SIGKILL: nobody has a chance to write anything down."""
        if with_children:
            os.killpg(self.kamailio.pid, signal.SIGKILL)
        else:
            self.kamailio.kill()
        self.kamailio.wait(5)

    def processes(self):
        """Of Kamailio, by the group it was started in."""
        found = []
        for stat in pathlib.Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = stat.read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[2]) == self.kamailio.pid and fields[0] != "Z":
                found.append(int(stat.parent.name))
        return found

    def kill_rtpengine(self):
        os.killpg(self.rtpengine.pid, signal.SIGKILL)
        self.rtpengine.wait(5)

    def stop(self):
        for process in (self.kamailio, self.rtpengine):
            if process and process.poll() is None:
                process.terminate()
                process.wait(70)  # Kamailio gives its children a minute.
        if self.kamailio:
            wait_until(lambda: not self.processes(), what="no child of Kamailio is left")
        self.lock.close()
        if not os.environ.get("EDGE_TEST_KEEP"):
            shutil.rmtree(self.run, ignore_errors=True)

    def log(self):
        return (self.run / "kamailio.log").read_text(errors="replace") + (
            self.run / "rtpengine.log").read_text(errors="replace")

    # Internal HTTP

    def http(self, path, port=None, body=None, headers=None):
        """(status, text) of a request; (0, "") when nobody answers."""
        request = urllib.request.Request(f"http://127.0.0.1:{port or self.http_port}{path}",
                                         data=body, headers=headers or {})
        try:
            with urllib.request.urlopen(request, timeout=3) as response:
                return response.status, response.read().decode()
        except urllib.error.HTTPError as refusal:
            return refusal.code, refusal.read().decode()
        except OSError:
            return 0, ""

    def health(self):
        status, text = self.http("/health")
        return json.loads(text) if status == 200 else None

    def rpc(self, method, *parameters):
        body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": parameters})
        status, text = self.http("/RPC", body=body.encode(),
                                 headers={"Authorization": f"Bearer {TOKEN}"})
        assert status == 200, f"{method}: {status} {text}"
        return json.loads(text).get("result")

    def push_user(self, user, password=None, domain=DOMAIN):
        text = f"{user}:{domain}:{password or 'demo-' + user}"
        self.rpc("htable.sets", "ha1", f"{user}@{domain}", hashlib.md5(text.encode()).hexdigest())

    def app_states(self):
        """Name of the app server -> dispatcher's flags (A active, I inactive, P probing)."""
        states = {}
        for record in self.rpc("dispatcher.list")["RECORDS"]:
            if record["SET"]["ID"] != 1:
                continue
            for target in record["SET"]["TARGETS"]:
                port = int(target["DEST"]["URI"].split(":")[2].split(";")[0])
                states[port - self.first_app_port] = target["DEST"]["FLAGS"]
        return states

    def wait_apps(self, *alive):
        # A is active, I inactive; T, on trial after one lost probe, is neither.
        wait_until(lambda: all(flags[0] == ("A" if index in alive else "I")
                               for index, flags in self.app_states().items()),
                   what=f"app servers {alive} and no other are active")

    # Peers

    def app(self, index=0, options=200):
        return Peer("127.0.0.1", self.first_app_port + index, options, trying=True)

    def app_contact(self, index=0):
        return f"sip:{self.inside[0]}:{self.inside[1]};pi=sip-ingress-{index + 1}"

    def register(self, peer, user, password=None, domain=DOMAIN, expires=300, contact=None,
                 login=None, nc=1):
        """Registers, with the challenge; answers the final response."""
        uri, aor = f"sip:{domain}", f"sip:{user}@{domain}"
        common = dict(from_uri=aor, to_uri=aor,
                      contact=contact or f"sip:{user}@{peer.address}:{peer.port}")
        sent = peer.request("REGISTER", uri, self.sip, headers=[f"Expires: {expires}"], **common)
        first = peer.wait_final(sent["call_id"])
        if first is None or first.status != 401:
            return first
        login = login or user
        answer = digest("REGISTER", uri, login, domain, password or f"demo-{login}",
                        first.get("WWW-Authenticate"), nc)
        peer.request("REGISTER", uri, self.sip, call_id=sent["call_id"], cseq=2,
                     from_tag=sent["from_tag"],
                     headers=[f"Expires: {expires}", f"Authorization: {answer}"], **common)
        return peer.wait_final(sent["call_id"])

    @staticmethod
    def browser_credentials(user, lifetime=300):
        name = f"{int(time.time()) + lifetime}:{user}"
        mac = hmac.new(SECRET.encode(), name.encode(), hashlib.sha256).digest()
        return name, base64.b64encode(mac).decode()

    def invite_from_phone(self, peer, user, callee, password=None, domain=DOMAIN, body=None,
                          headers=(), claim=None):
        """INVITE with the challenge answered; answers what was sent last."""
        uri, aor = f"sip:{callee}@{domain}", f"sip:{claim or user}@{domain}"
        body = sdp(peer.address, 40000) if body is None else body
        sent = peer.request("INVITE", uri, self.sip, from_uri=aor, to_uri=uri, body=body)
        first = peer.wait_final(sent["call_id"])
        peer.ack_failure(sent, first)
        if first.status != 407:
            return sent, first
        answer = digest("INVITE", uri, user, domain, password or f"demo-{user}",
                        first.get("Proxy-Authenticate"))
        sent = peer.request("INVITE", uri, self.sip, from_uri=aor, to_uri=uri, body=body, cseq=2,
                            call_id=sent["call_id"], from_tag=sent["from_tag"],
                            headers=[f"Proxy-Authorization: {answer}", *headers])
        return sent, None


def answer_call(app, invite, edge, index=0, body=None, port=41000):
    """200 from an app server to an INVITE; answers the app server's side of the dialog."""
    body = sdp(app.address, port) if body is None else body
    app.respond(invite, 200, body, contact=edge.app_contact(index), tag="app" + str(index))
    local = invite.get("To") + f";tag=app{index}"
    return Dialog.of_callee(app, invite, local)
