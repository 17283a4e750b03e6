// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.util.Durations;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.panacall.proto.directory.v1.QueueMember;

/** What agents and the clinic itself are set to. */
@QuarkusTest
@QuarkusTestResource(Platform.class)
class SettingsEditingTest {

    private static final String SEEN = "\"" + PlayedEditing.REVISION + "\"";

    @BeforeEach
    void awaitConfiguration() {
        Rest.awaitConfiguration();
    }

    @Test
    void anAgentsSettingsAreSeenByHimselfAndThoseWhoSeeAll() {
        Rest.as(Rest.session("103"))
                .get("/api/v1/agents/103")
                .then()
                .header("ETag", SEEN)
                .body("wrapUp", equalTo("PT10S"))
                .body("phoneOnly", equalTo(false))
                .body("state", equalTo("ready"));
        Rest.as(Rest.session("103"))
                .get("/api/v1/agents/104")
                .then()
                .body("$", not(hasKey("wrapUp")));
        Rest.as("demo-token").get("/api/v1/agents/104").then().body("wrapUp", equalTo("PT10S"));
    }

    @Test
    void anAgentsSettingsAreChangedByTheirExtension() throws Exception {
        // When
        var answer =
                admin().header("If-Match", SEEN)
                        .body("{\"wrapUp\":\"PT30S\",\"extension\":\"103\",\"state\":\"ready\"}")
                        .patch("/api/v1/agents/103")
                        .then();

        // Then
        answer.statusCode(200).body("wrapUp", equalTo("PT30S"));
        var asked = Platform.EDITING.people.take().getPerson();
        assertEquals("agent_103", asked.getPersonId());
        assertEquals("Name 103", asked.getName());
        assertEquals(Durations.fromSeconds(30), asked.getWrapUp());
        for (var field : List.of("extension", "roles", "personId", "password")) {
            admin().header("If-Match", SEEN)
                    .body("{\"" + field + "\":\"999\"}")
                    .patch("/api/v1/agents/103")
                    .then()
                    .statusCode(400)
                    .body("errors.field", contains(field));
        }
        admin().header("If-Match", SEEN)
                .body("{}")
                .patch("/api/v1/agents/201")
                .then()
                .statusCode(404);
    }

    @Test
    void theClinicsOwnSettingsAreReadByAllAndChangedByAdministrators() {
        Rest.as(Rest.session("103"))
                .get("/api/v1/settings")
                .then()
                .statusCode(200)
                .header("ETag", SEEN)
                .body("defaultCallerNumber", equalTo("+7495*****00"))
                .body("$", not(hasKey("queues")));
        admin().header("If-Match", SEEN)
                .body("{\"timeZone\":\"Asia/Omsk\"}")
                .patch("/api/v1/settings")
                .then()
                .statusCode(200)
                .body("timeZone", equalTo("Asia/Omsk"))
                .body("name", equalTo("Clinic"));
        admin().body("{}").patch("/api/v1/settings").then().statusCode(428);
        supervisor().body("{}").patch("/api/v1/settings").then().statusCode(403);
        admin().header("If-Match", SEEN)
                .body("{\"sipDomain\":\"x\",\"people\":[]}")
                .patch("/api/v1/settings")
                .then()
                .statusCode(400)
                .body("errors.field", containsInAnyOrder("sipDomain", "people"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "registry|{\"members\":[{\"extension\":\"104\",\"share\":30}]}|104|",
                "registry|{\"members\":[]}||",
                "registry|{\"members\":[{\"extension\":\"104\"}],"
                        + "\"agentExtensions\":[\"104\"]}|104|",
                "team|{\"members\":[{\"extension\":\"105\"}]}|105|",
                "team|{\"agentExtensions\":[\"104\"]}||104",
                "team|{\"name\":\"Other\"}|103|"
            })
    void membersThatAreSentTakeThePlaceOfAllInEitherForm(
            String queue, String body, String members, String extensions) throws Exception {
        // When
        admin().header("If-Match", SEEN)
                .body(body)
                .patch("/api/v1/queues/" + queue)
                .then()
                .statusCode(200);

        // Then
        var kept = Platform.EDITING.updated.take().getQueue();
        assertEquals(
                Stream.ofNullable(members).toList(),
                kept.getMembersList().stream().map(QueueMember::getExtension).toList());
        assertEquals(Stream.ofNullable(extensions).toList(), kept.getAgentExtensionsList());
    }

    @Test
    void formsOfMembersThatContradictEachOtherAreRefused() {
        var body =
                "{\"name\":\"x\",\"extension\":\"606\",\"agentExtensions\":[\"103\"],"
                        + "\"members\":[{\"extension\":\"103\"},{\"extension\":\"104\"}]}";
        var answers =
                List.of(
                        admin().body(body).post("/api/v1/queues"),
                        admin().header("If-Match", SEEN).body(body).put("/api/v1/queues/team"),
                        admin().header("If-Match", SEEN).body(body).patch("/api/v1/queues/team"));
        for (var answer : answers) {
            answer.then()
                    .statusCode(400)
                    .body("errors.field", contains("agentExtensions"))
                    .body("errors[0].message", containsString("send one of the two"));
        }
        assertTrue(Platform.EDITING.updated.isEmpty());
    }

    private static RequestSpecification admin() {
        return json(Rest.session("admin"));
    }

    private static RequestSpecification supervisor() {
        return json(Rest.session("201"));
    }

    private static RequestSpecification json(String token) {
        return Rest.as(token).contentType(ContentType.JSON);
    }
}
