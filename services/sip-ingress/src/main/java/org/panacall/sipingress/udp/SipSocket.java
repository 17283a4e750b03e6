// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.udp;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;
import org.panacall.sipingress.IngressShard;
import org.panacall.sipingress.core.admission.Door;
import org.panacall.sipingress.core.call.Refusal;
import org.panacall.sipingress.core.command.IngressCommand;
import org.panacall.sipingress.core.message.Endpoint;

/**
 * Our UDP socket: one thread takes datagrams in, past the {@link Door}, the engine's thread sends.
 * What comes from elsewhere than the edge is dropped and counted before anybody looks at it. A
 * datagram for which the mailbox has no room is dropped and counted: the other side sends it again.
 */
public final class SipSocket implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(SipSocket.class);
    private static final int BUFFER_BYTES = 4 << 20;
    private static final int DATAGRAM_MAX = 65_535;

    private final DatagramChannel channel;
    private final IngressShard shard;
    private final SipSources sources;
    private final Door door;
    private final Pulse pulse;
    private final AtomicInteger entering = new AtomicInteger();
    private volatile Door.Room room = new Door.Room(false, 0);
    private final Counter refused;
    private final Counter received;
    private final Counter strangers;
    private final Counter sent;
    private final Counter notSent;

    /**
     * Binds the socket and begins to receive.
     *
     * @throws IOException when the address is taken
     */
    public SipSocket(
            InetSocketAddress address,
            SipSources sources,
            IngressShard shard,
            Door door,
            MeterRegistry registry)
            throws IOException {
        this.sources = sources;
        this.shard = shard;
        this.door = door;
        pulse = new Pulse(shard);
        refused = registry.counter("sip.refused.at.door");
        received = registry.counter("sip.datagrams", "way", "in");
        strangers = registry.counter("sip.datagrams.of.strangers");
        sent = registry.counter("sip.datagrams", "way", "out");
        notSent = registry.counter("sip.datagrams.failed");
        channel =
                DatagramChannel.open()
                        .setOption(StandardSocketOptions.SO_RCVBUF, BUFFER_BYTES)
                        .setOption(StandardSocketOptions.SO_SNDBUF, BUFFER_BYTES)
                        .bind(address);
        Thread.ofPlatform().daemon().name("sip-receiver").start(this::receive);
    }

    /** Our address; its port is the real one when 0 was asked for. */
    public InetSocketAddress address() {
        try {
            return (InetSocketAddress) channel.getLocalAddress();
        } catch (IOException closed) {
            throw new IllegalStateException("the SIP socket is closed", closed);
        }
    }

    /** Puts a datagram on the wire, or drops it when the kernel has no room: SIP repeats. */
    public void send(byte[] datagram, Endpoint to) {
        try {
            channel.send(ByteBuffer.wrap(datagram), new InetSocketAddress(to.host(), to.port()));
            sent.increment();
        } catch (IOException | IllegalArgumentException failure) {
            notSent.increment();
            LOG.debugf("datagram not sent: %s", failure.getMessage());
        }
    }

    /** Takes note of what the core has room for. Called on the engine's thread. */
    public void makeRoom(Door.Room told) {
        room = told;
    }

    private void take(byte[] datagram, Endpoint source) {
        var told = room;
        // Who has entered is not in what the core told before it looked at him.
        var left = new Door.Room(told.open(), told.places() - entering.get());
        switch (door.judge(datagram, source, left)) {
            case Door.Verdict.Pass pass -> pass(datagram, source);
            case Door.Verdict.Enter enter -> {
                entering.incrementAndGet();
                pass(datagram, source).whenComplete((taken, full) -> entering.decrementAndGet());
            }
            case Door.Verdict.Refuse(var answer, var to) -> {
                refused.increment();
                send(answer, to);
            }
            case Door.Verdict.Live(var answer, var to) -> {
                if (pulse.isFelt()) send(answer, to);
            }
            case Door.Verdict.Ignore nothing -> {}
        }
    }

    private CompletableFuture<Optional<Refusal>> pass(byte[] datagram, Endpoint source) {
        return shard.send(new IngressCommand.TakeDatagram(datagram, source));
    }

    private void receive() {
        var buffer = ByteBuffer.allocate(DATAGRAM_MAX);
        while (channel.isOpen()) {
            try {
                buffer.clear();
                var from = (InetSocketAddress) channel.receive(buffer);
                if (!sources.hold(from.getAddress())) {
                    strangers.increment();
                    continue;
                }
                buffer.flip();
                var datagram = new byte[buffer.remaining()];
                buffer.get(datagram);
                received.increment();
                var source = new Endpoint(from.getAddress().getHostAddress(), from.getPort());
                take(datagram, source);
            } catch (ClosedChannelException closed) {
                return;
            } catch (IOException failure) {
                LOG.warnf("SIP socket: %s", failure.getMessage());
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
