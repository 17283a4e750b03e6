// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketConnectOptions;
import java.net.URI;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.panacall.proto.acd.v1.AgentState;
import org.panacall.proto.acd.v1.FloorUpdate;
import org.panacall.proto.acd.v1.QueueStatus;
import org.panacall.simkit.Eventually;

/** How agents and queues stand, as a stream: all of it, then what changes. */
@QuarkusTest
@QuarkusTestResource(Platform.class)
class FloorSocketTest {

    @TestHTTPResource URI address;
    private Vertx vertx;

    @BeforeEach
    void connect() {
        vertx = Vertx.vertx();
        Rest.awaitConfiguration();
    }

    @AfterEach
    void disconnect() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        Eventually.isTrue("nobody listens", Platform.ACD.watching::isEmpty);
    }

    @Test
    void whoAsksForItIsToldAllAndThenWhatChanges() throws Exception {
        // Given
        var heard = listen("demo-token");
        var all = next(heard, "floor.all");
        assertEquals("ready", all.getString("agents[0].state"));
        assertEquals("wrap-up", all.getString("agents[1].state"));
        assertEquals("call_c", all.getString("agents[1].call"));
        assertEquals("supervisor_201", all.getString("agents[1].forcedBy"));
        assertEquals(2, all.getInt("queues[0].waiting"));
        var acd = acd();

        // When
        acd.onNext(
                FloorUpdate.newBuilder()
                        .addAgents(PlayedAcd.agent("103", AgentState.AGENT_STATE_OFFERED))
                        .addQueues(QueueStatus.newBuilder().setQueueId("registry").setWaiting(3))
                        .addGone("agent_105")
                        .build());

        // Then
        var changed = next(heard, "floor.changed");
        assertEquals(1, changed.getList("agents").size());
        assertEquals("agent_103", changed.getString("agents[0].id"));
        assertEquals("offered", changed.getString("agents[0].state"));
        assertEquals(3, changed.getInt("queues[0].waiting"));
        assertEquals("agent_105", changed.getString("gone[0]"));

        // When
        var later = next(listen("demo-token"), "floor.all");

        // Then
        assertEquals(1, later.getList("agents").size());
        assertEquals("offered", later.getString("agents[0].state"));
        assertEquals(1, Platform.ACD.watching.size(), "acd is asked once for all");
    }

    @Test
    void colleaguesCallsAreNotTold() throws Exception {
        // When
        var all = next(listen(Rest.session("103")), "floor.all");

        // Then
        assertEquals("wrap-up", all.getString("agents[1].state"));
        assertNull(all.getString("agents[1].call"));
        assertNull(all.getString("agents[1].forcedBy"));
    }

    @Test
    void whenAcdGoesAwayThatIsToldAndAllOfItAgainWhenItIsBack() throws Exception {
        // Given
        var heard = listen("demo-token");
        next(heard, "floor.all");

        // When
        Platform.ACD.watching.remove().onError(Status.UNAVAILABLE.asRuntimeException());

        // Then
        next(heard, "floor.away");
        next(heard, "floor.all");
    }

    private static StreamObserver<FloorUpdate> acd() {
        return Platform.ACD.watching.element();
    }

    private static JsonPath next(BlockingQueue<JsonPath> heard, String type)
            throws InterruptedException {
        var message = heard.poll(10, TimeUnit.SECONDS);
        assertNotNull(message, () -> "no " + type);
        assertEquals(type, message.getString("type"));
        return message;
    }

    private BlockingQueue<JsonPath> listen(String token) throws InterruptedException {
        var heard = new LinkedBlockingQueue<JsonPath>();
        WebSocket socket =
                vertx.createWebSocketClient()
                        .connect(
                                new WebSocketConnectOptions()
                                        .setHost(address.getHost())
                                        .setPort(address.getPort())
                                        .setURI("/api/v1/events"))
                        .toCompletionStage()
                        .toCompletableFuture()
                        .join();
        socket.textMessageHandler(text -> heard.add(new JsonPath(text)));
        socket.writeTextMessage("{\"token\":\"" + token + "\",\"floor\":true}");
        next(heard, "signed-in");
        return heard;
    }
}
