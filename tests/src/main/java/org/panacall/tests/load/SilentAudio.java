// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Where the load's telephones hear: one socket for all callers, one for all agents, which nobody
 * reads, so that what comes is dropped by the kernel. When they speak as well, a thread sends every
 * established leg its packet each 20 ms, spread over ten turns.
 */
public final class SilentAudio implements AutoCloseable {

    private static final int TURNS = 10;
    private static final long TURN_NANOS = 2_000_000;
    private static final int FRAMES_A_SECOND = 50;
    private static final int PACKET_BYTES = 172;
    private static final int PAYLOAD_TYPE_PCMA = 8;
    private static final byte SILENCE_PCMA = (byte) 0xd5;

    private final DatagramChannel callers = socket(Patients.HOST);
    private final DatagramChannel agents = socket("127.0.0.1");
    private final Set<Journey> speaking = ConcurrentHashMap.newKeySet();
    private final boolean speaks;

    /** Each leg sends one packet in so many frames. */
    private final int frames;

    private boolean started;
    private volatile boolean closed;

    public SilentAudio(boolean speaks) throws IOException {
        this(speaks, 1);
    }

    private SilentAudio(boolean speaks, int frames) throws IOException {
        this.speaks = speaks;
        this.frames = frames;
    }

    /** One packet a second of every call: enough to be taken for alive, and next to no work. */
    public static SilentAudio sparse() throws IOException {
        return new SilentAudio(true, FRAMES_A_SECOND);
    }

    public int callersPort() {
        return Post.port(callers);
    }

    public int agentsPort() {
        return Post.port(agents);
    }

    public static String description(String host, int port) {
        return """
        v=0\r
        o=- 1 1 IN IP4 %1$s\r
        s=-\r
        c=IN IP4 %1$s\r
        t=0 0\r
        m=audio %2$d RTP/AVP 8 101\r
        a=rtpmap:8 PCMA/8000\r
        a=rtpmap:101 telephone-event/8000\r
        a=fmtp:101 0-16\r
        a=ptime:20\r
        a=sendrecv\r
        """
                .formatted(host, port);
    }

    public void begin(Journey journey) {
        // A talk without any audio would be ended after a minute.
        if (!speaks && !journey.held) {
            return;
        }
        speaking.add(journey);
        if (!started) {
            started = true;
            Thread.ofPlatform().daemon().name("speech").start(this::speak);
        }
    }

    public void end(Journey journey) {
        speaking.remove(journey);
    }

    @Override
    public void close() throws IOException {
        closed = true;
        callers.close();
        agents.close();
    }

    private void speak() {
        var packet = ByteBuffer.allocateDirect(PACKET_BYTES);
        for (int i = 0; i < PACKET_BYTES; i++) {
            packet.put(i, SILENCE_PCMA);
        }
        packet.put(0, (byte) 0x80).put(1, (byte) PAYLOAD_TYPE_PCMA);
        long next = System.nanoTime();
        for (int turn = 0; !closed; turn++, next += TURN_NANOS) {
            int frame = turn / TURNS;
            packet.putShort(2, (short) frame).putInt(4, frame * 160);
            for (var journey : speaking) {
                if (journey.id % TURNS == turn % TURNS && (frame + journey.id) % frames == 0) {
                    send(packet, journey);
                }
            }
            LockSupport.parkNanos(next + TURN_NANOS - System.nanoTime());
        }
    }

    private void send(ByteBuffer packet, Journey journey) {
        try {
            packet.putInt(8, (int) journey.id);
            send(packet, callers, journey.callerAudioPort);
            packet.putInt(8, (int) ~journey.id);
            send(packet, agents, journey.agentAudioPort);
        } catch (IOException full) {
            // A full buffer loses a packet, as networks do.
            Thread.onSpinWait();
        }
    }

    private static void send(ByteBuffer packet, DatagramChannel from, int port) throws IOException {
        if (port != 0) {
            from.send(packet.clear(), new InetSocketAddress("127.0.0.1", port));
        }
    }

    private static DatagramChannel socket(String host) throws IOException {
        var socket = DatagramChannel.open();
        socket.setOption(StandardSocketOptions.SO_RCVBUF, 4096);
        return socket.bind(new InetSocketAddress(host, 0));
    }
}
