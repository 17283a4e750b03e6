// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.outside.lookup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.panacall.defaults.Peers;
import org.panacall.defaults.ServiceToken;
import org.panacall.ivr.IvrConfig;
import org.panacall.ivr.clinic.ExampleClinic;
import org.panacall.ivr.core.IvrCommand;
import org.panacall.ivr.core.IvrCommand.NoteOutcome;
import org.panacall.ivr.core.IvrEffect;
import org.panacall.ivr.core.id.StepId;
import org.panacall.ivr.core.lookup.ContactLookup;
import org.panacall.ivr.core.lookup.ManagerLookup;
import org.panacall.ivr.core.outside.Errand;
import org.panacall.ivr.core.outside.Outcome;
import org.panacall.ivr.core.outside.Question;
import org.panacall.ivr.directory.CatalogReader;
import org.panacall.ivr.outside.Answer;
import org.panacall.ivr.outside.Outside;
import org.panacall.proto.directory.v1.Configuration;
import org.panacall.proto.directory.v1.Contact;
import org.panacall.proto.directory.v1.ContactTarget;
import org.panacall.proto.directory.v1.ContactsServiceGrpc;
import org.panacall.proto.directory.v1.FindContactsRequest;
import org.panacall.proto.directory.v1.FindContactsResponse;
import org.panacall.proto.reporting.v1.GetLastTalkRequest;
import org.panacall.proto.reporting.v1.GetLastTalkResponse;
import org.panacall.proto.reporting.v1.LastTalk;
import org.panacall.proto.reporting.v1.NobodyTalked;
import org.panacall.proto.reporting.v1.ReportingServiceGrpc;

/** Look-ups against listeners on a real port. */
class LookupsTest {

    private static final String KNOWN = "+74951234500";
    private static final String TALKED = "+74951234501";
    private static final String SLOW = "+74951234502";
    private static final String BROKEN = "+74951234503";
    private static final String NOWHERE = "127.0.0.1:1";

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final LinkedBlockingQueue<IvrCommand> told = new LinkedBlockingQueue<>();
    private Server server;
    private Peers peers;

    /** One contact whose manager is 103. */
    private static final class Directory extends ContactsServiceGrpc.ContactsServiceImplBase {
        @Override
        public void findContacts(
                FindContactsRequest request, StreamObserver<FindContactsResponse> caller) {
            var found = FindContactsResponse.newBuilder();
            switch (request.getNumber()) {
                case KNOWN ->
                        found.addContacts(
                                Contact.newBuilder()
                                        .setContactId("contact_1")
                                        .setCategory("vip")
                                        .setResponsible(
                                                ContactTarget.newBuilder().setExtension("103")));
                case SLOW -> {
                    return;
                }
                case BROKEN -> {
                    caller.onError(Status.UNAVAILABLE.asRuntimeException());
                    return;
                }
                default -> {}
            }
            caller.onNext(found.build());
            caller.onCompleted();
        }
    }

    /** 104 talked with one number, 103 as well before. */
    private static final class Reporting extends ReportingServiceGrpc.ReportingServiceImplBase {
        @Override
        public void getLastTalk(
                GetLastTalkRequest request, StreamObserver<GetLastTalkResponse> caller) {
            var answer = GetLastTalkResponse.newBuilder();
            if (List.of(TALKED, SLOW, BROKEN).contains(request.getNumber())) {
                var excluded = request.getExcludedExtensionsList().contains("104");
                answer.setTalk(LastTalk.newBuilder().setAgentExtension(excluded ? "103" : "104"));
            } else {
                answer.setNobodyTalked(NobodyTalked.getDefaultInstance());
            }
            caller.onNext(answer.build());
            caller.onCompleted();
        }
    }

    @BeforeEach
    void listen() throws IOException {
        server =
                NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
                        .addService(new Directory())
                        .addService(new Reporting())
                        .build()
                        .start();
        peers = new Peers(new ServiceToken("test-service-token"), Duration.ofSeconds(10), 8);
    }

