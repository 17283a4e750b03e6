// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.util.Durations;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.panacall.proto.directory.v1.Strategy;

@QuarkusTest
@QuarkusTestResource(Platform.class)
class EditingTest {

    private static final String SEEN = "\"" + PlayedEditing.REVISION + "\"";
    private static final String REGISTRY = "/api/v1/queues/registry";

    @BeforeEach
    void awaitConfiguration() {
        Rest.awaitConfiguration();
    }

    @Test
    void aQueuesSettingsStandBesideItsFigures() {
        Rest.as("demo-token")
                .get(REGISTRY)
                .then()
                .statusCode(200)
                .header("ETag", SEEN)
                .body("id", equalTo("registry"))
                .body("name", equalTo("Queue registry"))
                .body("waiting", equalTo(2))
                .body("strategy", equalTo("longest-idle"))
                .body("offerTimeout", equalTo("PT15S"))
                .body("agents", contains("103"))
                .body("agentExtensions", contains("103"))
                .body("$", not(hasKey("settings")))
                .body("$", not(hasKey("queueId")));
    }

    @Test
    void whatWasLastKnownIsToldWhileTheDirectoryIsAwayAndNotChanged() {
        // Given
        Platform.EDITING.away = true;

        // When
        var queue = Rest.as("demo-token").get(REGISTRY).then();
        var agent = Rest.as("demo-token").get("/api/v1/agents/103").then();

        // Then
        queue.statusCode(200).header("ETag", nullValue()).body("extension", equalTo("601"));
        agent.statusCode(200).header("ETag", nullValue()).body("state", equalTo("ready"));
        admin().header("If-Match", "*").body("{}").patch(REGISTRY).then().statusCode(503);
        Rest.as("demo-token").get("/api/v1/queues/none").then().statusCode(404);
    }

    @Test
    void aPatchChangesWhatItNamesAndNothingElse() throws Exception {
        // When
        var answer =
                admin().header("If-Match", SEEN)
                        .body("{\"offerTimeout\":\"PT20.5S\",\"capacity\":null}")
                        .patch(REGISTRY)
                        .then();

        // Then
        answer.statusCode(200)
                .header("ETag", not(equalTo(SEEN)))
                .body("offerTimeout", equalTo("PT20.5S"));
        var asked = Platform.EDITING.updated.take();
        assertEquals("admin", asked.getEdit().getAuthor());
        assertEquals(PlayedEditing.REVISION, asked.getEdit().getKnownRevision());
        assertEquals("Queue registry", asked.getQueue().getName());
        assertEquals(Durations.fromMillis(20_500), asked.getQueue().getOfferTimeout());
        assertEquals(0, asked.getQueue().getCapacity());
    }

    @Test
    void aMergePatchIsTakenByItsOwnType() {
        admin().contentType("application/merge-patch+json")
                .header("If-Match", "*")
                .body("{\"name\":\"Other\"}")
                .patch(REGISTRY)
                .then()
                .statusCode(200)
                .body("name", equalTo("Other"));
    }

    @Test
    void whatWasReadCanBePutBack() throws Exception {
        // Given
        var read = Rest.as("demo-token").get(REGISTRY).asString();

        // When
        admin().header("If-Match", SEEN).body(read).put(REGISTRY).then().statusCode(200);

        // Then
        var asked = Platform.EDITING.updated.take().getQueue();
        assertEquals(PlayedEditing.queues().get("registry"), asked);
    }

