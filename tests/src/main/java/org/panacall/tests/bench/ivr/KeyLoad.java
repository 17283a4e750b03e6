// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.bench.ivr;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.panacall.tests.bench.Figures;
import org.panacall.tests.load.Journey;
import org.panacall.tests.load.Patients;
import org.panacall.tests.load.Post;

/** Everything that callers hear and press, on one thread and one socket. */
final class KeyLoad implements AutoCloseable {

    private static final long FRAME_NANOS = 20_000_000;
    private static final long LOST_NANOS = 3_000_000_000L;
    private static final int BUFFER_BYTES = 8 << 20;

    private final DatagramChannel socket = DatagramChannel.open();
    private final Selector selector = Selector.open();
    private final ByteBuffer packet = ByteBuffer.allocateDirect(2_048);
    private final ByteBuffer event = ByteBuffer.allocateDirect(KeyCaller.PACKET_BYTES);
    private final Map<Integer, KeyCaller> byPort = new HashMap<>();
    private final ConcurrentLinkedQueue<Runnable> orders = new ConcurrentLinkedQueue<>();
    private final PriorityQueue<Due> due = new PriorityQueue<>();
    private Tally tally = new Tally();
    private long order;
    private volatile boolean closed;

    /** What callers met with in a time. */
    static final class Tally {
        final Figures keyToPrompt = new Figures();
        int pressed;
        int unheard;
        long packets;
    }

    private record Due(long at, long order, Runnable deed) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            int byTime = Long.compare(at, other.at);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    KeyLoad() throws IOException {
        socket.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER_BYTES);
        socket.bind(new InetSocketAddress(Patients.HOST, 0));
        socket.configureBlocking(false);
        socket.register(selector, SelectionKey.OP_READ);
        Thread.ofPlatform().daemon().name("keys").start(this::run);
    }

    int port() {
        return Post.port(socket);
    }

    /** A call was answered: its caller listens, and presses from time to time. */
    void begin(Journey journey) {
        orders.add(
                () -> {
                    var caller = new KeyCaller(journey);
                    byPort.put(journey.callerAudioPort, caller);
                    pressLater(caller);
                });
    }

    void end(Journey journey) {
        orders.add(() -> byPort.remove(journey.callerAudioPort));
    }

    /** Gives what was met with so far, and begins anew. */
    Tally take() {
        var taken = new java.util.concurrent.CompletableFuture<Tally>();
        orders.add(
                () -> {
                    taken.complete(tally);
                    tally = new Tally();
                });
        return taken.join();
    }

    private void run() {
        try {
            while (!closed) {
                for (var next = orders.poll(); next != null; next = orders.poll()) {
                    next.run();
                }
                long now = System.nanoTime();
                while (!due.isEmpty() && due.peek().at() <= now) {
                    due.poll().deed().run();
                }
                receive();
                selector.select(1);
                selector.selectedKeys().clear();
            }
        } catch (IOException | ClosedSelectorException gone) {
            closed = true;
        }
    }

    private void receive() throws IOException {
        for (int i = 0; i < 256; i++) {
            packet.clear();
            var from = (InetSocketAddress) socket.receive(packet);
            if (from == null) {
                return;
            }
            tally.packets++;
            var caller = byPort.get(from.getPort());
            if (caller != null) {
                packet.flip();
                long took = caller.hear(packet, System.nanoTime());
                if (took > 0) {
                    tally.keyToPrompt.add(took);
                    pressLater(caller);
                }
            }
        }
    }

    private void pressLater(KeyCaller caller) {
        in(caller.pauseNanos(), () -> press(caller));
    }

    private void press(KeyCaller caller) {
        if (byPort.get(caller.journey.callerAudioPort) != caller) {
            return;
        }
        if (caller.hears()) {
            caller.press(System.nanoTime());
            tally.pressed++;
            send(caller);
            int press = caller.presses();
            in(LOST_NANOS, () -> giveUp(caller, press));
        } else {
            pressLater(caller);
        }
    }

    private void giveUp(KeyCaller caller, int press) {
        if (caller.waitsSince(press)) {
            tally.unheard++;
            caller.forget();
            pressLater(caller);
        }
    }

    private void send(KeyCaller caller) {
        if (!caller.next(event)) {
            return;
        }
        try {
            socket.send(event, new InetSocketAddress("127.0.0.1", caller.journey.callerAudioPort));
        } catch (IOException full) {
            // A full buffer loses a packet, as networks do.
            Thread.onSpinWait();
        }
        in(FRAME_NANOS, () -> send(caller));
    }

    private void in(long nanos, Runnable deed) {
        due.add(new Due(System.nanoTime() + nanos, order++, deed));
    }

    @Override
    public void close() throws IOException {
        closed = true;
        selector.close();
        socket.close();
    }
}
