// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(Platform.class)
class CallsTest {

    private static final String PAYMENT = "{\"flowId\":\"payment\",\"variables\":{\"sum\":1500}}";

    @BeforeEach
    void awaitConfiguration() {
        Rest.awaitConfiguration();
        Platform.SIP_INGRESS.flows.clear();
    }

    @Test
    void aSupervisorSeesAllCallsAndNumbers() {
        Rest.as(Rest.session("201"))
                .get("/api/v1/calls")
                .then()
                .statusCode(200)
                .body("items.id", contains("call_a", "call_b"))
                .body("items[0].from", equalTo("+74951234500"))
                .body("items[0].direction", equalTo("inbound"))
                .body("items[0].controller", equalTo("ivr"))
                .body("items[0].startedAt", equalTo("1970-01-01T00:00:01Z"))
                .body("items[1].legs[1].state", equalTo("ringing"))
                .body("nextCursor", nullValue());
    }

    @Test
    void anAgentSeesOwnCallsWithMaskedNumbers() {
        // Given
        var agent = Rest.session("104");

        // When
        var calls = Rest.as(agent).get("/api/v1/calls").then().statusCode(200);

        // Then
        calls.body("items.id", contains("call_b"))
                .body("items[0].from", equalTo("+7495*****00"))
                .body("items[0].legs[0].party", equalTo("+7495*****00"))
                .body("items[0].legs[1].party", equalTo("104"));
        Rest.as(agent).get("/api/v1/calls/call_a").then().statusCode(404);
    }

    @Test
    void callsComeInPages() {
        // Given
        var first = Rest.as("demo-token").get("/api/v1/calls?limit=1").then();

        // When
        var cursor = first.extract().jsonPath().getString("nextCursor");

        // Then
        first.body("items.id", contains("call_a"));
        Rest.as("demo-token")
                .queryParam("cursor", cursor)
                .get("/api/v1/calls")
                .then()
                .body("items.id", contains("call_b"))
                .body("nextCursor", nullValue());
        Rest.as("demo-token").get("/api/v1/calls?limit=0").then().statusCode(400);
    }

    @Test
    void aCallThatIsOverIsFoundWithItsRecord() {
        Rest.as("demo-token")
                .get("/api/v1/calls/call_over")
                .then()
                .statusCode(200)
                .body("state", equalTo("ended"))
                .body("record.queue", equalTo("registry"));
        Rest.as("demo-token")
                .get("/api/v1/calls/call_none")
                .then()
                .statusCode(404)
                .body("type", equalTo("urn:panacall:problem:not-found"));
    }

    @Test
    void clickToCallRingsTheAgentFirst() throws Exception {
        // When
        var answer =
                Rest.as("demo-token")
                        .contentType(ContentType.JSON)
                        .body("{\"extension\":\"103\",\"number\":\"8 (495) 123-45-67\"}")
                        .post("/api/v1/calls")
                        .then()
                        .statusCode(201)
                        .body("number", equalTo("+74951234567"));

        // Then
        var placed = Platform.ACD.placed.take();
        answer.body("id", equalTo(placed.getCallId()))
                .header("Location", containsString("/api/v1/calls/" + placed.getCallId()));
        assertEquals("103", placed.getExtension());
        assertEquals("+74951234567", placed.getNumber());
        assertEquals(Platform.SIP_INGRESS.address, placed.getSipIngress());
    }

