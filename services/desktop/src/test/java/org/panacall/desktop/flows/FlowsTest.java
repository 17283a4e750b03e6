// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.flows;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.panacall.desktop.Platform;
import org.panacall.desktop.Rest;

/** Drawing flows, and going through them, over REST. */
@QuarkusTest
@QuarkusTestResource(Platform.class)
class FlowsTest {

    private static final String YAML = "application/yaml";
    private static final String NIGHT =
            """
            name: Night
            entry: bye
            fallbackQueue: registry
            steps:
              - { id: bye, hangUp: { reason: closed } }
            """;

    @BeforeEach
    void awaitConfiguration() {
        Rest.awaitConfiguration();
        Platform.FLOWS.published.clear();
        Platform.IVR.asked.clear();
    }

    private static RequestSpecification administrator() {
        var encoders = EncoderConfig.encoderConfig().encodeContentTypeAs(YAML, ContentType.TEXT);
        return Rest.as(Rest.session("admin"))
                .config(RestAssuredConfig.config().encoderConfig(encoders));
    }

    @Test
    void aDraftIsSavedReadAndPublished() {
        // Given
        administrator().delete("/api/v1/flows/night/draft").then().statusCode(204);
        administrator().get("/api/v1/flows/night/draft").then().statusCode(404);

        // When
        administrator()
                .contentType(YAML)
                .body(NIGHT)
                .put("/api/v1/flows/night/draft")
                .then()
                .statusCode(200)
                .header("ETag", "\"41\"")
                .body("flow.id", equalTo("night"))
                .body("flow.steps[0].hangUp.reason", equalTo("closed"))
                .body("mistakes.size()", equalTo(0));

        // Then
        administrator()
                .contentType(ContentType.JSON)
                .body("{\"name\":\"N\",\"entry\":\"bad\",\"steps\":[{\"id\":\"bad\",\"echo\":{}}]}")
                .header("If-Match", "\"40\"")
                .put("/api/v1/flows/night/draft")
                .then()
                .statusCode(412);
        administrator()
                .contentType(ContentType.JSON)
                .header("If-Match", "\"41\"")
                .body("{\"note\":\"at night\"}")
                .post("/api/v1/flows/night/publish")
                .then()
                .statusCode(200)
                .body("version", equalTo(1))
                .body("author", equalTo("admin"))
                .body("note", equalTo("at night"));
        assertEquals(41, Platform.FLOWS.published.remove().getEdit().getKnownRevision());
    }

