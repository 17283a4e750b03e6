// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.panacall.engine.id.Ids;
import org.panacall.sipingress.core.dialog.InviteRequest;
import org.panacall.sipingress.core.dialog.LegId;
import org.panacall.sipingress.core.dialog.UserAgent;
import org.panacall.sipingress.core.dialog.UserAgentCommand;
import org.panacall.sipingress.core.dialog.UserAgentOutput;
import org.panacall.sipingress.core.dialog.UserAgentSettings;
import org.panacall.sipingress.core.message.Endpoint;
import org.panacall.sipingress.core.message.HeaderField;
import org.panacall.sipingress.core.message.NameAddress;

/** The edge and all parties behind it: a real user agent on a real socket. */
final class UdpParties implements AutoCloseable {

    private final DatagramSocket socket;
    private final UserAgent agent;
    private final ReentrantLock lock = new ReentrantLock();
    private final LinkedBlockingQueue<UserAgentOutput> heard = new LinkedBlockingQueue<>();
    private volatile InetSocketAddress ingress;

    UdpParties() {
        try {
            socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        var own = new Endpoint("127.0.0.1", socket.getLocalPort());
        agent = new UserAgent(UserAgentSettings.of("edge", own, own), new RandomIds("127.0.0.1"));
        Thread.ofPlatform().daemon().name("parties").start(this::receive);
    }

    String address() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    /** Where all that the parties say goes, whatever the route. */
    void talkTo(InetSocketAddress address) {
        ingress = address;
    }

    LegId ring(String dialled, String sdp) {
        var leg = new LegId(Ids.next("party"));
        var to = "sip:" + dialled + "@panacall.test";
        var request =
                new InviteRequest(
                        to,
                        NameAddress.of("sip:+79161234567@127.0.0.2"),
                        NameAddress.of(to),
                        List.of(new HeaderField("X-Panacall-Source", "carrier;name=demo")),
                        Optional.of(sdp),
                        new Endpoint("127.0.0.1", ingress.getPort()));
        send(new UserAgentCommand.Invite(leg, request));
        return leg;
    }

    void send(UserAgentCommand command) {
        lock.lock();
        try {
            for (var output : agent.handle(command, Instant.now())) {
                if (output instanceof UserAgentOutput.Send(var datagram, var to)) {
                    socket.send(new DatagramPacket(datagram, datagram.length, ingress));
                } else {
                    heard.add(output);
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } finally {
            lock.unlock();
        }
    }

    void forget() {
        heard.clear();
    }

    /** The next thing of this kind that the parties hear; others are passed over. */
    <T extends UserAgentOutput> T hear(Class<T> kind) throws InterruptedException {
        while (true) {
            var output = heard.poll(10, TimeUnit.SECONDS);
            if (output == null) throw new AssertionError("no " + kind.getSimpleName());
            if (kind.isInstance(output)) return kind.cast(output);
        }
    }

    private void receive() {
        var packet = new DatagramPacket(new byte[65_535], 65_535);
        while (!socket.isClosed()) {
            try {
                socket.receive(packet);
            } catch (IOException closed) {
                return;
            }
            var datagram = Arrays.copyOf(packet.getData(), packet.getLength());
            var from = new Endpoint("127.0.0.1", packet.getPort());
            send(new UserAgentCommand.Received(datagram, from));
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
