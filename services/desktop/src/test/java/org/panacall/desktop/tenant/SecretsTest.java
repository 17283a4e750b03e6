// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.tenant;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.panacall.desktop.Platform;
import org.panacall.desktop.Rest;

@QuarkusTest
@QuarkusTestResource(Platform.class)
class SecretsTest {

    private static final String SECRETS = "/api/v1/outside-secrets";
    private static final String VALUE = "a secret of the clinic";

    @BeforeEach
    void awaitConfiguration() {
        Rest.awaitConfiguration();
        Platform.OUTSIDE.kept.clear();
    }

    private static RequestSpecification admin() {
        return Rest.as(Rest.session("admin")).contentType(ContentType.JSON);
    }

    @Test
    void aSecretIsWrittenAndNeverShown() {
        // When
        admin().body("{\"value\":\"" + VALUE + "\"}")
                .put(SECRETS + "/mis")
                .then()
                .statusCode(200)
                .body("name", equalTo("mis"))
                .body(not(containsString(VALUE)));

        // Then
        assertEquals(VALUE, Platform.OUTSIDE.kept.get("mis"));
        admin().get(SECRETS)
                .then()
                .statusCode(200)
                .body("[0].name", equalTo("mis"))
                .body(not(containsString(VALUE)));
        admin().delete(SECRETS + "/mis").then().statusCode(204);
        admin().delete(SECRETS + "/mis").then().statusCode(404);
    }

    @Test
    void aMistakeDoesNotRepeatTheSecret() {
        admin().body("{\"value\":\"short one\"}")
                .put(SECRETS + "/mis")
                .then()
                .statusCode(400)
                .body(containsString("is too short"))
                .body(not(containsString("short one")));
        admin().body("{}").put(SECRETS + "/mis").then().statusCode(400);
    }

    @Test
    void secretsAreForAdministrators() {
        Rest.as(Rest.session("103")).get(SECRETS).then().statusCode(403);
        Rest.as(Rest.session("103"))
                .contentType(ContentType.JSON)
                .body("{\"value\":\"" + VALUE + "\"}")
                .put(SECRETS + "/mis")
                .then()
                .statusCode(403);
    }
}
