// SPDX-License-Identifier: Apache-2.0
package org.panacall.media;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.panacall.media.codec.Codec;

/** A party with real sockets: speaks a tone, remembers what it hears. */
public final class Phone implements AutoCloseable {

    public static final int EVENTS = 101;

    private static final byte GOODBYE = (byte) 203;
    private static final long FRAME_NANOS = 20_000_000;

    private final DatagramSocket rtp;
    private final DatagramSocket rtcp;
    private final Codec codec;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<short[]> frames = new ArrayList<>();
    private final List<byte[]> events = new ArrayList<>();
    private final List<byte[]> reports = new ArrayList<>();
    private final List<Integer> sequences = new ArrayList<>();
    private Predicate<Phone> awaited = phone -> false;
    private boolean came;
    private volatile boolean speaking;
    private volatile boolean closed;
    private Thread speaker;
    private int sequence = 65_500;
    private int timestamp = -1000;
    private int ssrc = 0x1234;

    public Phone(Codec codec) throws IOException {
        this.codec = codec;
        var loopback = InetAddress.ofLiteral("127.0.0.1");
        DatagramSocket even = null;
        DatagramSocket odd = null;
        while (odd == null) {
            even = new DatagramSocket(0, loopback);
            try {
                odd = new DatagramSocket(even.getLocalPort() + 1, loopback);
            } catch (SocketException taken) {
                even.close();
            }
        }
        rtp = even;
        rtcp = odd;
        Thread.ofVirtual().start(() -> listen(rtp, this::hear));
        Thread.ofVirtual().start(() -> listen(rtcp, this::read));
    }

    public int port() {
        return rtp.getLocalPort();
    }

    public Codec codec() {
        return codec;
    }

    /** Says a tone to a port until told to stop. */
    public Phone speak(int hz, int toPort) {
        speaking = true;
        speaker = Thread.ofPlatform().daemon().start(() -> speakOn(hz, toPort));
        return this;
    }

    public void stopSpeaking() throws InterruptedException {
        speaking = false;
        if (speaker != null) {
            speaker.join();
        }
    }

    private void speakOn(int hz, int toPort) {
        long at = 0;
        long next = System.nanoTime();
        while (speaking && !closed) {
            var payload = new byte[Codec.FRAME];
            for (int i = 0; i < payload.length; i++, at++) {
                payload[i] = codec.encode((int) (8000 * Math.sin(2 * Math.PI * hz * at / 8000)));
            }
            send(codec.payloadType(), false, payload, toPort);
            timestamp += Codec.FRAME;
            next += FRAME_NANOS;
            LockSupport.parkNanos(next - System.nanoTime());
        }
    }

    /** Presses a key for 60 ms whose end is never told. */
    public void pressWithoutEnd(int event, int toPort) {
        for (int i = 1; i <= 3; i++) {
            var payload = new byte[] {(byte) event, 10, (byte) (i * 160 >> 8), (byte) (i * 160)};
            send(EVENTS, i == 1, payload, toPort);
        }
        timestamp += 3 * Codec.FRAME;
    }

    private synchronized void send(int type, boolean marker, byte[] payload, int toPort) {
        var packet = ByteBuffer.allocate(12 + payload.length);
        packet.put((byte) 0x80).put((byte) (marker ? type | 0x80 : type));
        packet.putShort((short) sequence++).putInt(timestamp).putInt(ssrc).put(payload);
        var to = new InetSocketAddress(rtp.getLocalAddress(), toPort);
        try {
            rtp.send(new DatagramPacket(packet.array(), packet.capacity(), to));
        } catch (IOException gone) {
            closed = true;
        }
    }

    private interface Taker {

        void take(byte[] packet);
    }

    private void listen(DatagramSocket socket, Taker taker) {
        var packet = new DatagramPacket(new byte[2048], 2048);
        while (!closed) {
            try {
                socket.receive(packet);
            } catch (IOException gone) {
                return;
            }
            lock.lock();
            try {
                taker.take(Arrays.copyOf(packet.getData(), packet.getLength()));
                if (awaited.test(this)) {
                    came = true;
                    changed.signalAll();
                }
            } finally {
                lock.unlock();
            }
        }
    }

    private void hear(byte[] packet) {
        sequences.add((packet[2] & 0xff) << 8 | packet[3] & 0xff);
        var payload = Arrays.copyOfRange(packet, 12, packet.length);
        if ((packet[1] & 0x7f) == EVENTS) {
            events.add(payload);
            return;
        }
        var samples = new short[payload.length];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = codec.decode(payload[i]);
        }
        frames.add(samples);
    }

    private void read(byte[] report) {
        reports.add(report);
    }

    /**
     * Waits until what was heard fits; false after 20 s. Looked at with each packet, so that even
     * what is heard for a moment only is not missed by a thread that wakes late.
     */
    public boolean await(Predicate<Phone> claim) throws InterruptedException {
        long left = TimeUnit.SECONDS.toNanos(20);
        lock.lock();
        try {
            came = claim.test(this);
            awaited = claim;
            while (!came && left > 0) {
                left = changed.awaitNanos(left);
            }
            return came;
        } finally {
            awaited = phone -> false;
            lock.unlock();
        }
    }

    /** Waits until so many more frames came. */
    public boolean awaitFrames(int more) throws InterruptedException {
        int wanted = frames() + more;
        return await(phone -> phone.frames.size() >= wanted);
    }

    public int frames() {
        lock.lock();
        try {
            return frames.size();
        } finally {
            lock.unlock();
        }
    }

    /** The newest frames in one piece. */
    public short[] last(int count) {
        lock.lock();
        try {
            int from = Math.max(0, frames.size() - count);
            var all = new short[(frames.size() - from) * Codec.FRAME];
            for (int i = from; i < frames.size(); i++) {
                System.arraycopy(frames.get(i), 0, all, (i - from) * Codec.FRAME, Codec.FRAME);
            }
            return all;
        } finally {
            lock.unlock();
        }
    }

    public List<byte[]> events() {
        lock.lock();
        try {
            return List.copyOf(events);
        } finally {
            lock.unlock();
        }
    }

    /** True once the other side said that it leaves, whatever it reported before. */
    public boolean heardGoodbye() {
        lock.lock();
        try {
            return reports.stream().anyMatch(report -> report[report.length - 7] == GOODBYE);
        } finally {
            lock.unlock();
        }
    }

    public List<Integer> sequences() {
        lock.lock();
        try {
            return List.copyOf(sequences);
        } finally {
            lock.unlock();
        }
    }

    /** True when in the last fifth of a second a tone is loud. */
    public boolean hears(int hz) {
        var heard = last(10);
        return heard.length > 0 && Spectrum.amplitude(heard, hz) > 2000;
    }

    @Override
    public void close() {
        closed = true;
        rtp.close();
        rtcp.close();
    }
}
