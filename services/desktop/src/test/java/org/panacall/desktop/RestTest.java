// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.panacall.proto.call.v1.Fault;

@QuarkusTest
@QuarkusTestResource(Platform.class)
class RestTest {

    @BeforeEach
    void awaitConfiguration() {
        Rest.awaitConfiguration();
    }

    @Test
    void agentsAreListedWithTheirStates() {
        Rest.as("demo-token")
                .get("/api/v1/agents")
                .then()
                .body("items.extension", contains("103", "104", "105", "106"))
                .body("items.state", contains("ready", "on-call", "wrap-up", null))
                .body("items[1].call", equalTo("call_b"))
                .body("items[0].queues", contains("registry"));
        Rest.as(Rest.session("103"))
                .get("/api/v1/agents/agent_104")
                .then()
                .body("state", equalTo("on-call"))
                .body("call", nullValue());
        Rest.as("demo-token").get("/api/v1/agents/555").then().statusCode(404);
    }

    @Test
    void agentsChangeThemselvesAndSupervisorsEverybody() {
        change(Rest.session("103"), "103", "{\"state\":\"not-ready\",\"reason\":\"lunch\"}")
                .statusCode(200)
                .body("state", equalTo("not-ready"))
                .body("reason", equalTo("lunch"));
        change(Rest.session("103"), "104", "{\"state\":\"ready\"}").statusCode(403);
        change(Rest.session("201"), "104", "{\"state\":\"ready\"}").statusCode(200);
        change(Rest.session("201"), "104", "{\"state\":\"away\"}")
                .statusCode(400)
                .body("errors.field", hasItem("state"));
    }

    @Test
    void whoChangesAnotherForcesHim() {
        // Given
        Platform.ACD.said.clear();

        // When
        change(Rest.session("103"), "103", "{\"state\":\"signed-out\"}").statusCode(200);
        change(Rest.session("201"), "103", "{\"state\":\"signed-out\"}").statusCode(200);

        // Then
        var said = List.copyOf(Platform.ACD.said);
        assertEquals(List.of(true, true), said.stream().map(it -> it.getSignedOut()).toList());
        assertEquals("", said.getFirst().getForcedBy());
        assertNotEquals("", said.getLast().getForcedBy());
    }

    @Test
    void aReasonThatTheTenantDoesNotHaveIsAMistake() {
        change(Rest.session("103"), "103", "{\"state\":\"not-ready\",\"reason\":\"sleep\"}")
                .statusCode(400)
                .body("errors.field", hasItem("reason"));
    }

    @Test
    void queuesSayHowLongTheLongestWaits() {
        Rest.as("demo-token")
                .get("/api/v1/queues/registry")
                .then()
                .body("waiting", equalTo(2))
                .body("extension", equalTo("601"))
                .body("longestWait", equalTo("PT1M15S"));
        Rest.as("demo-token")
                .get("/api/v1/queues")
                .then()
                .body("items.id", contains("registry", "paid"))
                .body("items.waiting", contains(2, null));
        Rest.as("demo-token").get("/api/v1/queues/none").then().statusCode(404);
    }

    @Test
    void flowsAreShownAsDrawn() {
        Rest.as("demo-token")
                .get("/api/v1/flows/main")
                .then()
                .body("entry", equalTo("menu"))
                .body("steps[0].kind", equalTo("menu"))
                .body("steps[0].exits.1", equalTo("registry"))
                .body("steps[0].menu.interKeyTimeout", equalTo("PT1.5S"));
        Rest.as("demo-token").get("/api/v1/flows").then().body("items.id", hasItem("main"));
    }

    @Test
    void reportsAreFilteredAndPaged() throws Exception {
        // When
        var page =
                Rest.as("demo-token")
                        .queryParam("from", "2026-01-01T00:00:00+03:00")
                        .queryParam("agent", "103")
                        .queryParam("number", "4951")
                        .queryParam("fault", "none")
                        .queryParam("answered", "true")
                        .queryParam("limit", "10")
                        .get("/api/v1/reports/calls")
                        .then()
                        .statusCode(200);

        // Then
        var asked = Platform.REPORTING.asked.take();
        assertEquals("demo", asked.getTenantId());
        assertEquals("agent_103", asked.getAgentId());
        assertEquals("4951", asked.getNumberContains());
        assertEquals(Fault.FAULT_NONE, asked.getFault());
        assertEquals(10, asked.getPageSize());
        assertTrue(asked.getTalked());
        page.body("items[0].agent", equalTo("103"))
                .body("items[0].queue", equalTo("registry"))
                .body("items[0].from", equalTo("+74951234500"))
                .body("items[0].waitTime", equalTo("PT5S"))
                .body("items[0].talkTime", equalTo("PT10S"))
                .body("items[0].answered", equalTo(true))
                .body("items[0].endReason.reason", equalTo("caller-hung-up"))
                .body("items[0].endReason.fault", equalTo("none"))
                .body("nextCursor", equalTo("second"));
    }

