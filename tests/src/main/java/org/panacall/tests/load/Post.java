// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * The sockets and the clock of a load, on the thread of its owner: sends to the edge, repeats by
 * the timers of RFC 3261 until told that an answer came, and counts what had to be repeated.
 */
public final class Post implements AutoCloseable {

    /** Takes what arrives; the socket is where it came in. */
    public interface Receiver {
        void receive(Letter letter, DatagramChannel socket);
    }

    private static final long FIRST_REPEAT_NANOS = 500_000_000L;
    private static final int REPEATS_MAX = 6;
    private static final int BUFFER_BYTES = 8 << 20;

    private final Selector selector = Selector.open();
    private final InetSocketAddress edge;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(65_536);
    private final PriorityQueue<Alarm> alarms = new PriorityQueue<>();
    private final Map<String, Repeated> repeated = new HashMap<>();
    private long alarmsSet;
    private long repeats;

    private record Alarm(long at, long order, Runnable action) implements Comparable<Alarm> {
        @Override
        public int compareTo(Alarm other) {
            int byTime = Long.compare(at, other.at);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    private record Repeated(String text, DatagramChannel socket) {}

    public Post(InetSocketAddress edge) throws IOException {
        this.edge = edge;
    }

    /** A socket on any port of a host. */
    public DatagramChannel open(String host) throws IOException {
        var socket = DatagramChannel.open();
        socket.setOption(java.net.StandardSocketOptions.SO_RCVBUF, BUFFER_BYTES);
        socket.bind(new InetSocketAddress(host, 0));
        socket.configureBlocking(false);
        socket.register(selector, SelectionKey.OP_READ);
        return socket;
    }

    public static int port(DatagramChannel socket) {
        try {
            return ((InetSocketAddress) socket.getLocalAddress()).getPort();
        } catch (IOException closed) {
            throw new IllegalStateException(closed);
        }
    }

    /** Messages sent once more because no answer had come. */
    public long repeats() {
        return repeats;
    }

    public void send(String text, DatagramChannel socket) {
        try {
            socket.send(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)), edge);
        } catch (IOException gone) {
            throw new IllegalStateException("sending to " + edge, gone);
        }
    }

    /** Sends, and sends again until the key is settled or patience ends. */
    public void sendUntilSettled(String key, String text, DatagramChannel socket) {
        var message = new Repeated(text, socket);
        repeated.put(key, message);
        send(text, socket);
        repeatIn(FIRST_REPEAT_NANOS, key, message, REPEATS_MAX);
    }

    /** An answer came. */
    public void settled(String key) {
        repeated.remove(key);
    }

    public void at(long nanoTime, Runnable action) {
        alarms.add(new Alarm(nanoTime, alarmsSet++, action));
    }

    public void in(long nanos, Runnable action) {
        at(System.nanoTime() + nanos, action);
    }

    /** Receives and keeps time until then. */
    public void runUntil(long nanoTime, Receiver receiver) throws IOException {
        for (long now = System.nanoTime(); now < nanoTime; now = System.nanoTime()) {
            while (!alarms.isEmpty() && alarms.peek().at() <= now) {
                alarms.poll().action().run();
            }
            long next = alarms.isEmpty() ? nanoTime : Math.min(nanoTime, alarms.peek().at());
            long wait = (next - System.nanoTime()) / 1_000_000;
            if (wait > 0) {
                selector.select(wait);
            } else {
                selector.selectNow();
            }
            for (var key : selector.selectedKeys()) {
                receiveAll((DatagramChannel) key.channel(), receiver);
            }
            selector.selectedKeys().clear();
        }
    }

    @Override
    public void close() throws IOException {
        for (var key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }

    private void receiveAll(DatagramChannel socket, Receiver receiver) throws IOException {
        while (true) {
            buffer.clear();
            if (socket.receive(buffer) == null) {
                return;
            }
            buffer.flip();
            var bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            receiver.receive(Letter.of(new String(bytes, StandardCharsets.ISO_8859_1)), socket);
        }
    }

    private void repeatIn(long nanos, String key, Repeated message, int left) {
        in(
                nanos,
                () -> {
                    if (left > 0 && repeated.get(key) == message) {
                        repeats++;
                        send(message.text(), message.socket());
                        repeatIn(Math.min(nanos * 2, 4_000_000_000L), key, message, left - 1);
                    } else if (left == 0) {
                        repeated.remove(key, message);
                    }
                });
    }
}
