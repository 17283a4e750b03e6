// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.numbers;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.panacall.desktop.Platform;
import org.panacall.desktop.Rest;

@QuarkusTest
@QuarkusTestResource(Platform.class)
class NumbersTest {

    private static final String NUMBERS = "/api/v1/numbers";
    private static final String ONE = NUMBERS + "/74950000777";
    private static final String TO_FLOW =
            "{\"flowId\":\"main\",\"source\":\"radio\",\"variables\":{\"emergency\":\"no\"}}";

    @BeforeEach
    void ready() {
        Rest.awaitConfiguration();
    }

    @AfterEach
    void forget() {
        Platform.NUMBERS.kept.clear();
    }

    private static RequestSpecification admin() {
        return Rest.as(Rest.session("admin")).contentType(ContentType.JSON);
    }

    @Test
    void aNumberIsMadeReadAndTakenAway() {
        // When
        admin().body(TO_FLOW)
                .put(ONE)
                .then()
                .statusCode(200)
                .body("number", equalTo("+74950000777"))
                .body("flowId", equalTo("main"))
                .body("variables.emergency", equalTo("no"));

        // Then: with and without its plus.
        Rest.as(Rest.session("103"))
                .get(ONE)
                .then()
                .statusCode(200)
                .body("source", equalTo("radio"));
        admin().get(NUMBERS + "/{number}", "+74950000777").then().statusCode(200);
        admin().get(NUMBERS)
                .then()
                .body("items.number", hasItem("+74950000777"))
                .body("nextCursor", nullValue());

        // When
        admin().delete(ONE).then().statusCode(204);

        // Then
        admin().get(ONE).then().statusCode(404);
        admin().delete(ONE).then().statusCode(404);
    }

    @Test
    void oneVariableIsSwitchedByOneRequest() {
        // Given
        var tag = admin().body(TO_FLOW).put(ONE).getHeader("ETag");

        // When
        admin().header("If-Match", tag)
                .body("{\"variables\":{\"emergency\":\"yes\"}}")
                .patch(ONE)
                .then()
                .statusCode(200)
                .body("variables.emergency", equalTo("yes"))
                .body("flowId", equalTo("main"))
                .body("source", equalTo("radio"));

        // Then: who saw the state before is told so.
        admin().header("If-Match", tag)
                .body("{\"variables\":{\"emergency\":\"no\"}}")
                .patch(ONE)
                .then()
                .statusCode(412);
        admin().body("{}").patch(ONE).then().statusCode(428);
    }

    @Test
    void anotherDestinationTakesThePlaceOfTheOneBefore() {
        // Given
        admin().body(TO_FLOW).put(ONE);

        // When
        admin().header("If-Match", "*")
                .body("{\"queueId\":\"paid\"}")
                .patch(ONE)
                .then()
                .statusCode(200);

        // Then
        var kept = Platform.NUMBERS.kept.get("+74950000777").getNumber();
        assertTrue(kept.hasQueueId());
        assertEquals("paid", kept.getQueueId());
        assertFalse(kept.hasFlowId());
    }

    @Test
    void mistakesAreNamed() {
        admin().body("{}")
                .put(ONE)
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("flowId"));
        admin().body("{\"flow\":\"main\"}")
                .put(ONE)
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("flow"));
        admin().body("{\"number\":\"+74950000778\",\"echo\":true}")
                .put(ONE)
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("number"));
        admin().get(NUMBERS + "/abc").then().statusCode(404);
        admin().get(NUMBERS + "?cursor=abc").then().statusCode(400);
    }

    @Test
    void numbersComeInPages() {
        // Given
        for (int i = 0; i < 3; i++) {
            admin().body("{\"echo\":true}").put(NUMBERS + "/7495000077" + i).then().statusCode(200);
        }

        // When
        var first = admin().get(NUMBERS + "?limit=2").then().body("items", hasSize(2)).extract();
        var cursor = first.path("nextCursor").toString();

        // Then
        admin().queryParam("cursor", cursor)
                .queryParam("limit", 2)
                .get(NUMBERS)
                .then()
                .body("items.number", hasItem("+74950000772"))
                .body("items", hasSize(1));
    }

    @Test
    void numbersAreChangedByAdministrators() {
        for (var who : new String[] {"103", "201"}) {
            var token = Rest.session(who);
            Rest.as(token)
                    .contentType(ContentType.JSON)
                    .body(TO_FLOW)
                    .put(ONE)
                    .then()
                    .statusCode(403);
            Rest.as(token).delete(ONE).then().statusCode(403);
        }
    }
}
