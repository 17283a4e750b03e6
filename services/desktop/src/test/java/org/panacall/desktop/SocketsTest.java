// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.util.Timestamps;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.Nats;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.vertx.core.Vertx;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.panacall.proto.acd.v1.AcdEvent;
import org.panacall.proto.acd.v1.AgentChanged;
import org.panacall.proto.acd.v1.AgentState;
import org.panacall.proto.event.v1.Event;
import org.panacall.proto.event.v1.EventBatch;
import org.panacall.proto.sipingress.v1.CallStarted;
import org.panacall.proto.sipingress.v1.LegStarted;
import org.panacall.proto.sipingress.v1.SipIngressEvent;
import org.panacall.simkit.Eventually;

@QuarkusTest
@QuarkusTestResource(Platform.class)
class SocketsTest {

    private static final String EVENTS = "/api/v1/events";

    /** A client and what it has heard. */
    private record Client(
            WebSocket socket, BlockingQueue<JsonPath> heard, CompletableFuture<Short> closed) {

        JsonPath next() throws InterruptedException {
            return heard.poll(10, TimeUnit.SECONDS);
        }
    }

    @TestHTTPResource URI address;

    @ConfigProperty(name = "panacall.nats.url")
    String nats;

    private Vertx vertx;
    private WebSocketClient client;
    private Connection connection;

    @BeforeEach
    void connect() throws Exception {
        vertx = Vertx.vertx();
        client = vertx.createWebSocketClient();
        connection = Nats.connect(nats);
        Rest.awaitConfiguration();
        for (var stream : List.of("PANACALL_SIP_INGRESS", "PANACALL_ACD")) {
            Eventually.isTrue("the desktop reads " + stream, () -> isRead(stream));
        }
    }

    /** What is published before is heard by nobody. */
    private boolean isRead(String stream) throws IOException {
        try {
            return !connection.jetStreamManagement().getConsumerNames(stream).isEmpty();
        } catch (JetStreamApiException notYet) {
            return false;
        }
    }

