# SPDX-License-Identifier: Apache-2.0
"""RTP endpoints that mark what they send, so that "who hears whom" is counted, not assumed."""

import select
import socket
import struct
import time
from collections import Counter


class Endpoint:
    def __init__(self, address, mark):
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        # RTP on an even port below the kernel's ephemeral range, RTCP is not used here.
        for port in range(30000, 32000, 2):
            try:
                self.socket.bind((address, port))
                break
            except OSError:
                continue
        self.socket.setblocking(False)
        self.address, self.port = self.socket.getsockname()
        self.mark = mark
        self.sequence = 0
        self.heard = Counter()

    def close(self):
        self.socket.close()

    def send(self, target, count=1):
        for _ in range(count):
            self.sequence += 1
            header = struct.pack("!BBHII", 0x80, 0, self.sequence & 0xFFFF, self.sequence * 160,
                                 0x1000 + self.mark)
            self.socket.sendto(header + bytes([self.mark]) * 160, target)

    def read(self):
        while True:
            try:
                packet = self.socket.recv(2048)
            except BlockingIOError:
                return
            if len(packet) == 172:
                self.heard[packet[20]] += 1


def talk(pairs, seconds, step=0.02):
    """Each (endpoint, target) sends every 20 ms; everybody's ears are open. Targets may be None."""
    endpoints = {endpoint for endpoint, _ in pairs}
    deadline = time.monotonic() + seconds
    following = time.monotonic()
    while time.monotonic() < deadline:
        for endpoint, target in pairs:
            if target:
                endpoint.send(target)
        following += step
        while (left := following - time.monotonic()) > 0:
            select.select([e.socket for e in endpoints], [], [], left)
            for endpoint in endpoints:
                endpoint.read()
    for endpoint in endpoints:
        endpoint.read()
