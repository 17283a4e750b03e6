// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.outside.mailbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Durations;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.panacall.defaults.Peers;
import org.panacall.defaults.ServiceToken;
import org.panacall.ivr.clinic.ExampleClinic;
import org.panacall.ivr.core.IvrCommand;
import org.panacall.ivr.core.IvrCommand.NoteOutcome;
import org.panacall.ivr.core.IvrEffect;
import org.panacall.ivr.core.id.StepId;
import org.panacall.ivr.core.mailbox.ChangeMessage;
import org.panacall.ivr.core.mailbox.Listener;
import org.panacall.ivr.core.mailbox.OpenMailbox;
import org.panacall.ivr.core.outside.Errand;
import org.panacall.ivr.core.outside.Outcome;
import org.panacall.ivr.core.outside.Question;
import org.panacall.ivr.directory.CatalogReader;
import org.panacall.ivr.outside.Outside;
import org.panacall.ivr.outside.OutsideSettings;
import org.panacall.proto.directory.v1.Configuration;
import org.panacall.proto.directory.v1.Device;
import org.panacall.proto.directory.v1.DeviceKind;
import org.panacall.proto.directory.v1.Person;
import org.panacall.proto.directory.v1.Queue;
import org.panacall.proto.directory.v1.QueueMember;
import org.panacall.proto.recordings.v1.ChangeRecordingRequest;
import org.panacall.proto.recordings.v1.ChangeRecordingResponse;
import org.panacall.proto.recordings.v1.ListRecordingsRequest;
import org.panacall.proto.recordings.v1.ListRecordingsResponse;
import org.panacall.proto.recordings.v1.Recording;
import org.panacall.proto.recordings.v1.RecordingState;
import org.panacall.proto.recordings.v1.RecordingUnknown;
import org.panacall.proto.recordings.v1.RecordingsServiceGrpc;

/** Mailboxes by gRPC on a real port. */
class MailboxesTest {

    private static final String NUMBER = "+79161234567";
    private static final Listener ANNA = new Listener("agent_301", "301");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final LinkedBlockingQueue<IvrCommand> told = new LinkedBlockingQueue<>();
    private final List<ListRecordingsRequest> listed = new CopyOnWriteArrayList<>();
    private final List<ChangeRecordingRequest> changed = new CopyOnWriteArrayList<>();
    private Server server;
    private Peers peers;

    /** Has two messages, the newest first, as the real one tells them. */
    private final class Recordings extends RecordingsServiceGrpc.RecordingsServiceImplBase {
        @Override
        public void listRecordings(
                ListRecordingsRequest request, StreamObserver<ListRecordingsResponse> caller) {
            listed.add(request);
            if (request.getMailboxesList().contains("302")) {
                caller.onError(Status.INTERNAL.asRuntimeException());
                return;
            }
            caller.onNext(
                    ListRecordingsResponse.newBuilder()
                            .addRecordings(recording("recording_2", 200, ""))
                            .addRecordings(recording("recording_1", 100, NUMBER))
                            .build());
            caller.onCompleted();
        }

        private static Recording recording(String id, long at, String number) {
            return Recording.newBuilder()
                    .setRecordingId(id)
                    .setCallerNumber(number)
                    .setStartedAt(Timestamp.newBuilder().setSeconds(at))
                    .setLength(Durations.fromSeconds(9))
                    .build();
        }

        @Override
        public void changeRecording(
                ChangeRecordingRequest request, StreamObserver<ChangeRecordingResponse> caller) {
            changed.add(request);
            var answer = ChangeRecordingResponse.newBuilder();
            if (request.getRecordingId().equals("gone")) {
                answer.setRecordingUnknown(RecordingUnknown.getDefaultInstance());
            } else {
                answer.setRecording(Recording.getDefaultInstance());
            }
            caller.onNext(answer.build());
            caller.onCompleted();
        }
    }

    @BeforeEach
    void listen() throws IOException {
        server =
                NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
                        .addService(new Recordings())
                        .build()
                        .start();
        peers = new Peers(new ServiceToken("test-service-token"), Duration.ofSeconds(10), 8);
    }

    @AfterEach
    void close() {
        server.shutdownNow();
    }

