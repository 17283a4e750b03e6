// SPDX-License-Identifier: Apache-2.0
package org.panacall.launcher.plan;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** A port of 127.0.0.1 that one process of the platform listens on. */
public record PortClaim(Protocol protocol, int port) {

    /** Transport of the port. */
    public enum Protocol {
        TCP,
        UDP
    }

    public PortClaim {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port " + port + " is not between 1 and 65535");
        }
    }

    public static PortClaim tcp(int port) {
        return new PortClaim(Protocol.TCP, port);
    }

    public static PortClaim udp(int port) {
        return new PortClaim(Protocol.UDP, port);
    }

    /** Whether nobody listens on it now; found out by binding it for a moment. */
    public boolean isFree() {
        var address = new InetSocketAddress("127.0.0.1", port);
        try {
            if (protocol == Protocol.UDP) {
                try (var socket = new DatagramSocket(null)) {
                    socket.bind(address);
                }
            } else {
                try (var socket = new ServerSocket()) {
                    // A port in TIME_WAIT is free for a listener.
                    socket.setReuseAddress(true);
                    socket.bind(address);
                }
            }
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    @Override
    public String toString() {
        return port + (protocol == Protocol.UDP ? "/udp" : "");
    }
}
