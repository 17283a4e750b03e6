// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.ua;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;

/**
 * A telephone's UDP socket: sends and repeats messages until they are answered, writes the ladder
 * of what went over it.
 */
final class Wire implements AutoCloseable {

    private static final Duration REPEAT = Duration.ofMillis(500);
    private static final int REPEATS = 6;

    private final DatagramSocket socket;
    private final ConcurrentLinkedQueue<String> ladder = new ConcurrentLinkedQueue<>();
    private final Map<String, String> repeated = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("ua-timer").factory());

    Wire(InetSocketAddress local, BiConsumer<SipMessage, InetSocketAddress> receiver) {
        try {
            socket = new DatagramSocket(local);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
        Thread.ofPlatform()
                .daemon()
                .name("ua-" + local.getPort())
                .start(() -> receiveAll(receiver));
    }

    InetAddress address() {
        return socket.getLocalAddress();
    }

    int port() {
        return socket.getLocalPort();
    }

    List<String> ladder() {
        return List.copyOf(ladder);
    }

    /** Sends once. */
    void send(SipMessage message, InetSocketAddress to) {
        ladder.add("> " + label(message));
        transmit(message.toString(), to);
    }

    /** Sends, and repeats until {@link #settled} or six times. */
    void sendRepeating(String key, SipMessage message, InetSocketAddress to) {
        repeated.put(key, message.toString());
        send(message, to);
        repeat(key, to, 1);
    }

    /** What is still being repeated under a key. */
    Optional<String> unsettled(String key) {
        return Optional.ofNullable(repeated.get(key));
    }

    /** Ends the repeating of a key. */
    void settled(String key) {
        repeated.remove(key);
    }

    /** Waits until nothing that begins so is repeated any more; tells whether it came to that. */
    boolean awaitSettled(String prefix, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        while (repeated.keySet().stream().anyMatch(key -> key.startsWith(prefix))) {
            if (System.nanoTime() > end) return false;
            LockSupport.parkNanos(10_000_000);
        }
        return true;
    }

    void transmit(String text, InetSocketAddress to) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        try {
            socket.send(new DatagramPacket(bytes, bytes.length, to));
        } catch (IOException gone) {
            ladder.add("! not sent: " + gone.getMessage());
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        socket.close();
    }

    private void repeat(String key, InetSocketAddress to, int times) {
        if (times > REPEATS || timer.isShutdown()) {
            return;
        }
        Runnable again =
                () ->
                        unsettled(key)
                                .ifPresent(
                                        text -> {
                                            transmit(text, to);
                                            repeat(key, to, times + 1);
                                        });
        timer.schedule(again, REPEAT.toMillis() * times, TimeUnit.MILLISECONDS);
    }

    private void receiveAll(BiConsumer<SipMessage, InetSocketAddress> receiver) {
        var datagram = new DatagramPacket(new byte[65_535], 65_535);
        while (!socket.isClosed()) {
            try {
                datagram.setLength(65_535);
                socket.receive(datagram);
            } catch (IOException gone) {
                continue;
            }
            var text =
                    new String(datagram.getData(), 0, datagram.getLength(), StandardCharsets.UTF_8);
            if (text.contains("SIP/2.0")) {
                var message = SipMessage.parse(text);
                ladder.add("< " + label(message));
                receiver.accept(message, (InetSocketAddress) datagram.getSocketAddress());
            }
        }
    }

    private static String label(SipMessage message) {
        return message.isResponse() ? message.status() + " " + message.method() : message.method();
    }
}
