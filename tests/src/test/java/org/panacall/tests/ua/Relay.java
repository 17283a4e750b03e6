// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.ua;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Stands between two scripted telephones in place of an edge and passes datagrams on. */
final class Relay implements AutoCloseable {

    private final DatagramSocket front = open();
    private final DatagramSocket back = open();

    InetSocketAddress front() {
        return here(front.getLocalPort());
    }

    InetSocketAddress back() {
        return here(back.getLocalPort());
    }

    void between(int frontPort, int backPort) {
        start(front, back, here(backPort));
        start(back, front, here(frontPort));
    }

    @Override
    public void close() {
        front.close();
        back.close();
    }

    private static void start(DatagramSocket in, DatagramSocket out, InetSocketAddress to) {
        Thread.ofPlatform()
                .daemon()
                .start(
                        () -> {
                            var datagram = new DatagramPacket(new byte[65_535], 65_535);
                            while (!in.isClosed()) {
                                pass(in, out, to, datagram);
                            }
                        });
    }

    private static void pass(
            DatagramSocket in, DatagramSocket out, InetSocketAddress to, DatagramPacket datagram) {
        try {
            datagram.setLength(65_535);
            in.receive(datagram);
            out.send(new DatagramPacket(datagram.getData(), datagram.getLength(), to));
        } catch (IOException closed) {
            in.close();
        }
    }

    private static InetSocketAddress here(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private static DatagramSocket open() {
        try {
            return new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }
}