    @Test
    void anAgentsReportIsHisOwn() throws Exception {
        // When
        Rest.as(Rest.session("103"))
                .get("/api/v1/reports/calls?agent=104")
                .then()
                .body("items[0].from", equalTo("+7495*****00"));

        // Then
        assertEquals("agent_103", Platform.REPORTING.asked.take().getAgentId());
    }

    @ParameterizedTest
    @CsvSource({
        "from=yesterday,from",
        "fault=mine,fault",
        "direction=up,direction",
        "limit=201,limit"
    })
    void aMistakenFilterIsNamed(String query, String field) {
        Rest.as("demo-token")
                .get("/api/v1/reports/calls?" + query)
                .then()
                .statusCode(400)
                .body("errors.field", contains(field));
    }

    @Test
    void aForeignCursorIsAProblem() {
        Rest.as("demo-token")
                .get("/api/v1/reports/calls?cursor=foreign")
                .then()
                .statusCode(400)
                .body("detail", equalTo("cursor is not one of ours"));
    }

    @ParameterizedTest
    @CsvSource({"GET,/api/v1/nothing,404", "DELETE,/api/v1/calls,405"})
    void whatIsNotThereIsAProblemToo(String method, String path, int status) {
        Rest.as("demo-token")
                .request(method, path)
                .then()
                .statusCode(status)
                .contentType("application/problem+json");
    }

    @Test
    void theInterfaceDescribesItself() {
        given().get("/api/openapi")
                .then()
                .statusCode(200)
                .body(containsString("/api/v1/calls/{id}/hangup"))
                .body(containsString("Idempotency-Key"));
    }

    @Test
    void theStatusPageLoadsNothingFromElsewhere() {
        given().get("/")
                .then()
                .statusCode(200)
                .header("Content-Security-Policy", containsString("default-src 'self'"))
                .body(containsString("<html"))
                .body(not(containsString("http://")))
                .body(not(containsString("https://")));
    }

    @Test
    void thePageSaysEverythingInEachLanguage() {
        // When
        var texts = given().get("/texts.js").then().statusCode(200).extract().asString();

        // Then
        var languages = texts.split("\n  \\},\n");
        assertEquals(4, languages.length);
        assertEquals(keys(languages[0]), keys(languages[1]));
        assertEquals(keys(languages[0]), keys(languages[2]));
    }

    private static Set<String> keys(String language) {
        return Pattern.compile("[{,\\s]\"?([a-zA-Z-]+)\"?: \"")
                .matcher(language)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static ValidatableResponse change(String token, String agent, String body) {
        return Rest.as(token)
                .contentType(ContentType.JSON)
                .body(body)
                .put("/api/v1/agents/" + agent + "/state")
                .then();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"userName\":\"a\\u0000\",\"password\":\"x\"}",
                "{\"userName\":\"a\",\"userName\":\"b\",\"password\":\"x\"}",
                "{\"userName\":\"a\",\"password\":\"x\",\"+79160000000\":1}"
            })
    void whatNoTextOfOursCanHoldIsRefusedAndNotRepeated(String body) {
        var answer =
                Rest.as("demo-token")
                        .contentType("application/json")
                        .body(body)
                        .post("/api/v1/sessions")
                        .then()
                        .statusCode(400)
                        .contentType("application/problem+json")
                        .extract()
                        .asString();
        assertFalse(answer.contains("79160000000"), answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/calls/a%00b", "/reports/calls?queue=%00", "/calls?cursor=a%00"})
    void noAddressHoldsANul(String path) {
        Rest.as("demo-token")
                .urlEncodingEnabled(false)
                .get("/api/v1" + path)
                .then()
                .statusCode(400)
                .contentType("application/problem+json");
    }
}