    @Test
    void mistakesNameTheirSteps() {
        // Given
        var bad = NIGHT.replace("bye", "bad");
        administrator()
                .contentType(YAML)
                .body(bad)
                .put("/api/v1/flows/evening/draft")
                .then()
                .body("mistakes.field", contains("steps(bad)"));

        // When
        var answer =
                administrator()
                        .contentType(ContentType.JSON)
                        .body("{}")
                        .post("/api/v1/flows/evening/publish")
                        .then();

        // Then
        answer.statusCode(400).body("errors.message", contains("nobody comes here"));
        administrator()
                .contentType(YAML)
                .body(bad)
                .post("/api/v1/flows/evening/check")
                .then()
                .statusCode(200)
                .body("field", contains("steps(bad)"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "steps: [{ id: bye, hangup: {} }]|steps(bye).hangup",
                "steps: [|body",
                "id: other|id"
            })
    void whatIsNoFlowIsRefusedByItsPlace(String document, String field) {
        administrator()
                .contentType(YAML)
                .body(document)
                .put("/api/v1/flows/night/draft")
                .then()
                .statusCode(400)
                .body("errors[0].field", containsString(field.equals("body") ? "" : field));
    }

    @Test
    void versionsDifferAndComeBack() {
        administrator()
                .get("/api/v1/flows/main/versions")
                .then()
                .statusCode(200)
                .body("items.version", contains(2, 1))
                .body("items.author", contains("admin", "seed"));
        administrator()
                .get("/api/v1/flows/main/diff?from=1&to=2")
                .then()
                .body("items[0].field", equalTo("steps(menu).exits.1"))
                .body("items[0].before", equalTo("version 1"));
        administrator()
                .contentType(ContentType.JSON)
                .body("{\"version\":1}")
                .post("/api/v1/flows/main/roll-back")
                .then()
                .statusCode(200)
                .body("version", equalTo(3));
        administrator()
                .contentType(ContentType.JSON)
                .body("{}")
                .post("/api/v1/flows/main/roll-back")
                .then()
                .statusCode(400);
    }

    @Test
    void aDocumentIsExportedAsJsonAndYaml() {
        // Given
        administrator().contentType(YAML).body(NIGHT).put("/api/v1/flows/dawn/draft");

        // When
        var yaml =
                administrator()
                        .accept(YAML)
                        .get("/api/v1/flows/dawn/document")
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString();

        // Then
        assertEquals(true, yaml.contains("entry: bye"), yaml);
        administrator()
                .accept(ContentType.JSON)
                .get("/api/v1/flows/dawn/document")
                .then()
                .body("entry", equalTo("bye"));
        administrator().get("/api/v1/flows/dawn/document?version=9").then().statusCode(404);
    }

    @Test
    void aFlowIsGoneThroughWithoutATelephone() {
        // When
        administrator()
                .contentType(ContentType.JSON)
                .body(
                        """
                        {"at":"2026-01-09T10:05:00+03:00","caller":"+79160000001",
                         "dialled":"+74950000100","keys":["1","","say регистратура"],
                         "outcomes":{"who":{"exit":"done","values":{"doctor":"ivanova"}},
                           "desk":{"exit":"busy"}}}
                        """)
                .post("/api/v1/flows/main/simulate")
                .then()
                .statusCode(200)
                .body("said", contains("Good morning", "Press one"))
                .body("path[1].flowFinished.target", equalTo("registry"))
                .body("end.outcome", equalTo("handed-over"))
                .body("end.target", equalTo("registry"));

        // Then
        var asked = Platform.IVR.asked.remove();
        assertEquals(List.of("1", "", "say регистратура"), asked.getInputsList());
        assertEquals("busy", asked.getOutcomesMap().get("desk").getExit());
        assertEquals(Map.of("doctor", "ivanova"), asked.getOutcomesMap().get("who").getValuesMap());
        assertEquals(
                Instant.parse("2026-01-09T07:05:00Z").getEpochSecond(), asked.getAt().getSeconds());
        assertEquals("+79160000001", asked.getCallerNumber());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "none|{}|404",
                "torn|{}|400",
                "main|{\"keys\":[\"x\"]}|400",
                "main|{\"keys\":[\"say \"]}|400",
                "main|{\"outcomes\":{\"who\":{}}}|400",
                "main|{\"outcomes\":{\"who\":{\"exit\":\"done\",\"values\":{\"a\":null}}}}|400",
                "main|{\"at\":\"soon\"}|400",
                "main|{\"caller\":\"me\"}|400",
                "main|{\"draft\":true}|404",
                "main|{}|200"
            })
    void whatCannotBeSimulatedIsExplained(String flow, String body, int status) {
        administrator()
                .contentType(ContentType.JSON)
                .body(body)
                .post("/api/v1/flows/" + flow + "/simulate")
                .then()
                .statusCode(status);
    }

    @Test
    void draftsOfFlowsThatWereNeverPublishedAreListed() {
        administrator()
                .get("/api/v1/flow-drafts")
                .then()
                .statusCode(200)
                .body("items.id", contains("night"))
                .body("items.version", contains((Object) null));
    }

    @Test
    void theSchemaOfDocumentsIsTold() {
        Rest.as("demo-token")
                .get("/api/v1/flow-schema")
                .then()
                .statusCode(200)
                .body("properties.steps.type", equalTo("array"))
                .body("required", contains("name", "entry", "steps"));
    }

    @Test
    void onlyAdministratorsDraw() {
        var agent = Rest.session("103");
        Rest.as(agent)
                .contentType(ContentType.JSON)
                .body("{}")
                .post("/api/v1/flows/main/publish")
                .then()
                .statusCode(403);
        Rest.as(agent)
                .contentType(ContentType.JSON)
                .body("{}")
                .put("/api/v1/flows/main/draft")
                .then()
                .statusCode(403);
        Rest.as(agent)
                .contentType(ContentType.JSON)
                .body("{}")
                .post("/api/v1/flows/main/simulate")
                .then()
                .statusCode(403);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-09T10:05, false, Holidays, 2026-01-10T08:00+03:00",
        "2026-03-06T10:05, true, , 2026-03-06T20:00+03:00",
        "2026-03-06T17:05:00Z, false, , 2026-03-07T08:00+03:00"
    })
    void aCalendarTellsWhatWillBe(String at, boolean open, String special, String changes) {
        Rest.as("demo-token")
                .queryParam("at", at)
                .get("/api/v1/calendars/main/preview")
                .then()
                .statusCode(200)
                .body("open", equalTo(open))
                .body("specialDay", equalTo(special))
                .body("changesAt", containsString(changes.substring(0, 16)));
        Rest.as("demo-token").get("/api/v1/calendars/none/preview").then().statusCode(404);
    }
}
