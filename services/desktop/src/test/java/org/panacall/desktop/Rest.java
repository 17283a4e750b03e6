// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;

/** Asks the desktop as somebody. */
public final class Rest {

    private static final long START_NANOS_MAX = 10_000_000_000L;

    private Rest() {}

    /** Waits until the desktop knows the tenants, and forgets what the services were asked. */
    public static void awaitConfiguration() {
        var deadline = System.nanoTime() + START_NANOS_MAX;
        while (given().get("/q/health/ready").statusCode() != 200) {
            assertTrue(System.nanoTime() < deadline, "no configuration came");
        }
        Platform.ACD.placed.clear();
        Platform.SIP_INGRESS.hungUp.clear();
        Platform.REPORTING.asked.clear();
        Platform.EDITING.forget();
    }

    public static RequestSpecification as(String token) {
        return given().header("Authorization", "Bearer " + token);
    }

    /** The session token of a person of the demo clinic. */
    public static String session(String extension) {
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
