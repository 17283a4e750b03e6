// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.Base64;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.panacall.proto.call.v1.Fault;

@QuarkusTest
@QuarkusTestResource(Platform.class)
class RestTest {

    @BeforeEach
    void awaitConfiguration() {
        var deadline = System.nanoTime() + 10_000_000_000L;
        while (given().get("/q/health/ready").statusCode() != 200) {
            assertTrue(System.nanoTime() < deadline, "no configuration came");
        }
        Platform.ACD.placed.clear();
        Platform.SIP_INGRESS.hungUp.clear();
        Platform.REPORTING.asked.clear();
    }

    @Test
    void anAgentSignsInAndGetsAPhoneForTheBrowser() throws Exception {
        // When
        var session =
                given().contentType(ContentType.JSON)
                        .body("{\"userName\":\"103\",\"password\":\"demo-103\"}")
                        .post("/api/v1/sessions")
                        .then()
                        .statusCode(201)
                        .body("person.id", equalTo("agent_103"))
                        .body("person.roles", contains("agent"))
                        .body("expiresAt", containsString("Z"))
                        .body("phone.uri", equalTo("sip:103@panacall.test"))
                        .extract()
                        .jsonPath();

        // Then
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Platform.WEBRTC_SECRET.getBytes(), "HmacSHA256"));
        var user = session.getString("phone.userName");
        assertTrue(user.matches("[0-9]{10}:103"), user);
        assertEquals(
                Base64.getEncoder().encodeToString(mac.doFinal(user.getBytes())),
                session.getString("phone.password"));
        given().auth()
                .oauth2(session.getString("token"))
                .get("/api/v1/session")
                .then()
                .statusCode(200)
                .body("extension", equalTo("103"))
                .body("tenantName", equalTo("Clinic"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"userName\":\"103\",\"password\":\"x\"}|401|wrong-credentials",
                "{\"userName\":\"102\",\"password\":\"x\"}|429|too-many-attempts",
                "{\"userName\":\"103\"}|400|invalid-request",
                "{\"userName\":\"103\",\"password\":\"x\",\"domain\":\"other.test\"}|400|invalid-r",
                "{\"user\":\"103\"}|400|invalid-request",
                "{\"userName\":|400|invalid-request",
                "[]|400|invalid-request"
            })
    void aFailedSignInIsAProblem(String body, int status, String type) {
        given().contentType(ContentType.JSON)
                .body(body)
                .post("/api/v1/sessions")
                .then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("type", startsWith("urn:panacall:problem:" + type))
                .body("status", equalTo(status))
                .body("title", notNullValue())
                .body("hint", notNullValue());
    }

    @Test
    void waitingIsSaidInTheHeaderToo() {
        given().contentType(ContentType.JSON)
                .body("{\"userName\":\"102\",\"password\":\"x\"}")
                .post("/api/v1/sessions")
                .then()
                .statusCode(429)
                .header("Retry-After", "42");
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/session",
        "/api/v1/calls",
        "/api/v1/calls/call_a",
        "/api/v1/agents",
        "/api/v1/queues",
        "/api/v1/flows",
        "/api/v1/reports/calls"
    })
    void withoutATokenNothingIsTold(String path) {
        given().get(path).then().statusCode(401).header("WWW-Authenticate", "Bearer");
        as("other-token").get(path).then().statusCode(401);
        as("a.b.c").get(path).then().statusCode(401);
    }

    @Test
    void aChangedSessionTokenIsRefused() {
        // Given
        var token = session("103");
        var changed = token.substring(0, token.length() - 4) + "AAAA";

        // When
        var answer = as(changed).get("/api/v1/session");

        // Then
        assertEquals(401, answer.statusCode());
    }

    @Test
    void aSupervisorSeesAllCallsAndNumbers() {
        as(session("201"))
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
        var agent = session("104");

        // When
        var calls = as(agent).get("/api/v1/calls").then().statusCode(200);

        // Then
        calls.body("items.id", contains("call_b"))
                .body("items[0].from", equalTo("+7495*****00"))
                .body("items[0].legs[0].party", equalTo("+7495*****00"))
                .body("items[0].legs[1].party", equalTo("104"));
        as(agent).get("/api/v1/calls/call_a").then().statusCode(404);
    }

    @Test
    void callsComeInPages() {
        // Given
        var first = as("demo-token").get("/api/v1/calls?limit=1").then();

        // When
        var cursor = first.extract().jsonPath().getString("nextCursor");

        // Then
        first.body("items.id", contains("call_a"));
        as("demo-token")
                .queryParam("cursor", cursor)
                .get("/api/v1/calls")
                .then()
                .body("items.id", contains("call_b"))
                .body("nextCursor", nullValue());
        as("demo-token").get("/api/v1/calls?limit=0").then().statusCode(400);
    }

    @Test
    void aCallThatIsOverIsFoundWithItsRecord() {
        as("demo-token")
                .get("/api/v1/calls/call_over")
                .then()
                .statusCode(200)
                .body("state", equalTo("ended"))
                .body("record.queue", equalTo("registry"));
        as("demo-token")
                .get("/api/v1/calls/call_none")
                .then()
                .statusCode(404)
                .body("type", equalTo("urn:panacall:problem:not-found"));
    }

    @Test
    void clickToCallRingsTheAgentFirst() throws Exception {
        // When
        var answer =
                as("demo-token")
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
        as(who.equals("103") ? session("103") : who)
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
        as(session("104")).post("/api/v1/calls/call_b/hangup").then().statusCode(204);

        // Then
        var request = Platform.SIP_INGRESS.hungUp.take();
        assertEquals("call_b", request.getCallId());
        assertTrue(request.getByOperator());
        assertTrue(request.getEffect().getController().getKindValue() > 0);
        assertEquals("operator-hung-up", request.getEndReason().getReason());
        as(session("103")).post("/api/v1/calls/call_b/hangup").then().statusCode(404);
    }

    @Test
    void agentsAreListedWithTheirStates() {
        as("demo-token")
                .get("/api/v1/agents")
                .then()
                .body("items.extension", contains("103", "104"))
                .body("items.state", contains("ready", "on-call"))
                .body("items[1].call", equalTo("call_b"))
                .body("items[0].queues", contains("registry"));
        as(session("103"))
                .get("/api/v1/agents/agent_104")
                .then()
                .body("state", equalTo("on-call"))
                .body("call", nullValue());
        as("demo-token").get("/api/v1/agents/555").then().statusCode(404);
    }

    @Test
    void agentsChangeThemselvesAndSupervisorsEverybody() {
        change(session("103"), "103", "{\"state\":\"not-ready\",\"reason\":\"lunch\"}")
                .statusCode(200)
                .body("state", equalTo("not-ready"))
                .body("reason", equalTo("lunch"));
        change(session("103"), "104", "{\"state\":\"ready\"}").statusCode(403);
        change(session("201"), "104", "{\"state\":\"ready\"}").statusCode(200);
        change(session("201"), "104", "{\"state\":\"away\"}")
                .statusCode(400)
                .body("errors.field", hasItem("state"));
    }

    @Test
    void queuesSayHowLongTheLongestWaits() {
        as("demo-token")
                .get("/api/v1/queues/registry")
                .then()
                .body("waiting", equalTo(2))
                .body("extension", equalTo("601"))
                .body("longestWait", equalTo("PT1M15S"));
        as("demo-token").get("/api/v1/queues").then().body("items.id", contains("registry"));
        as("demo-token").get("/api/v1/queues/none").then().statusCode(404);
    }

    @Test
    void flowsAreShownAsDrawn() {
        as("demo-token")
                .get("/api/v1/flows/main")
                .then()
                .body("entry", equalTo("menu"))
                .body("steps[0].kind", equalTo("menu"))
                .body("steps[0].exits.1", equalTo("registry"))
                .body("steps[0].menu.interKeyTimeout", equalTo("PT1.5S"));
        as("demo-token").get("/api/v1/flows").then().body("items.id", contains("main"));
    }

    @Test
    void reportsAreFilteredAndPaged() throws Exception {
        // When
        var page =
                as("demo-token")
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
        as(session("103"))
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
        as("demo-token")
                .get("/api/v1/reports/calls?" + query)
                .then()
                .statusCode(400)
                .body("errors.field", contains(field));
    }

    @Test
    void aForeignCursorIsAProblem() {
        as("demo-token")
                .get("/api/v1/reports/calls?cursor=foreign")
                .then()
                .statusCode(400)
                .body("detail", equalTo("cursor is not one of ours"));
    }

    @ParameterizedTest
    @CsvSource({"GET,/api/v1/nothing,404", "DELETE,/api/v1/calls,405"})
    void whatIsNotThereIsAProblemToo(String method, String path, int status) {
        as("demo-token")
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

    private static ValidatableResponse place(String key, String body) {
        return as("demo-token")
                .contentType(ContentType.JSON)
                .header("Idempotency-Key", key)
                .body(body)
                .post("/api/v1/calls")
                .then();
    }

    private static ValidatableResponse change(String token, String agent, String body) {
        return as(token)
                .contentType(ContentType.JSON)
                .body(body)
                .put("/api/v1/agents/" + agent + "/state")
                .then();
    }

    private static RequestSpecification as(String token) {
        return given().header("Authorization", "Bearer " + token);
    }

    private static String session(String extension) {
        return given().contentType(ContentType.JSON)
                .body(
                        "{\"userName\":\"%s\",\"password\":\"demo-%s\"}"
                                .formatted(extension, extension))
                .post("/api/v1/sessions")
                .then()
                .statusCode(201)
                .extract()
                .jsonPath()
                .getString("token");
    }
}