    @AfterEach
    void close() {
        server.shutdownNow();
    }

    private String address() {
        return "127.0.0.1:" + server.getPort();
    }

    private Outcome outcome(String caller, Errand errand, List<String> reporting)
            throws InterruptedException {
        var configuration = Configuration.newBuilder().addTenants(ExampleClinic.tenant()).build();
        var catalog = Optional.of(CatalogReader.read(configuration));
        var outside =
                new Lookups(
                                new Contacts(() -> peers.channel(address())),
                                new LastTalks(peers, reporting),
                                (_, _, _) -> Answer.failed("nobody-there"),
                                () -> catalog,
                                Clock.systemUTC())
                        .into(new Outside(bounds(), registry));
        var question =
                new Question(
                        new StepId("ask"),
                        errand,
                        Collections.emptySortedMap(),
                        "key",
                        Duration.ofSeconds(2));
        outside.ask(
                new IvrEffect.Ask(ExampleClinic.caller(caller, ExampleClinic.NUMBER), 1, question),
                told::add);
        return ((NoteOutcome) told.poll(10, TimeUnit.SECONDS)).outcome();
    }

    /** As they are by default. */
    private static IvrConfig.OutsideConfig bounds() {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(IvrConfig.class)
                .build()
                .getConfigMapping(IvrConfig.class)
                .outside();
    }

    private static ContactLookup contact() {
        return new ContactLookup(new TreeMap<>(), false);
    }

    private static ManagerLookup manager(String... excluded) {
        return new ManagerLookup(
                List.of(ManagerLookup.Source.CONTACT, ManagerLookup.Source.LAST_TALK),
                List.of(excluded),
                "",
                "manager",
                new ManagerLookup.Reach("495", Duration.ofDays(90)));
    }

    @Test
    void aContactIsFoundByTheCallersNumber() throws InterruptedException {
        // When
        var outcome = outcome(KNOWN, contact(), List.of());

        // Then
        assertEquals("found", outcome.exit());
        assertEquals(
                Map.of(
                        "contact.found", "true",
                        "contact.id", "contact_1",
                        "contact.category", "vip",
                        "contact.responsible", "103"),
                outcome.values());
    }

    @ParameterizedTest
    @CsvSource({
        "+74950000000, not-found, ''",
        "'', not-found, ''",
        "103, not-found, ''",
        "+74951234503, failed, away",
        "+74951234502, failed, timeout"
    })
    void whoIsNotFoundAndWhyNot(String number, String exit, String reason)
            throws InterruptedException {
        assertEquals(exit, outcome(number, contact(), List.of()).exit());
        var failed = registry.find("ivr.outside.failed").tag("reason", reason).counter();
        assertEquals(reason.isEmpty(), failed == null);
    }

    @ParameterizedTest
    @CsvSource({
        "+74951234500, 103",
        "1234500, 103",
        "+74951234501, 104",
        "+74951234502, 104",
        "+74951234503, 104"
    })
    void theManagerIsFoundBySourceAfterSource(String number, String extension)
            throws InterruptedException {
        var outcome = outcome(number, manager(), List.of(NOWHERE, address()));
        assertEquals("found", outcome.exit());
        assertEquals(Map.of("manager", extension), outcome.values());
    }

    @Test
    void whoIsExcludedIsPassedOver() throws InterruptedException {
        assertEquals(
                Map.of("manager", "103"),
                outcome(TALKED, manager("104"), List.of(address())).values());
        assertEquals("not-found", outcome(KNOWN, manager("103"), List.of(address())).exit());
    }

    @Test
    void whenReportingIsAwayTheContactIsStillAsked() throws InterruptedException {
        assertEquals(
                Map.of("manager", "103"), outcome(KNOWN, manager(), List.of(NOWHERE)).values());
        assertEquals("not-found", outcome(TALKED, manager(), List.of(NOWHERE)).exit());
        assertEquals("failed", outcome(BROKEN, manager(), List.of(NOWHERE)).exit());
    }
}