    @Test
    void aChangeMustSayWhatItsAuthorHasSeen() {
        var body = "{\"name\":\"Other\",\"extension\":\"601\"}";
        admin().body(body)
                .patch(REGISTRY)
                .then()
                .statusCode(428)
                .body("type", equalTo("urn:panacall:problem:precondition-required"))
                .body("hint", containsString("If-Match"));
        admin().body(body).put(REGISTRY).then().statusCode(428);
        for (var old : List.of("\"6\"", "\"other\"", "W/\"7\"")) {
            admin().header("If-Match", old)
                    .body(body)
                    .put(REGISTRY)
                    .then()
                    .statusCode(412)
                    .body("type", equalTo("urn:panacall:problem:precondition-failed"));
        }
        admin().header("If-Match", "7").body(body).put(REGISTRY).then().statusCode(400);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"strategie\":\"x\"}|strategie|is not known here; known are name, extension",
                "{\"queueId\":\"x\"}|queueId|is not known here",
                "{\"strategy\":\"best\"}|strategy|must be one of longest-idle",
                "{\"strategy\":\"STRATEGY_LONGEST_IDLE\"}|strategy|must be one of longest-idle",
                "{\"offerTimeout\":\"15s\"}|offerTimeout|ISO 8601",
                "{\"offerTimeout\":15}|offerTimeout|ISO 8601",
                "{\"capacity\":1.5}|capacity|whole number",
                "{\"agentExtensions\":[103]}|agentExtensions[0]|must be a text",
                "{\"agents\":[\"104\"]}|agents|cannot be changed here",
                "{\"id\":\"other\"}|id|cannot be changed here"
            })
    void aMistakeIsNamed(String body, String field, String message) {
        admin().header("If-Match", SEEN)
                .body(body)
                .patch(REGISTRY)
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo(field))
                .body("errors[0].message", containsString(message));
    }

    @Test
    void aQueueIsMadeWithAnIdOfItsExtension() throws Exception {
        // When
        var answer =
                admin().header("Idempotency-Key", "once")
                        .body("{\"name\":\"Dentist\",\"extension\":\"604\"}")
                        .post("/api/v1/queues")
                        .then();

        // Then
        answer.statusCode(201)
                .header("Location", containsString("/api/v1/queues/queue-604"))
                .body("id", equalTo("queue-604"))
                .body("waiting", nullValue());
        var asked = Platform.EDITING.created.take();
        assertEquals("once", asked.getEdit().getRequestKey());
        assertEquals(Strategy.STRATEGY_UNSPECIFIED, asked.getQueue().getStrategy());
        admin().body("{\"extension\":\"604\",\"id\":\"dentist\"}")
                .post("/api/v1/queues")
                .then()
                .statusCode(400)
                .body("errors.field", contains("id"));
    }

    @Test
    void aQueueIsDeletedWhenNobodyWaitsAndNothingLeadsThere() {
        admin().delete(REGISTRY)
                .then()
                .statusCode(409)
                .body("type", equalTo("urn:panacall:problem:in-use"))
                .body("detail", equalTo("Calls wait in it: 2."));
        admin().delete("/api/v1/queues/paid")
                .then()
                .statusCode(409)
                .body("errors[0].field", equalTo("flows(main).fallbackQueueId"));
        admin().delete("/api/v1/queues/empty").then().statusCode(204);
        admin().delete("/api/v1/queues/none").then().statusCode(404);
    }

    @Test
    void supervisorsMoveMembersAndAgentsDoNot() throws Exception {
        // When
        var answer = supervisor().put(REGISTRY + "/members/104").then();

        // Then
        answer.statusCode(200).body("id", equalTo("registry"));
        var asked = Platform.EDITING.members.take();
        assertEquals("104", asked.getPut(0).getExtension());
        assertEquals("supervisor_201", asked.getEdit().getAuthor());
        supervisor().delete(REGISTRY + "/members/103").then().statusCode(200);
        assertEquals(List.of("103"), Platform.EDITING.members.take().getRemoveList());
        supervisor()
                .header("If-Match", "\"6\"")
                .delete(REGISTRY + "/members/103")
                .then()
                .statusCode(412);
        json(Rest.session("103")).put(REGISTRY + "/members/104").then().statusCode(403);
    }

    @Test
    void sharesAreSetByAnotherSystemOnceAKey() throws Exception {
        // When
        json("demo-token")
                .header("Idempotency-Key", "crm-1")
                .body(
                        "{\"shares\":[{\"extension\":\"103\",\"percent\":70},"
                                + "{\"extension\":\"104\",\"percent\":30}]}")
                .put(REGISTRY + "/shares")
                .then()
                .statusCode(200);

        // Then
        var asked = Platform.EDITING.members.take();
        assertEquals("crm-1", asked.getEdit().getRequestKey());
        assertEquals(70, asked.getShares(0).getShare());
        assertEquals("104", asked.getShares(1).getExtension());
    }

    @Test
    void fractionsOfPercentsAreKeptInProportion() throws Exception {
        // When
        json("demo-token")
                .body(
                        "{\"shares\":[{\"extension\":\"103\",\"percent\":33.33},"
                                + "{\"group\":\"team\",\"percent\":66.67}]}")
                .put(REGISTRY + "/shares")
                .then()
                .statusCode(200);

        // Then
        var asked = Platform.EDITING.members.take();
        assertEquals(3_333, asked.getShares(0).getShare());
        assertEquals(6_667, asked.getShares(1).getShare());
        assertEquals("team", asked.getShares(1).getGroup());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"shares\":[]}",
                "{\"shares\":[null]}",
                "{\"shares\":[{\"percent\":100}]}",
                "{\"shares\":[{\"extension\":\"103\"}]}",
                "{\"shares\":[{\"extension\":\"103\",\"percent\":101}]}",
                "{\"shares\":[{\"extension\":\"103\",\"percent\":99.5}]}",
                "{\"shares\":[{\"extension\":\"103\",\"group\":\"a\",\"percent\":100}]}",
                "{\"shares\":[{\"group\":\"a\",\"percent\":1e-999999999}]}",
                "{\"shares\":[{\"group\":\"a\",\"percent\":1e999999999}]}",
                "{\"shares\":[{\"group\":\"a\",\"percent\":50},"
                        + "{\"group\":\"a\",\"percent\":50}]}",
                "{\"shares\":{\"103\":100}}"
            })
    void sharesThatMakeNoSenseAreRefused(String body) {
        json("demo-token").body(body).put(REGISTRY + "/shares").then().statusCode(400);
    }

    @Test
    void onlyAdministratorsChangeSettings() {
        for (var other : List.of(Rest.session("103"), Rest.session("201"), "demo-token")) {
            var body = "{\"name\":\"Other\"}";
            json(other).body(body).post("/api/v1/queues").then().statusCode(403);
            json(other).body(body).put(REGISTRY).then().statusCode(403);
            json(other).body(body).patch(REGISTRY).then().statusCode(403);
            json(other).body(body).patch("/api/v1/agents/103").then().statusCode(403);
            json(other).delete(REGISTRY).then().statusCode(403);
            json(other).get("/api/v1/changes").then().statusCode(403);
        }
        assertTrue(Platform.EDITING.updated.isEmpty());
    }

    @Test
    void waitingCallsAreListedInTheirOrderWithMaskedNumbersForAgents() {
        // When
        var first = Rest.as("demo-token").get(REGISTRY + "/calls?limit=1").then();

        // Then
        first.body("items[0].position", equalTo(1))
                .body("items[0].waited", equalTo("PT1M15S"))
                .body("items[0].number", equalTo("+74951234500"))
                .body("items[0].state", equalTo("offered"))
                .body("nextCursor", equalTo("1"));
        Rest.as(Rest.session("103"))
                .get(REGISTRY + "/calls?cursor=1")
                .then()
                .body("items[0].id", equalTo("call_2"))
                .body("items[0].number", equalTo("+7495*****00"))
                .body("nextCursor", nullValue());
        Rest.as("demo-token").get("/api/v1/queues/none/calls").then().statusCode(404);
        Rest.as("demo-token").get(REGISTRY + "/calls?cursor=x").then().statusCode(400);
        Rest.as("demo-token").get(REGISTRY + "/calls?limit=0").then().statusCode(400);
    }

    @Test
    void changesAreReadByAdministratorsAsTheyWouldBeSet() {
        admin().get("/api/v1/changes?entity=registry&limit=1")
                .then()
                .statusCode(200)
                .body("items[0].author", equalTo("admin"))
                .body("items[0].kind", equalTo("queue-changed"))
                .body("items[0].before.offerTimeout", equalTo("PT15S"))
                .body("items[0].after.offerTimeout", equalTo("PT20S"))
                .body("nextCursor", equalTo("12"));
    }

    @Test
    void listsComeInPages() {
        Rest.as("demo-token")
                .get("/api/v1/queues?limit=1")
                .then()
                .body("items.id", contains("registry"))
                .body("nextCursor", equalTo("registry"));
        Rest.as("demo-token")
                .get("/api/v1/queues?cursor=registry")
                .then()
                .body("items.id", contains("paid"))
                .body("nextCursor", nullValue());
        Rest.as("demo-token").get("/api/v1/queues?cursor=gone").then().statusCode(400);
        Rest.as("demo-token").get("/api/v1/agents?limit=501").then().statusCode(400);
    }

    @Test
    void theDescriptionNamesEverythingThatCanBeSet() {
        Rest.as("")
                .get("/api/openapi?format=json")
                .then()
                .body(
                        "components.schemas.QueueSettings.properties.strategy.enum",
                        containsInAnyOrder(strategies()))
                .body(
                        "components.schemas.QueueSettings.properties.offerTimeout.format",
                        equalTo("duration"))
                .body("components.schemas.QueueSettings.properties", not(hasKey("queueId")))
                .body("components.schemas.NewQueue.properties", hasKey("id"))
                .body("components.schemas.Queue.properties", hasKey("waiting"))
                .body("components.schemas.Queue.properties", hasKey("offerTimeout"))
                .body("components.schemas.Queue.properties", not(hasKey("settings")))
                .body("components.schemas.Agent.properties", hasKey("wrapUp"))
                .body("components.schemas.AgentSettings.properties", not(hasKey("roles")))
                .body("components.schemas.MemberSettings.properties", not(hasKey("extension")))
                .body(
                        "paths.'/api/v1/queues/{queue}'.patch.requestBody.content"
                                + ".'application/json'.schema.$ref",
                        containsString("QueueSettings"));
    }

    private static Object[] strategies() {
        return Strategy.getDescriptor().getValues().stream()
                .filter(value -> value.getNumber() > 0)
                .map(org.panacall.defaults.tree.Words::word)
                .toArray();
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