    @Test
    void theSameKeyPlacesTheSameCall() throws Exception {
        // Given
        var body = "{\"agent\":\"agent_103\",\"number\":\"+74951234567\"}";

        // When
        var first = place("one", body).statusCode(201).extract().jsonPath().getString("id");
        var again = place("one", body).statusCode(201).extract().jsonPath().getString("id");
        var other = place("two", body).statusCode(201).extract().jsonPath().getString("id");

        // Then
        assertEquals(first, again);
        assertTrue(!first.equals(other));
        place("one", "{\"extension\":\"103\",\"number\":\"104\"}")
                .statusCode(422)
                .body("type", equalTo("urn:panacall:problem:key-reused"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "demo-token|{\"extension\":\"104\",\"number\":\"+74951234567\"}|409|agent-not",
                "demo-token|{\"extension\":\"999\",\"number\":\"+74951234567\"}|400|invalid",
                "demo-token|{\"extension\":\"103\",\"number\":\"hello\"}|400|invalid-request",
                "demo-token|{\"extension\":\"103\"}|400|invalid-request",
                "demo-token|{\"number\":\"+74951234567\"}|400|invalid-request",
                "103|{\"extension\":\"104\",\"number\":\"+74951234567\"}|403|not-allowed"
            })
    void aCallThatCannotBePlacedIsAProblem(String who, String body, int status, String type) {
        Rest.as(who.equals("103") ? Rest.session("103") : who)
                .contentType(ContentType.JSON)
                .body(body)
                .post("/api/v1/calls")
                .then()
                .statusCode(status)
                .body("type", startsWith("urn:panacall:problem:" + type));
    }

    @Test
    void aCallIsHungUpByThoseWhoSeeIt() throws Exception {
        // When
        Rest.as(Rest.session("104")).post("/api/v1/calls/call_b/hangup").then().statusCode(204);

        // Then
        var request = Platform.SIP_INGRESS.hungUp.take();
        assertEquals("call_b", request.getCallId());
        assertTrue(request.getByOperator());
        assertTrue(request.getEffect().getController().getKindValue() > 0);
        assertEquals("operator-hung-up", request.getEndReason().getReason());
        Rest.as(Rest.session("103")).post("/api/v1/calls/call_b/hangup").then().statusCode(404);
    }

    private static ValidatableResponse place(String key, String body) {
        return Rest.as("demo-token")
                .contentType(ContentType.JSON)
                .header("Idempotency-Key", key)
                .body(body)
                .post("/api/v1/calls")
                .then();
    }

    private static ValidatableResponse run(String token, String call, String key, String body) {
        return Rest.as(token)
                .contentType(ContentType.JSON)
                .header("Idempotency-Key", key)
                .body(body)
                .post("/api/v1/calls/" + call + "/flow")
                .then();
    }

    @Test
    void theAgentOfACallHasAFlowRunForHisCaller() throws Exception {
        // When
        run(Rest.session("104"), "call_b", "first", PAYMENT)
                .statusCode(202)
                .body("call", equalTo("call_b"))
                .body("flowId", equalTo("payment"));

        // Then
        var request = Platform.SIP_INGRESS.flows.take();
        assertEquals("call_b", request.getCallId());
        assertEquals("payment", request.getFlowId());
        assertEquals(Map.of("sum", "1500"), request.getVariablesMap());
    }

    @Test
    void theSameKeyAsksForTheSameEffect() throws Exception {
        // When
        run("demo-token", "call_b", "again", PAYMENT).statusCode(202);
        run("demo-token", "call_b", "again", PAYMENT).statusCode(202);
        run("demo-token", "call_b", "another", PAYMENT).statusCode(202);

        // Then
        var first = Platform.SIP_INGRESS.flows.take().getEffect();
        assertEquals(first, Platform.SIP_INGRESS.flows.take().getEffect());
        assertNotEquals(first, Platform.SIP_INGRESS.flows.take().getEffect());
        run("demo-token", "call_b", "again", "{\"flowId\":\"main\"}")
                .statusCode(422)
                .body("type", equalTo("urn:panacall:problem:key-reused"));
    }

    @Test
    void aCallerWhoTalksWithNobodyStaysWhereHeIs() {
        run("demo-token", "call_a", "menu", PAYMENT)
                .statusCode(409)
                .body("type", equalTo("urn:panacall:problem:call-not-changed"))
                .body("detail", containsString("talks with no agent"));
    }

    @Test
    void someoneElsesCallIsNotThere() {
        run(Rest.session("103"), "call_b", "other", PAYMENT)
                .statusCode(404)
                .body("type", equalTo("urn:panacall:problem:not-found"));
        run("demo-token", "call_none", "none", PAYMENT).statusCode(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|flowId",
                "{\"flowId\":\"none\"}|flowId",
                "{\"flowId\":\"part\"}|flowId",
                "{\"flowId\":\"payment\",\"variables\":{\"sum\":\"much\"}}|variables.sum",
                "{\"flowId\":\"payment\",\"variables\":{\"other\":\"x\"}}|variables.other"
            })
    void aFlowThatCannotBeRunIsAMistake(String body, String field) {
        run("demo-token", "call_b", "mistake " + body.hashCode(), body)
                .statusCode(400)
                .body("type", equalTo("urn:panacall:problem:invalid-request"))
                .body("errors[0].field", equalTo(field));
        assertEquals(0, Platform.SIP_INGRESS.flows.size());
    }
}
