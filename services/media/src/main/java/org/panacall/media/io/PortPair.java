// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.io;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import org.panacall.media.pipeline.Counters;
import org.panacall.media.pipeline.Shard;
import org.panacall.media.pipeline.Wire;
import org.panacall.media.rtp.Remote;

/**
 * The two UDP sockets of a shard by NIO: RTP on an even port, RTCP on the next.
 *
 * <p>Made by any thread, then used by the media thread alone.
 */
public final class PortPair implements Wire, AutoCloseable {

    private static final int DATAGRAM_MAX = 2048;
    private static final int BATCH = 256;
    private static final int SOCKET_BUFFER = 4 << 20;
    private static final int ANY_PORT_TRIES = 100;

    private final DatagramChannel rtp;
    private final DatagramChannel rtcp;
    private final Selector selector;
    private final Counters counters;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(DATAGRAM_MAX);
    private final int port;

    private PortPair(DatagramChannel rtp, DatagramChannel rtcp, Counters counters)
            throws IOException {
        this.rtp = rtp;
        this.rtcp = rtcp;
        this.counters = counters;
        port = ((InetSocketAddress) rtp.getLocalAddress()).getPort();
        selector = Selector.open();
        rtp.register(selector, SelectionKey.OP_READ);
        rtcp.register(selector, SelectionKey.OP_READ);
    }

    /** Binds the first free pair of the range. */
    public static PortPair open(InetAddress address, PortRange range, Counters counters)
            throws IOException {
        if (range.any()) {
            return openAny(address, counters);
        }
        for (int port = range.firstEven(); port < range.last(); port += 2) {
            var pair = tryOpen(address, port, counters);
            if (pair != null) {
                return pair;
            }
        }
        throw new IOException("no free pair of RTP ports in " + range);
    }

    private static PortPair openAny(InetAddress address, Counters counters) throws IOException {
        for (int i = 0; i < ANY_PORT_TRIES; i++) {
            int port;
            try (var probe = bind(address, 0)) {
                port = ((InetSocketAddress) probe.getLocalAddress()).getPort() & ~1;
            }
            var pair = tryOpen(address, port, counters);
            if (pair != null) {
                return pair;
            }
        }
        throw new IOException("no free pair of RTP ports");
    }

    /** Null when one of the two is taken. */
    private static PortPair tryOpen(InetAddress address, int port, Counters counters)
            throws IOException {
        DatagramChannel rtp = null;
        try {
            rtp = bind(address, port);
            return new PortPair(rtp, bind(address, port + 1), counters);
        } catch (java.net.BindException taken) {
            if (rtp != null) {
                rtp.close();
            }
            return null;
        }
    }

    private static DatagramChannel bind(InetAddress address, int port) throws IOException {
        var channel = DatagramChannel.open(StandardProtocolFamily.INET);
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER);
            channel.setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_BUFFER);
            channel.bind(new InetSocketAddress(address, port));
            return channel;
        } catch (IOException fault) {
            channel.close();
            throw fault;
        }
    }

    /** The even port. */
    public int port() {
        return port;
    }

    /** Gives the shard what has come; true when there may be more. */
    boolean receive(Shard shard) throws IOException {
        boolean more = false;
        int taken = 0;
        while (taken < BATCH && !more) {
            long from = next(rtp);
            if (from < 0) {
                break;
            }
            shard.onRtp(buffer, from, System.nanoTime());
            more = ++taken == BATCH;
        }
        for (int i = 0; i < BATCH; i++) {
            long from = next(rtcp);
            if (from < 0) {
                break;
            }
            shard.onRtcp(buffer, from, System.nanoTime());
        }
        return more;
    }

    /** Reads a datagram into the buffer; its sender's key, below 0 when there was none. */
    private long next(DatagramChannel channel) throws IOException {
        buffer.clear();
        var from = (InetSocketAddress) channel.receive(buffer);
        buffer.flip();
        return from == null ? -1 : Remote.keyOf(from);
    }

    /** Sleeps until something comes, {@link #wake} or the time is over. */
    void await(long millis) throws IOException {
        selector.select(millis);
        selector.selectedKeys().clear();
    }

    /** From any thread. */
    void wake() {
        selector.wakeup();
    }

    @Override
    public void sendRtp(ByteBuffer packet, Remote to) {
        send(rtp, packet, to);
    }

    @Override
    public void sendRtcp(ByteBuffer packet, Remote to) {
        send(rtcp, packet, to);
    }

    /** A packet that cannot be sent is lost, as on any network; it is counted. */
    private void send(DatagramChannel channel, ByteBuffer packet, Remote to) {
        try {
            if (channel.send(packet, to.address()) == 0) {
                counters.sendFailures.add(1);
            }
        } catch (IOException unreachable) {
            counters.sendFailures.add(1);
        }
    }

    @Override
    public void close() throws IOException {
        selector.close();
        rtp.close();
        rtcp.close();
    }
}
