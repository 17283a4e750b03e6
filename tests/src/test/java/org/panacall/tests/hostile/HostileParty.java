// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.hostile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * A UDP socket that sends whatever it is given, and is polite only where it must be for calls to
 * end: it acknowledges final answers to its INVITEs, hangs up what was answered, and lets itself be
 * hung up.
 */
public final class HostileParty implements AutoCloseable {

    private final DatagramSocket socket;
    private final String host;
    private final int port;
    private final InetSocketAddress target;
    private final BlockingQueue<String> finals = new LinkedBlockingQueue<>();

    public HostileParty(String address, InetSocketAddress target) {
        this.target = target;
        try {
            socket = new DatagramSocket(new InetSocketAddress(InetAddress.getByName(address), 0));
            host = address;
            port = socket.getLocalPort();
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
        Thread.ofPlatform().daemon().name("hostile-" + port()).start(this::receiveAll);
    }

    public int port() {
        return port;
    }

    public String host() {
        return host;
    }

    /** Sends; a datagram that the kernel does not take is lost. */
    public void send(byte[] datagram) {
        try {
            socket.send(new DatagramPacket(datagram, datagram.length, target));
        } catch (IOException notSent) {
            Thread.onSpinWait();
        }
    }

    /** The next final status, if one comes in time. */
    public Optional<String> answer(Duration limit) {
        try {
            return Optional.ofNullable(finals.poll(limit.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException stopped) {
            throw new IllegalStateException("interrupted", stopped);
        }
    }

    @Override
    public void close() {
        socket.close();
    }

    private void receiveAll() {
        var packet = new DatagramPacket(new byte[65_535], 65_535);
        while (!socket.isClosed()) {
            try {
                packet.setLength(65_535);
                socket.receive(packet);
            } catch (IOException gone) {
                continue;
            }
            take(new String(packet.getData(), 0, packet.getLength(), StandardCharsets.ISO_8859_1));
        }
    }

    private void take(String message) {
        if (!message.startsWith("SIP/2.0 ")) {
            if (!message.startsWith("ACK")) send(bytes(reply(message)));
            return;
        }
        if (message.charAt(8) == '1') return;
        var method = line(message, "CSeq").replaceAll(".*\\s", "");
        if (method.equals("INVITE")) {
            boolean answered = message.charAt(8) == '2';
            send(bytes(request(message, "ACK", 0, answered)));
            if (answered) send(bytes(request(message, "BYE", 1, true)));
        }
        finals.add(message.substring(8, 11));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String reply(String request) {
        return "SIP/2.0 200 OK\r\n"
                + lines(request, "Via")
                + lines(request, "From")
                + lines(request, "To")
                + lines(request, "Call-ID")
                + lines(request, "CSeq")
                + "Content-Length: 0\r\n\r\n";
    }

    /** The ACK, or the BYE that follows it. */
    private String request(String response, String method, int further, boolean newBranch) {
        var contact = line(response, "Contact");
        int open = contact.indexOf('<');
        int close = contact.indexOf('>');
        var uri = open >= 0 && close > open ? contact.substring(open + 1, close) : "sip:h";
        var number = line(response, "CSeq").replaceAll("\\s.*", "");
        var via =
                newBranch
                        ? "Via: SIP/2.0/UDP %s:%d;rport;branch=z9hG4bK%s%d\r\n"
                                .formatted(host(), port(), method, System.nanoTime())
                        : "Via: " + line(response, "Via") + "\r\n";
        return method
                + " "
                + uri
                + " SIP/2.0\r\n"
                + via
                + lines(response, "From")
                + lines(response, "To")
                + lines(response, "Call-ID")
                + "CSeq: "
                + (parsed(number) + further)
                + " "
                + method
                + "\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n";
    }

    private static long parsed(String number) {
        return number.matches("[0-9]{1,10}") ? Long.parseLong(number) : 1;
    }

    /** The first value of a header in one line; empty text without it. */
    private static String line(String message, String name) {
        var found = pattern(name).matcher(message);
        return found.find() ? found.group(1).strip() : "";
    }

    private static String lines(String message, String name) {
        var all = new StringBuilder();
        pattern(name).matcher(message).results().forEach(f -> all.append(f.group()).append("\r\n"));
        return all.toString();
    }

    private static Pattern pattern(String name) {
        return Pattern.compile("(?im)^" + name + "\\s*:([^\r\n]*)");
    }
}
