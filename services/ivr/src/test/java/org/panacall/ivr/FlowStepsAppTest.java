// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.InvalidProtocolBufferException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.panacall.defaults.GrpcServer;
import org.panacall.defaults.Peers;
import org.panacall.defaults.ServiceToken;
import org.panacall.engine.id.Ids;
import org.panacall.engine.nats.EventReader;
import org.panacall.engine.nats.NatsLink;
import org.panacall.engine.nats.ReaderSettings;
import org.panacall.engine.nats.StreamSettings;
import org.panacall.ivr.sipingress.FakeSipIngress;
import org.panacall.proto.event.v1.Event;
import org.panacall.proto.event.v1.EventBatch;
import org.panacall.proto.ivr.v1.IvrServiceGrpc;
import org.panacall.proto.ivr.v1.StartRunRequest;
import org.panacall.proto.notifications.v1.NotificationKind;
import org.panacall.proto.sipingress.v1.CallNotice;
import org.panacall.proto.sipingress.v1.HandOverRequest;
import org.panacall.proto.sipingress.v1.HangUpCallRequest;
import org.panacall.proto.sipingress.v1.KeyPressed;
import org.panacall.proto.sipingress.v1.PlayRequest;
import org.panacall.simkit.Eventually;
import org.panacall.simkit.NatsServer;

/** Steps that need the whole service: messages that are told by NATS, names that are spelled. */
@QuarkusTest
@WithTestResource(Neighbours.class)
class FlowStepsAppTest {

    private static final String NUMBER = "+79160000001";

    @Inject GrpcServer grpc;
    @TestHTTPResource URL url;
    FakeSipIngress sipIngress;
    NatsServer nats;

    private final String call = Ids.next("call");

    @Test
    void whatIsToBeSentIsToldOnceNatsIsThereAgain() throws Exception {
        // Given
        Eventually.isTrue("ivr is ready", this::isReady);
        nats.kill();

        // When
        start("sms");

        // Then
        var hangUp = sipIngress.next(HangUpCallRequest.class);
        assertEquals(call, hangUp.getCallId());

        // When
        nats.restart();

        // Then
        var told = told();
        var event = told.getFirst().event().getIvr().getNotificationRequested();
        assertEquals("notification_" + call + "_sms_1", event.getNotificationId());
        assertEquals(NotificationKind.NOTIFICATION_KIND_SMS, event.getKind());
        assertEquals(NUMBER, event.getTo());
        assertEquals("ru", event.getLanguage());
        assertEquals("Вы звонили на +74950000100", event.getText());
        var subject = told.getFirst().subject();
        assertTrue(subject.startsWith("panacall.v1.ivr."), subject);
        assertFalse(subject.contains(NUMBER.substring(1)), subject);
        assertEquals(1, told.size());
    }

    @Test
    void aCallerIsLedToWhomHeSpells() throws Exception {
        // Given
        Eventually.isTrue("ivr is ready", this::isReady);
        start("names");
        assertEquals("name", sipIngress.next(PlayRequest.class).getPrompts(0).getPromptId());

        // When
        press("2", "2", "6", "#");

        // Then
        var found = sipIngress.next(PlayRequest.class).getPrompts(0).getText();
        assertTrue(found.startsWith("Елена Васильева. "), found);

        // When
        press("1");

        // Then
        var handOver = sipIngress.next(HandOverRequest.class);
        assertEquals("104", handOver.getExtension().getExtension());
    }

    private void press(String... keys) {
        for (var key : keys) {
            var pressed = KeyPressed.newBuilder().setLegId("leg_caller").setKey(key);
            sipIngress.tell(call, CallNotice.newBuilder().setKeyPressed(pressed));
        }
    }

    private void start(String flow) {
        var token = new ServiceToken("test-service-token");
        var peers = new Peers(token, Duration.ofSeconds(10), 8);
        var channel = peers.channel("127.0.0.1:" + grpc.port());
        try {
            var request =
                    StartRunRequest.newBuilder()
                            .setCallId(call)
                            .setTenantId("demo")
                            .setFlowId(flow)
                            .setLegId("leg_caller")
                            .setCallerNumber(NUMBER)
                            .setDialledNumber("+74950000100")
                            .setSipIngress(sipIngress.address())
                            .setAnswered(true)
                            .build();
            assertTrue(IvrServiceGrpc.newBlockingStub(channel).startRun(request).hasStarted());
        } finally {
            channel.shutdownNow();
        }
    }

    private record Told(String subject, Event event) {}

    /** Notifications of this call, once its end is told too. */
    private List<Told> told() {
        var all = new CopyOnWriteArrayList<Told>();
        var registry = new SimpleMeterRegistry();
        var settings = ReaderSettings.durable(StreamSettings.of("ivr"), Ids.next("test"));
        try (var link = new NatsLink(nats.url(), "test", registry);
                var _ = new EventReader(link, settings, batch -> note(batch, all), registry)) {
            Eventually.isTrue(
                    "the run's end is told",
                    () -> all.stream().anyMatch(one -> one.event().getIvr().hasFlowFinished()));
        }
        return all.stream().filter(one -> one.event().getIvr().hasNotificationRequested()).toList();
    }

    private void note(List<EventReader.Received> batch, List<Told> all) {
        for (var message : batch) {
            try {
                EventBatch.parseFrom(message.payload()).getEventsList().stream()
                        .filter(event -> event.getEntityId().equals(call))
                        .forEach(event -> all.add(new Told(message.subject(), event)));
            } catch (InvalidProtocolBufferException torn) {
                throw new IllegalStateException(torn);
            }
        }
    }

    private boolean isReady() throws IOException, InterruptedException {
        var address = URI.create("http://127.0.0.1:" + url.getPort() + "/q/health/ready");
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(address).build();
            return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
        }
    }
}
