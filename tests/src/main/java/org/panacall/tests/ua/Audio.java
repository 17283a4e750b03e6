// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.ua;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A party's RTP: speaks a tone of its own, hears what comes, presses keys by RFC 4733.
 *
 * <p>Two threads: one sends a packet each 20 ms, one receives.
 */
public final class Audio implements AutoCloseable {

    private static final int FRAME = 160;
    private static final int HEADER = 12;
    private static final long FRAME_NANOS = 20_000_000;
    private static final String KEYS = "0123456789*#ABCD";

    private final DatagramSocket socket;
    private final int toneHz;
    private final Hearing hearing = new Hearing();
    private final ConcurrentLinkedQueue<Key> keys = new ConcurrentLinkedQueue<>();
    private final int ssrc = ThreadLocalRandom.current().nextInt();
    private final byte[] packet = new byte[HEADER + FRAME];
    private int sequence = ThreadLocalRandom.current().nextInt(0x10000);
    private final AtomicLong sent = new AtomicLong();
    private int timestamp = ThreadLocalRandom.current().nextInt();
    private long phase;
    private volatile InetSocketAddress remote;
    private volatile Codec codec = Codec.PCMA;
    private volatile int eventPayloadType = 101;
    private volatile boolean muted;
    private volatile boolean closed;

    /** A press: how long, and how many of its three end packets get lost on the way. */
    private record Key(int code, int milliseconds, int lostEnds) {}

    /** Codec by its static payload type (RFC 3551). */
    public enum Codec {
        PCMU(0),
        PCMA(8);

        final int payloadType;

        Codec(int payloadType) {
            this.payloadType = payloadType;
        }
    }

    /** Opens a socket on a free port of the address. */
    public Audio(InetAddress address, int toneHz) {
        this.toneHz = toneHz;
        try {
            socket = new DatagramSocket(new InetSocketAddress(address, 0));
            socket.setSoTimeout(200);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
        Thread.ofPlatform().daemon().name("rtp-out-" + port()).start(this::sendAll);
        Thread.ofPlatform().daemon().name("rtp-in-" + port()).start(this::receiveAll);
    }

    public int port() {
        return socket.getLocalPort();
    }

    public Hearing hearing() {
        return hearing;
    }

    /** The frequency that this party speaks. */
    public int toneHz() {
        return toneHz;
    }

    /** Where to send from now on, and how. */
    public void sendTo(InetSocketAddress remote, Codec codec, int eventPayloadType) {
        this.codec = codec;
        this.eventPayloadType = eventPayloadType;
        this.remote = remote;
    }

    /** Where this party sends to; null until it knows. */
    public InetSocketAddress remote() {
        return remote;
    }

    /** Waits until so many more packets have been sent. */
    public boolean awaitSent(int packets, Duration limit) {
        long goal = sent.get() + packets;
        long end = System.nanoTime() + limit.toNanos();
        while (sent.get() < goal) {
            if (System.nanoTime() > end) {
                return false;
            }
            LockSupport.parkNanos(FRAME_NANOS / 4);
        }
        return true;
    }

    /** Stops or starts sending. */
    public void mute(boolean muted) {
        this.muted = muted;
    }

    /** Presses keys one after another, 100 ms each. */
    public void press(String pressed) {
        pressed.chars().forEach(key -> keys.add(new Key(KEYS.indexOf(key), 100, 0)));
    }

    /** Presses a key all end packets of which are lost. */
    public void pressWithLostEnds(char key) {
        keys.add(new Key(KEYS.indexOf(key), 100, 3));
    }

    @Override
    public void close() {
        closed = true;
        socket.close();
    }

    private void sendAll() {
        long due = System.nanoTime();
        while (!closed) {
            due += FRAME_NANOS;
            var key = keys.poll();
            if (remote == null || muted) {
                keys.clear();
            } else if (key != null) {
                due = sendKey(key, due);
            } else {
                sendTone();
            }
            waitUntil(due);
        }
    }

    private static void waitUntil(long due) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private void sendTone() {
        for (int i = 0; i < FRAME; i++) {
            double angle = 2 * Math.PI * toneHz * (phase++ % 8_000) / 8_000;
            int sample = (int) (8_000 * Math.sin(angle));
            packet[HEADER + i] =
                    codec == Codec.PCMA ? G711.encodeALaw(sample) : G711.encodeMuLaw(sample);
        }
        header(codec.payloadType, timestamp);
        send(HEADER + FRAME);
        timestamp += FRAME;
    }

    private long sendKey(Key key, long due) {
        int start = timestamp;
        int steps = key.milliseconds / 20;
        long next = due;
        for (int i = 1; i <= steps; i++) {
            event(key.code, i * FRAME, false, start, i == 1);
            waitUntil(next);
            next += FRAME_NANOS;
        }
        for (int i = 0; i < 3; i++) {
            if (i < key.lostEnds) {
                sequence++;
            } else {
                event(key.code, steps * FRAME, true, start, false);
            }
        }
        timestamp += (steps + 3) * FRAME;
        return next + 3 * FRAME_NANOS;
    }

    private void event(int code, int duration, boolean end, int start, boolean marker) {
        header(eventPayloadType | (marker ? 0x80 : 0), start);
        ByteBuffer.wrap(packet, HEADER, 4)
                .put((byte) code)
                .put((byte) (end ? 0x8a : 0x0a))
                .putShort((short) duration);
        send(HEADER + 4);
    }

    private void header(int payloadType, int at) {
        ByteBuffer.wrap(packet, 0, HEADER)
                .put((byte) 0x80)
                .put((byte) payloadType)
                .putShort((short) sequence++)
                .putInt(at)
                .putInt(ssrc);
    }

    private void send(int length) {
        var to = remote;
        if (to != null && reached(new DatagramPacket(packet, length, to))) {
            sent.incrementAndGet();
        }
    }

    /** A telephone goes on though nobody listens at the other side (any more). */
    private boolean reached(DatagramPacket datagram) {
        try {
            socket.send(datagram);
            return true;
        } catch (IOException gone) {
            return false;
        }
    }

    private void receiveAll() {
        var datagram = new DatagramPacket(new byte[2_048], 2_048);
        var frame = new short[2_048];
        while (!closed) {
            try {
                datagram.setLength(2_048);
                socket.receive(datagram);
                take(datagram, frame);
            } catch (java.net.SocketTimeoutException silent) {
                Thread.onSpinWait();
            } catch (IOException gone) {
                if (socket.isClosed()) {
                    return;
                }
            }
        }
    }

    private void take(DatagramPacket datagram, short[] frame) {
        if (!datagram.getSocketAddress().equals(remote)) {
            hearing.addStranger();
            return;
        }
        var bytes = datagram.getData();
        int payloadType = bytes[1] & 0x7f;
        int length = datagram.getLength() - HEADER;
        if (length <= 0 || payloadType != 0 && payloadType != 8) {
            return;
        }
        for (int i = 0; i < length; i++) {
            byte code = bytes[HEADER + i];
            frame[i] = (short) (payloadType == 8 ? G711.decodeALaw(code) : G711.decodeMuLaw(code));
        }
        hearing.add(frame, length);
    }
}
