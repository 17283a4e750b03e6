// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.clinic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.panacall.flow.check.FlowAround;
import org.panacall.flow.check.FlowChecks;
import org.panacall.flow.document.FlowDocument;
import org.panacall.ivr.Clinics;
import org.panacall.ivr.core.Ivr;
import org.panacall.ivr.core.IvrCommand;
import org.panacall.ivr.core.IvrCommand.NotePlayEnded;
import org.panacall.ivr.core.IvrCommand.StartRun;
import org.panacall.ivr.core.IvrEffect;
import org.panacall.ivr.core.flow.Destination.ToQueue;
import org.panacall.ivr.core.id.FlowId;
import org.panacall.ivr.core.id.TenantId;
import org.panacall.ivr.core.outside.HttpErrand;
import org.panacall.ivr.outside.Outside;
import org.panacall.ivr.outside.OutsideSettings;
import org.panacall.ivr.outside.http.HttpAnswerer;
import org.panacall.proto.directory.v1.Flow;
import org.panacall.proto.directory.v1.Queue;
import org.panacall.proto.directory.v1.Tenant;

/** A drawing that asks the clinic's own server who rings, while the caller hears the greeting. */
class OutsideFlowTest {

    private static final Instant NOW = Instant.parse("2026-11-28T10:00:00Z");

    private static final String DOCUMENT =
            """
            id: known
            name: Known patients
            entry: who
            fallbackQueue: registry
            variables:
              - { name: doctor, kind: text }
              - { name: visits, kind: number }
            steps:
              - id: who
                http:
                  url: "http://localhost:PORT/patients?phone={caller.number}"
                  headers: { X-Dialled: dialled }
                  secretHeaders: { Authorization: mis }
                  results: { doctor: /patient/doctor, visits: /patient/visits }
                  timeout: 3s
                  ahead: true
                exits: { started: hello }
              - { id: hello, play: { prompts: [{ text: "Hello" }] }, exits: { done: wait } }
              - id: wait
                await: { step: who }
                exits: { done: own, not-found: all, failed: all }
              - id: own
                queue: { id: cardiology, computed: { doctor: doctor, visits: visits } }
              - { id: all, queue: { id: registry } }
            """;

    private final Vertx vertx = Vertx.vertx();
    private final LinkedBlockingQueue<IvrCommand> answers = new LinkedBlockingQueue<>();
    private final List<IvrEffect> effects = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();
    private HttpServer server;
    private volatile int status = 200;

    @BeforeEach
    void serve() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    asked.add(
                            exchange.getRequestURI()
                                    + " "
                                    + exchange.getRequestHeaders().getFirst("Authorization"));
                    var body = "{\"patient\": {\"doctor\": \"ivanova\", \"visits\": 7}}".getBytes();
                    exchange.sendResponseHeaders(status, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private Flow flow() {
        var port = Integer.toString(server.getAddress().getPort());
        var read = FlowDocument.read(DOCUMENT.replace("PORT", port));
        assertEquals(List.of(), read.flaws());
        return read.flow();
    }

    private Tenant tenant(Flow flow) {
        return Tenant.newBuilder()
                .setTenantId(ExampleClinic.ID.value())
                .setTimeZone("Europe/Moscow")
                .setLanguage("ru")
                .addOutsideHosts("http://localhost:" + server.getAddress().getPort())
                .addQueues(Queue.newBuilder().setQueueId("registry"))
                .addQueues(Queue.newBuilder().setQueueId("cardiology"))
                .addFlows(flow)
                .build();
    }

    /** Where a caller comes to, by the very adapter that production has. */
    private ToQueue through(Tenant tenant) throws InterruptedException {
        var catalog = ExampleClinic.catalog(tenant);
        var settings = OutsideSettings.of(Map.of("ivr.outside.http.networks", "127.0.0.1,::1"));
        var clinics =
                new Clinics() {
                    @Override
                    public List<String> hosts(TenantId one) {
                        return catalog.outsideHosts();
                    }

                    @Override
                    public Optional<String> secret(TenantId one, String name) {
                        return Optional.of("Bearer of-the-clinic");
                    }
                };
        try (var http = new HttpAnswerer(settings, vertx, clinics)) {
            var outside =
                    new Outside(settings, new SimpleMeterRegistry()).with(HttpErrand.class, http);
            var ivr = new Ivr(ExampleClinic.LIMITS);
            var caller = ExampleClinic.caller("+79160000002", ExampleClinic.NUMBER);
            var drawing = catalog.drawing(catalog.flows().get(new FlowId("known")));
            effects.addAll(ivr.handle(new StartRun(caller, drawing, true), NOW).effects());
            var ask = (IvrEffect.Ask) effects.removeFirst();
            var play = (IvrEffect.Play) effects.removeFirst();
            outside.ask(ask, answers::add);
            var answer = answers.poll(10, TimeUnit.SECONDS);
            assertTrue(ivr.handle(answer, NOW).effects().isEmpty(), "the greeting goes on");
            var ended = new NotePlayEnded(caller.call(), play.number());
            var over = (IvrEffect.HandOver) ivr.handle(ended, NOW).effects().getFirst();
            return (ToQueue) over.to();
        }
    }

    @Test
    void aKnownPatientComesToHisDoctor() throws InterruptedException {
        // Given
        var flow = flow();
        var tenant = tenant(flow);
        assertEquals(List.of(), FlowChecks.flaws(flow, FlowAround.of(tenant)));

        // When
        var to = through(tenant);

        // Then
        assertEquals("cardiology", to.queue().value());
        assertEquals(Map.of("doctor", "ivanova", "visits", "7"), to.attributes());
        assertEquals(List.of("/patients?phone=%2B79160000002 Bearer of-the-clinic"), asked);
    }

    @Test
    void anUnknownPatientComesToTheRegistry() throws InterruptedException {
        status = 404;
        assertEquals("registry", through(tenant(flow())).queue().value());
    }

    @Test
    void aServerThatMayNoLongerBeAskedIsNotAsked() throws InterruptedException {
        var tenant = tenant(flow()).toBuilder().clearOutsideHosts().build();
        assertEquals("registry", through(tenant).queue().value());
        assertTrue(asked.isEmpty());
        var flaws = FlowChecks.flaws(flow(), FlowAround.of(tenant)).toString();
        assertTrue(flaws.contains("may not be asked"), flaws);
    }
}
