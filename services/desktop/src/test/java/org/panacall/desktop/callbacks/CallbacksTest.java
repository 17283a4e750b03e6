// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.callbacks;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.panacall.desktop.Platform;
import org.panacall.desktop.Rest;

@QuarkusTest
@QuarkusTestResource(Platform.class)
class CallbacksTest {

    private static final String TOKEN = "demo-token";

    @BeforeEach
    void awaitConfiguration() {
        Rest.awaitConfiguration();
        Platform.CALLBACKS.asked.clear();
    }

    private static ValidatableResponse ask(String json) {
        return Rest.as(TOKEN)
                .contentType(ContentType.JSON)
                .body(json)
                .post("/api/v1/callbacks")
                .then();
    }

    @Test
    void openCallbacksComeInPagesAndAgentsSeeMaskedNumbers() {
        Rest.as(TOKEN)
                .get("/api/v1/callbacks?limit=1")
                .then()
                .statusCode(200)
                .body("items.id", contains("callback_1"))
                .body("items[0].number", equalTo("+74951234500"))
                .body("items[0].state", equalTo("in-line"))
                .body("nextCursor", equalTo("callback_1"));
        Rest.as(Rest.session("104"))
                .get("/api/v1/callbacks?cursor=callback_1")
                .then()
                .statusCode(200)
                .body("items.id", contains("callback_2"))
                .body("items[0].number", equalTo("+7495*****00"))
                .body("items[0].agentId", equalTo("agent_103"))
                .body("nextCursor", nullValue());
    }

    @Test
    void aSystemAsksForACallbackAndTheSameKeyForTheSameOne() {
        // Given
        var json = "{\"queue\":\"registry\",\"number\":\"8 495 123-45-00\",\"language\":\"uk\"}";
        var keyed = Rest.as(TOKEN).contentType(ContentType.JSON).header("Idempotency-Key", "w1");

        // When
        var first = keyed.body(json).post("/api/v1/callbacks").then().statusCode(201);
        keyed.body(json).post("/api/v1/callbacks").then().statusCode(201);

        // Then
        first.body("id", startsWith("callback_"))
                .body("number", equalTo("+74951234500"))
                .header("Location", containsString("/api/v1/callbacks/callback_"));
        var one = Platform.CALLBACKS.asked.remove();
        assertEquals(one, Platform.CALLBACKS.asked.remove());
        assertEquals("uk", one.getAttributesOrThrow("language"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"number\":\"+74951234500\"}                          | queue",
                "{\"queue\":\"a b\",\"number\":\"+74951234500\"}        | queue",
                "{\"queue\":\"nowhere\",\"number\":\"+74951234500\"}    | queue",
                "{\"queue\":\"registry\"}                               | number",
                "{\"queue\":\"registry\",\"number\":\"103\"}            | number",
                "{\"queue\":\"registry\",\"number\":\"+74951234500\",\"language\":\"?\"} | language"
            })
    void whatIsWrongIsNamed(String json, String field) {
        ask(json).statusCode(400).body("errors[0].field", equalTo(field));
    }

    @Test
    void aFullQueueSaysSo() {
        ask("{\"queue\":\"paid\",\"number\":\"+74951234500\"}")
                .statusCode(409)
                .body("type", equalTo("urn:panacall:problem:callbacks-full"));
    }

    @Test
    void aCallbackIsTakenBackUnlessItIsUnderWay() {
        Rest.as(TOKEN).delete("/api/v1/callbacks/callback_1").then().statusCode(204);
        Rest.as(TOKEN)
                .delete("/api/v1/callbacks/callback_2")
                .then()
                .statusCode(409)
                .body("type", equalTo("urn:panacall:problem:callback-under-way"));
        Rest.as(TOKEN).delete("/api/v1/callbacks/callback_3").then().statusCode(404);
        Rest.as(TOKEN).delete("/api/v1/callbacks/call_1").then().statusCode(404);
    }

    @Test
    void agentsNeitherAskNorTakeBack() {
        var agent = Rest.session("104");
        Rest.as(agent).delete("/api/v1/callbacks/callback_1").then().statusCode(403);
        Rest.as(agent)
                .contentType(ContentType.JSON)
                .body("{\"queue\":\"registry\",\"number\":\"+74951234500\"}")
                .post("/api/v1/callbacks")
                .then()
                .statusCode(403);
    }
}
