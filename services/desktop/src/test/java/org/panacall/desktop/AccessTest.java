// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(Platform.class)
class AccessTest {

    @BeforeEach
    void awaitConfiguration() {
        Rest.awaitConfiguration();
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
    void aBrowserBesideAPhoneRegistersAsTheUserThatHisDevicesName() {
        given().contentType(ContentType.JSON)
                .body("{\"userName\":\"106\",\"password\":\"demo-106\"}")
                .post("/api/v1/sessions")
                .then()
                .statusCode(201)
                .body("person.extension", equalTo("106"))
                .body("phone.uri", equalTo("sip:106w@panacall.test"))
                .body("phone.userName", endsWith(":106w"));
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
        Rest.as("other-token").get(path).then().statusCode(401);
        Rest.as("a.b.c").get(path).then().statusCode(401);
    }

    @Test
    void aChangedSessionTokenIsRefused() {
        // Given
        var token = Rest.session("103");
        var changed = token.substring(0, token.length() - 4) + "AAAA";

        // When
        var answer = Rest.as(changed).get("/api/v1/session");

        // Then
        assertEquals(401, answer.statusCode());
    }
}
