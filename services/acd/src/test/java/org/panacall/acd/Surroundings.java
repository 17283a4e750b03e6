// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.nats.client.Nats;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.panacall.proto.directory.v1.Calendar;
import org.panacall.proto.directory.v1.Configuration;
import org.panacall.proto.directory.v1.DirectoryServiceGrpc.DirectoryServiceImplBase;
import org.panacall.proto.directory.v1.OverflowAction;
import org.panacall.proto.directory.v1.OverflowRule;
import org.panacall.proto.directory.v1.OverflowWhen;
import org.panacall.proto.directory.v1.Person;
import org.panacall.proto.directory.v1.Queue;
import org.panacall.proto.directory.v1.Tenant;
import org.panacall.proto.directory.v1.Voicemail;
import org.panacall.proto.directory.v1.WatchConfigurationRequest;
import org.panacall.simkit.NatsServer;

/** What acd lives among: a real nats-server, and a sip-ingress, directory and edge that we play. */
final class Surroundings implements AutoCloseable {

    static final String TOKEN = "test-service-token";
    static final String TENANT = "demo";

    final NatsServer nats = NatsServer.start();
    final FakeSipIngress sipIngress = new FakeSipIngress();
    private final Map<String, Integer> phones = new TreeMap<>();
    private final AtomicBoolean edgeAway = new AtomicBoolean();
    private final Server grpc;
    private final HttpServer edge;
    private final Path directory;

    Surroundings() {
        try {
            grpc =
                    NettyServerBuilder.forAddress(loopback())
                            .addService(sipIngress)
                            .addService(new FakeDirectory())
                            .build()
                            .start();
            edge = HttpServer.create(loopback(), 0);
            edge.createContext("/RPC", this::dump);
            edge.start();
            directory = Files.createTempDirectory("acd");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    String sipIngressAddress() {
        return "127.0.0.1:" + grpc.getPort();
    }

    /** The settings of an instance among us. */
    Map<String, String> settings(String instance, String address) {
        var settings = new HashMap<String, String>();
        settings.put("panacall.instance", instance);
        settings.put("panacall.nats.url", nats.url());
        settings.put("panacall.service-token", TOKEN);
        settings.put("panacall.data-directory", directory.resolve(instance).toString());
        settings.put("panacall.directory.address", sipIngressAddress());
        settings.put("panacall.sip-ingress.addresses", sipIngressAddress());
        settings.put(
                "panacall.edge.rpc-url",
                "http://127.0.0.1:" + edge.getAddress().getPort() + "/RPC");
        settings.put("panacall.edge.rpc-token", "edge-token");
        settings.put("panacall.grpc.advertised-address", address);
        settings.put("panacall.acd.registrations.read-every", "200ms");
        settings.put("panacall.acd.watching.lost-after", "2s");
        return settings;
    }

    /** A phone is registered for so many seconds, as the edge lists it. */
    synchronized void phone(String extension, int seconds) {
        phones.put(extension, seconds);
    }

    /** Directory and sip-ingress are gone for good. */
    void vanish() {
        grpc.shutdownNow();
    }

    void edgeAway(boolean away) {
        edgeAway.set(away);
    }

    /** An event of the edge, on the real server. */
    void edgeSays(String json) throws IOException, InterruptedException {
        var connection = Nats.connect(nats.url());
        try {
            connection.publish("panacall.v1.edge.edge-1", json.getBytes(StandardCharsets.UTF_8));
            connection.flush(Duration.ofSeconds(2));
        } catch (TimeoutException late) {
            throw new IOException(late);
        } finally {
            connection.close();
        }
    }

    private void dump(HttpExchange exchange) throws IOException {
        var token = exchange.getRequestHeaders().getFirst("Authorization");
        var allowed = "Bearer edge-token".equals(token) && !edgeAway.get();
        var body = dump().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(allowed ? 200 : 401, allowed ? body.length : -1);
        if (allowed) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    private synchronized String dump() {
        var records =
                phones.entrySet().stream()
                        .map(
                                phone ->
                                        """
                                        {"Info":{"AoR":"%s@panacall.test","Contacts":[{"Contact":\
                                        {"Address":"sip:x@127.0.0.1","Expires":%d}}]}}"""
                                                .formatted(phone.getKey(), phone.getValue()))
                        .collect(Collectors.joining(","));
        return "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"Domains\":[{\"Domain\":"
                + "{\"Domain\":\"location\",\"AoRs\":["
                + records
                + "]}}]}}";
    }

    private static final class FakeDirectory extends DirectoryServiceImplBase {
        @Override
        public void watchConfiguration(
                WatchConfigurationRequest request, StreamObserver<Configuration> reader) {
            if (request.getKnownVersion() == 0) {
                reader.onNext(configuration());
            }
        }
    }

    private static Configuration configuration() {
        var tenant =
                Tenant.newBuilder()
                        .setTenantId(TENANT)
                        .setSipDomain("panacall.test")
                        .setDefaultCallerNumber("+74950000100");
        var registry = Queue.newBuilder().setQueueId("registry").setExtension("601");
        for (int number = 101; number <= 106; number++) {
            registry.addAgentExtensions(Integer.toString(number));
            tenant.addPeople(
                    Person.newBuilder()
                            .setPersonId("agent_" + number)
                            .setExtension(Integer.toString(number))
                            .setPhoneOnly(number > 102));
        }
        return Configuration.newBuilder()
                .setVersion(1)
                .addTenants(
                        tenant.addQueues(registry)
                                .addQueues(night())
                                .addCalendars(Calendar.newBuilder().setCalendarId("never")))
                .build();
    }

    /** Closed for ever; whoever comes would leave a message. */
    private static Queue.Builder night() {
        var message = OverflowAction.newBuilder().setVoicemail(Voicemail.getDefaultInstance());
        return Queue.newBuilder()
                .setQueueId("night")
                .setExtension("602")
                .setCalendarId("never")
                .addAtEntry(
                        OverflowRule.newBuilder()
                                .setWhen(OverflowWhen.OVERFLOW_WHEN_CLOSED)
                                .addThen(message));
    }

    @Override
    public void close() {
        grpc.shutdownNow();
        edge.stop(0);
        nats.close();
    }
}
