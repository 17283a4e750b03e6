// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.outside.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.panacall.defaults.Peers;
import org.panacall.defaults.ServiceToken;
import org.panacall.flow.check.FlowAround;
import org.panacall.flow.check.FlowChecks;
import org.panacall.flow.document.FlowDocument;
import org.panacall.ivr.Clinics;
import org.panacall.ivr.clinic.ExampleClinic;
import org.panacall.ivr.core.IvrCommand;
import org.panacall.ivr.core.IvrCommand.NoteOutcome;
import org.panacall.ivr.core.IvrEffect;
import org.panacall.ivr.core.flow.Step;
import org.panacall.ivr.core.id.FlowId;
import org.panacall.ivr.core.id.StepId;
import org.panacall.ivr.core.id.TenantId;
import org.panacall.ivr.core.outside.Outcome;
import org.panacall.ivr.core.outside.Question;
import org.panacall.ivr.directory.CatalogReader;
import org.panacall.ivr.outside.Outside;
import org.panacall.ivr.outside.OutsideSettings;
import org.panacall.ivr.outside.lookup.Contacts;
import org.panacall.ivr.outside.lookup.LastTalks;
import org.panacall.ivr.outside.lookup.Lookups;
import org.panacall.proto.directory.v1.Configuration;

/** The step manager asks the clinic's own system, a server on a real port. */
class CrmSourceTest {

    private static final String NUMBER = "+79160000001";
    private static final String NOWHERE = "127.0.0.1:1";

    private static final String FLOW =
            """
            id: owner
            name: Owner
            entry: ask
            fallbackQueue: registry
            variables: [{ name: owner, kind: text }]
            steps:
              - id: ask
                manager:
                  sources: [contact, crm]
                  variable: owner
                  excludedExtensions: ["104"]
                  timeout: 10s
                  crm:
                    url: "http://mis.test:PORT/owner?phone={caller.number}"
                    secretHeaders: { X-Key: mis }
                  crmExtension: /manager/extension
                exits: { found: lead, not-found: bye, failed: bye }
              - { id: lead, transfer: { computed: owner } }
              - { id: bye, hangUp: {} }
            """;

    private final Vertx vertx = Vertx.vertx();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final LinkedBlockingQueue<IvrCommand> told = new LinkedBlockingQueue<>();
    private ClinicServer crm;

    @AfterEach
    void close() {
        crm.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    /** A clinic that lets its own system be asked. */
    private record Own(String host) implements Clinics {
        @Override
        public List<String> hosts(TenantId tenant) {
            return List.of(host);
        }

        @Override
        public Optional<String> secret(TenantId tenant, String name) {
            return Optional.of(Asker.SECRET);
        }
    }

    private Outcome outcome(String number, ClinicServer.Conduct conduct)
            throws InterruptedException {
        crm = new ClinicServer(conduct);
        var host = "http://mis.test:" + crm.port();
        var read = FlowDocument.read(FLOW.replace("PORT", Integer.toString(crm.port())));
        assertEquals(List.of(), read.flaws());
        var tenant =
                ExampleClinic.tenant().toBuilder()
                        .addOutsideHosts(host)
                        .addFlows(read.flow())
                        .build();
        assertEquals(List.of(), FlowChecks.flaws(read.flow(), FlowAround.of(tenant)));
        var configuration = Configuration.newBuilder().addTenants(tenant).build();
        var catalog = CatalogReader.read(configuration);
        var settings = OutsideSettings.of(Map.of("ivr.outside.http.networks", "127.0.0.1"));
        try (var http =
                new HttpAnswerer(
                        settings,
                        vertx,
                        new Own(host),
                        _ -> new InetAddress[] {InetAddress.getLoopbackAddress()},
                        InstantSource.fixed(Asker.NOW))) {
            var peers =
                    new Peers(new ServiceToken("test-service-token"), Duration.ofSeconds(10), 8);
            var outside =
                    new Lookups(
                                    new Contacts(() -> peers.channel(NOWHERE)),
                                    new LastTalks(peers, List.of()),
                                    http,
                                    () -> Optional.of(catalog),
                                    Clock.systemUTC())
                            .into(new Outside(settings, registry));
            var flow = catalog.flow(ExampleClinic.ID, new FlowId("owner")).orElseThrow();
            var step = flow.step(new StepId("ask")).orElseThrow();
            outside.ask(
                    new IvrEffect.Ask(
                            ExampleClinic.caller(number, ExampleClinic.NUMBER),
                            1,
                            question((Step.Outside) step.kind(), number)),
                    told::add);
            return ((NoteOutcome) told.poll(30, TimeUnit.SECONDS)).outcome();
        }
    }

    private static Question question(Step.Outside step, String number) {
        var arguments = new TreeMap<String, Object>();
        step.arguments()
                .forEach(
                        (name, value) ->
                                arguments.put(
                                        name, value.value(_ -> Optional.of(number)).orElseThrow()));
        return new Question(
                new StepId("ask"), step.errand(), arguments, "run_1_ask_1", step.within());
    }

    @Test
    void whomTheClinicsSystemNamesIsFoundWhenNoOtherSourceAnswers() throws InterruptedException {
        // When
        var outcome = outcome(NUMBER, ClinicServer.json("{\"manager\": {\"extension\": \"103\"}}"));

        // Then
        assertEquals("found", outcome.exit());
        assertEquals(Map.of("owner", "103"), outcome.values());
        var asked = crm.seen().getFirst();
        assertTrue(asked.line().startsWith("GET /owner?phone=%2B79160000001 "), asked.line());
        assertEquals(Asker.SECRET, asked.headers().get("x-key"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | {\"manager\": {\"extension\": \"104\"}} | not-found",
                "200 | {\"manager\": {\"extension\": \"999\"}} | not-found",
                "200 | {} | not-found",
                "404 | {} | not-found",
                "500 | {} | failed",
                "200 | {\"manager\": {\"extension\": 103 | failed",
            })
    void whoCannotBeLedToIsNotFound(int status, String body, String exit)
            throws InterruptedException {
        assertEquals(exit, outcome(NUMBER, ClinicServer.status(status, body)).exit());
    }

    @Test
    void whoHidesHisNumberIsNotAskedFor() throws InterruptedException {
        // When
        var outcome = outcome("", ClinicServer.json("{}"));

        // Then
        assertEquals("not-found", outcome.exit());
        assertEquals(List.of(), crm.seen());
    }
}