    @AfterEach
    void disconnect() throws Exception {
        connection.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void aSupervisorHearsOfCallsWithWholeNumbers() throws Exception {
        // Given
        var supervisor = signedIn("demo-token");

        // When
        publish("sip-ingress", callStarted("call_x"));

        // Then
        var event = supervisor.next();
        assertEquals("call.started", event.getString("type"));
        assertEquals("call_x", event.getString("call"));
        assertEquals("+74951234500", event.getString("from"));
        assertEquals("2026-01-05T12:00:00Z", event.getString("at"));
    }

    @Test
    void anAgentHearsOfOwnCallsOnlyAndNumbersAreMasked() throws Exception {
        // Given
        var agent = signedIn(Rest.session("103"));

        // When
        publish(
                "sip-ingress",
                callStarted("call_foreign"),
                legStarted("call_own", "agent_103"),
                callStarted("call_own"));

        // Then
        assertEquals("leg.started", agent.next().getString("type"));
        var event = agent.next();
        assertEquals("call_own", event.getString("call"));
        assertEquals("+7495*****00", event.getString("from"));
    }

    @Test
    void anAgentHearsHowColleaguesAreButNotWithWhom() throws Exception {
        // Given
        var agent = signedIn(Rest.session("103"));

        // When
        publish("acd", agentChanged());

        // Then
        var event = agent.next();
        assertEquals("agent.changed", event.getString("type"));
        assertEquals("on-call", event.getString("state"));
        assertNull(event.getString("call"));
    }

    @Test
    void anotherTenantsEventsAreNotHeard() throws Exception {
        // Given
        var supervisor = signedIn("demo-token");

        // When
        publish(
                "sip-ingress",
                callStarted("call_y").toBuilder().setTenantId("other").build(),
                callStarted("call_z"));

        // Then
        assertEquals("call_z", supervisor.next().getString("call"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"token\":\"wrong\"}", "{\"token\":\"a.b.c\"}"})
    void aWrongTokenClosesTheSocket(String message) throws Exception {
        // Given
        var stranger = open(options(EVENTS));

        // When
        stranger.socket.writeTextMessage(message);

        // Then
        assertEquals((short) 4401, stranger.closed.get(10, TimeUnit.SECONDS));
    }

    @Test
    void whoSignsInTwiceIsNotUnderstood() throws Exception {
        // Given
        var client = signedIn("demo-token");

        // When
        client.socket.writeTextMessage("{\"token\":\"demo-token\"}");

        // Then
        assertEquals((short) 4400, client.closed.get(10, TimeUnit.SECONDS));
    }

    @Test
    void whoDoesNotSignInIsClosed() throws Exception {
        // When
        var silent = open(options(EVENTS));

        // Then
        assertEquals((short) 4401, silent.closed.get(10, TimeUnit.SECONDS));
    }

    @Test
    void whoDoesNotReadIsClosedAndTheOthersHearOn() throws Exception {
        // Given
        var slow = signedIn("demo-token");
        var quick = signedIn("demo-token");
        slow.socket.pause();
        var longName = "x".repeat(30_000);

        // When
        var heard = 0;
        for (int i = 0; i < 2_000 && !slow.socket.isClosed(); i++) {
            publish("sip-ingress", callStarted(longName));
            assertEquals("call.started", quick.next().getString("type"));
            heard++;
            if (i % 50 == 0 && metric("too slow") > 0) {
                break;
            }
        }

        // Then
        assertTrue(metric("too slow") > 0, "nobody was closed after " + heard + " events");
        assertFalse(quick.socket.isClosed());
    }

    @ParameterizedTest
    @ValueSource(strings = {EVENTS, "/sip"})
    void aPageFromElsewhereMayNotConnect(String path) {
        // Given
        var options = options(path).addHeader("Origin", "https://elsewhere.test");

        // When
        var fault = assertThrows(CompletionException.class, () -> open(options));

        // Then
        assertEquals(403, ((UpgradeRejectedException) fault.getCause()).getStatus());
    }

    @Test
    void sipPassesThroughTheTunnelBothWays() throws Exception {
        // Given
        var origin = "http://" + address.getAuthority();
        var phone =
                open(options("/sip").addHeader("Origin", origin).setSubProtocols(List.of("sip")));
        var message = "REGISTER sip:panacall.test SIP/2.0\r\n\r\n";
        var answer = new CompletableFuture<String>();
        phone.socket.textMessageHandler(answer::complete);

        // When
        phone.socket.writeTextMessage(message);

        // Then
        assertEquals(message, answer.get(10, TimeUnit.SECONDS));
        assertEquals("sip", phone.socket.subProtocol());
    }

    @Test
    void theTunnelIsNoPage() {
        given().get("/sip").then().statusCode(426);
    }

    private Client signedIn(String token) throws InterruptedException {
        var client = open(options(EVENTS));
        client.socket.writeTextMessage("{\"token\":\"" + token + "\"}");
        assertEquals("signed-in", client.next().getString("type"));
        return client;
    }

    private Client open(WebSocketConnectOptions options) {
        var heard = new LinkedBlockingQueue<JsonPath>();
        var closed = new CompletableFuture<Short>();
        var socket = client.webSocket();
        socket.textMessageHandler(text -> heard.add(new JsonPath(text)));
        socket.closeHandler(gone -> closed.complete(socket.closeStatusCode()));
        var open = socket.connect(options).toCompletionStage().toCompletableFuture().join();
        return new Client(open, heard, closed);
    }

    private WebSocketConnectOptions options(String path) {
        return new WebSocketConnectOptions()
                .setHost(address.getHost())
                .setPort(address.getPort())
                .setURI(path);
    }

    private void publish(String service, Event... events) throws Exception {
        connection
                .jetStream()
                .publish(
                        "panacall.v1." + service + ".test",
                        EventBatch.newBuilder()
                                .addAllEvents(List.of(events))
                                .build()
                                .toByteArray());
    }

    private static Event callStarted(String call) {
        var started =
                CallStarted.newBuilder().setFromNumber("+74951234500").setToNumber("+7495000010");
        return event(call)
                .setSipIngress(SipIngressEvent.newBuilder().setCallStarted(started))
                .build();
    }

    private static Event legStarted(String call, String agent) {
        var leg = LegStarted.newBuilder().setLegId("leg_b").setAgentId(agent).setParty("103");
        return event(call).setSipIngress(SipIngressEvent.newBuilder().setLegStarted(leg)).build();
    }

    private static Event agentChanged() {
        var agent =
                AgentChanged.newBuilder()
                        .setState(AgentState.AGENT_STATE_ON_CALL)
                        .setCallId("call_b")
                        .setExtension("104");
        return event("agent_104").setAcd(AcdEvent.newBuilder().setAgentChanged(agent)).build();
    }

    private static Event.Builder event(String entity) {
        return Event.newBuilder()
                .setEventId("event_1")
                .setTenantId("demo")
                .setEntityId(entity)
                .setAt(Timestamps.fromMillis(1_767_614_400_000L));
    }

    private static double metric(String reason) {
        return given().get("/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith("panacall_desktop_event_readers_closed_total"))
                .filter(line -> line.contains(reason))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }
}
