// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.recordings;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.panacall.desktop.Platform;
import org.panacall.desktop.Rest;

/** Who may listen to what: agents to the messages of their queues, supervisors to talks as well. */
@QuarkusTest
@QuarkusTestResource(Platform.class)
class RecordingsRestTest {

    private static final String TALK = "/api/v1/recordings/recording_talk";

    @BeforeEach
    void awaitConfiguration() {
        Rest.awaitConfiguration();
    }

    @Test
    void supervisorsFindTalksWithTheirAgents() {
        var supervisor = Rest.session("201");
        Rest.as(supervisor)
                .get("/api/v1/recordings?call=call_over")
                .then()
                .statusCode(200)
                .body("items.id", contains("recording_message", "recording_talk"));
        Rest.as(supervisor)
                .get("/api/v1/recordings?kind=call")
                .then()
                .body("items.id", contains("recording_talk"));
        Rest.as(supervisor)
                .get(TALK)
                .then()
                .statusCode(200)
                .body("kind", equalTo("call"))
                .body("agent", equalTo("103"))
                .body("channels", equalTo(2))
                .body("mailbox", equalTo("registry"))
                .body("call", equalTo("call_over"));
    }

    @Test
    void talksAreNotForAgentsNotEvenTheirOwn() {
        var agent = Rest.session("103");
        Rest.as(agent)
                .get("/api/v1/recordings")
                .then()
                .statusCode(200)
                .body("items.id", contains("recording_message"));
        Rest.as(agent).get("/api/v1/recordings?kind=call").then().statusCode(403);
        Rest.as(agent).get(TALK).then().statusCode(404);
        Rest.as(agent).get(TALK + "/audio").then().statusCode(404);
        Rest.as(agent).delete(TALK).then().statusCode(404);
        Rest.as(agent).get("/api/v1/recordings/recording_message").then().statusCode(200);
    }

    @Test
    void aCallRecordSaysWhatBecameOfTheWishToRecordItsTalk() {
        Rest.as("demo-token")
                .get("/api/v1/reports/calls")
                .then()
                .statusCode(200)
                .body("items[0].talkRecordings.outcome", contains("no-notice"))
                .body("items[0].talkRecordings.leg", contains("leg_b"));
    }
}