    private static Configuration clinic() {
        var tenant =
                ExampleClinic.tenant().toBuilder()
                        .addPeople(person("301", "agent"))
                        .addPeople(person("302", "agent"))
                        .addPeople(person("303", "supervisor"))
                        .addQueues(queue("surgery").addAgentExtensions("301"))
                        .addQueues(
                                queue("dentists")
                                        .addAgentExtensions("301")
                                        .addMembers(QueueMember.newBuilder().setExtension("302")))
                        .addQueues(
                                queue("night")
                                        .addMembers(QueueMember.newBuilder().setExtension("301")));
        return Configuration.newBuilder().addTenants(tenant).build();
    }

    private static Queue.Builder queue(String id) {
        return Queue.newBuilder().setQueueId(id);
    }

    private static Person.Builder person(String extension, String role) {
        return Person.newBuilder()
                .setPersonId("agent_" + extension)
                .setExtension(extension)
                .addRoles(role)
                .addDevices(device(DeviceKind.DEVICE_KIND_BROWSER, extension + "-web"))
                .addDevices(device(DeviceKind.DEVICE_KIND_MOBILE, "+7916000" + extension));
    }

    private static Device device(DeviceKind kind, String address) {
        return Device.newBuilder().setKind(kind).setAddress(address).build();
    }

    private Outcome outcome(String caller, Errand errand, String... addresses) throws Exception {
        var catalog = Optional.of(CatalogReader.read(clinic()));
        var outside =
                new Mailboxes(peers, List.of(addresses), () -> catalog)
                        .into(new Outside(OutsideSettings.of(Map.of()), registry));
        var question =
                new Question(
                        new StepId("messages"),
                        errand,
                        Collections.emptySortedMap(),
                        "key",
                        Duration.ofSeconds(20));
        outside.ask(new IvrEffect.Ask(ExampleClinic.caller(caller, "800"), 1, question), told::add);
        return ((NoteOutcome) told.poll(30, TimeUnit.SECONDS)).outcome();
    }

    private String address() {
        return "127.0.0.1:" + server.getPort();
    }

    @ParameterizedTest
    @CsvSource({"301, +7916*****67", "301-web, +7916*****67", "303, +79161234567"})
    void whoRingsFromHisPhoneHasHisMessages(String phone, String shown) throws Exception {
        // When
        var outcome = outcome(phone, new OpenMailbox(), address());

        // Then
        assertEquals("done", outcome.exit());
        var messages = outcome.mailbox().messages();
        assertEquals("recording_1", messages.getFirst().recording());
        assertEquals(shown, messages.getFirst().number());
        assertEquals("", messages.getLast().number());
        assertEquals(RecordingState.RECORDING_STATE_NEW, listed.getFirst().getState());
        assertEquals("clinic", listed.getFirst().getTenantId());
    }

    @Test
    void hisMailboxesAreHisOwnAndThoseOfHisQueues() throws Exception {
        // When
        var outcome = outcome("301", new OpenMailbox(), address());

        // Then
        assertEquals(ANNA, outcome.mailbox().listener());
        assertEquals(List.of("301", "surgery", "night"), listed.getFirst().getMailboxesList());
        outcome("303", new OpenMailbox(), address());
        assertEquals(List.of("303"), listed.getLast().getMailboxesList());
    }

    @ParameterizedTest
    @CsvSource({"+79161234567", "''", "399", "+7916000301"})
    void whoeverElseRingsHasNone(String number) throws Exception {
        assertEquals("unknown", outcome(number, new OpenMailbox(), address()).exit());
        assertTrue(listed.isEmpty());
    }

    @Test
    void theNextInstanceIsAskedWhenOneIsAway() throws Exception {
        assertEquals("done", outcome("301", new OpenMailbox(), "127.0.0.1:1", address()).exit());
        assertEquals("failed", outcome("301", new OpenMailbox(), "127.0.0.1:1").exit());
        assertEquals("failed", outcome("302", new OpenMailbox(), address()).exit());
    }

    @ParameterizedTest
    @CsvSource({
        "HEARD, RECORDING_STATE_HEARD",
        "DELETED, RECORDING_STATE_DELETED",
        "RESTORED, RECORDING_STATE_HEARD"
    })
    void changesAreInTheListenersName(ChangeMessage.Change change, RecordingState state)
            throws Exception {
        // When
        var outcome = outcome("301", new ChangeMessage(ANNA, "recording_1", change), address());

        // Then
        assertEquals("done", outcome.exit());
        var request = changed.getFirst();
        assertEquals(state, request.getState());
        assertEquals("agent_301", request.getActor().getId());
        assertEquals("301", request.getActor().getExtension());
        var gone = new ChangeMessage(ANNA, "gone", change);
        assertEquals("failed", outcome("301", gone, address()).exit());
    }
}
