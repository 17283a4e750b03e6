// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Flows that are run on calls in progress. */
@QuarkusTest
@QuarkusTestResource(Platform.class)
class CallFlowsTest {

    private static final String PAYMENT = "{\"flowId\":\"payment\",\"variables\":{\"sum\":1500}}";

    @BeforeEach
    void awaitConfiguration() {
        Rest.awaitConfiguration();
        Platform.SIP_INGRESS.flows.clear();
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
