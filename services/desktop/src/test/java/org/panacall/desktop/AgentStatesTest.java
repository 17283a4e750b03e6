// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What agents do now, their notes, and who forces them. */
@QuarkusTest
@QuarkusTestResource(Platform.class)
class AgentStatesTest {

    @BeforeEach
    void awaitConfiguration() {
        Rest.awaitConfiguration();
        Platform.ACD.mandatory = false;
        Platform.ACD.said.clear();
    }

    @Test
    void whoSeesAllSeesWhoWantedItSoAndUntilWhen() {
        Rest.as("demo-token")
                .get("/api/v1/agents/105")
                .then()
                .statusCode(200)
                .body("state", equalTo("wrap-up"))
                .body("since", equalTo("1970-01-01T00:00:00Z"))
                .body("cause", equalTo("supervisor"))
                .body("forcedBy", equalTo("supervisor_201"))
                .body("wrapUpMode", equalTo("extendable"))
                .body("wrapUpUntil", equalTo("1970-01-01T00:01:00Z"))
                .body("missedInRow", equalTo(2))
                .body("ownCalls", contains("call_own"))
                .body("notReadyTimes.lunch", equalTo("PT5M"))
                .body("deviceStates[0].kind", equalTo("mobile"))
                .body("deviceStates[0].reachable", equalTo(true))
                .body("deviceStates[0]", not(hasKey("address")))
                .body("$", not(hasKey("now")));
    }

    @Test
    void colleaguesSeeWhatHeDoesButNotWithWhomNorWhoForcedHim() {
        var seen =
                Rest.as(Rest.session("103"))
                        .get("/api/v1/agents/105")
                        .then()
                        .body("state", equalTo("wrap-up"))
                        .body("cause", equalTo("supervisor"));
        for (var hidden : new String[] {"call", "ownCalls", "forcedBy", "deviceStates"}) {
            seen.body("$", not(hasKey(hidden)));
        }
    }

    @Test
    void theDescriptionNamesItAll() {
        Rest.as("demo-token")
                .accept(ContentType.JSON)
                .get("/api/openapi")
                .then()
                .statusCode(200)
                .body("paths.keySet()", hasItem("/api/v1/agents/{id}/wrap-up/extend"))
                .body(
                        "components.schemas.Agent.properties.keySet()",
                        hasItems("state", "cause", "wrapUpUntil", "overdue", "devices", "skills"))
                .body(
                        "components.schemas.Queue.properties.keySet()",
                        hasItems("waiting", "agentsNotReady", "atEntry", "calendarId"));
    }

    @Test
    void aWrapUpIsProlongedByHimselfAndByThoseWhoSeeAll() {
        extend(Rest.session("201"), "105")
                .statusCode(200)
                .body("wrapUpUntil", equalTo("1970-01-01T00:01:30Z"));
        extend(Rest.session("103"), "105").statusCode(403);
        extend(Rest.session("103"), "103")
                .statusCode(409)
                .body("type", equalTo("urn:panacall:problem:wrap-up-not-changed"));
        extend(Rest.session("201"), "999").statusCode(404);
    }

    @Test
    void aWrapUpEndsWhenItMay() throws Exception {
        end("105").statusCode(200).body("state", equalTo("ready"));
        assertEquals("105", Platform.ACD.said.take().getExtension());
        end("103").statusCode(409);
        Platform.ACD.mandatory = true;
        end("105").statusCode(409).body("detail", equalTo("This wrap-up lasts its time."));
    }

    @Test
    void whoForcesAnotherIsWrittenDown() throws Exception {
        // When
        state(Rest.session("201"), "103", "{\"state\":\"not-ready\",\"reason\":\"lunch\"}")
                .statusCode(200);
        state(Rest.session("103"), "103", "{\"state\":\"ready\"}").statusCode(200);

        // Then
        var noted = Platform.EDITING.forced.poll(1, TimeUnit.SECONDS);
        assertEquals("supervisor_201", noted.getAuthor());
        assertEquals("agent_103", noted.getPersonId());
        assertEquals("not-ready", noted.getState());
        assertEquals("lunch", noted.getReason());
        assertEquals(0, Platform.EDITING.forced.size());
        Rest.as(Rest.session("admin"))
                .get("/api/v1/changes")
                .then()
                .body("items[1].kind", equalTo("agent-forced"))
                .body("items[1].after.state", equalTo("not-ready"));
    }

    @Test
    void aSupervisorIsNotKeptFromItWhileTheDirectoryIsAway() {
        Platform.EDITING.away = true;
        state(Rest.session("201"), "103", "{\"state\":\"not-ready\"}").statusCode(200);
    }

    @ParameterizedTest
    @CsvSource({"103,104", "104,103"})
    void anAgentForcesNobody(String who, String whom) {
        state(Rest.session(who), whom, "{\"state\":\"ready\"}").statusCode(403);
        assertEquals(0, Platform.ACD.said.size());
    }

    @Test
    void aQueueShowsItsAgentsByWhatTheyDo() {
        Rest.as("demo-token")
                .get("/api/v1/queues/registry")
                .then()
                .body("waitingSince", equalTo("1970-01-01T00:00:00Z"))
                .body("agentsReady", equalTo(1))
                .body("agentsWrapUp", equalTo(1))
                .body("agentsNotReady", equalTo(3))
                .body("agentsSignedIn", equalTo(4))
                .body("$", not(hasKey("now")));
    }

    private static ValidatableResponse extend(String token, String agent) {
        return Rest.as(token).post("/api/v1/agents/" + agent + "/wrap-up/extend").then();
    }

    private static ValidatableResponse end(String agent) {
        var path = "/api/v1/agents/" + agent + "/wrap-up/end";
        return Rest.as(Rest.session("201")).post(path).then();
    }

    private static ValidatableResponse state(String token, String agent, String body) {
        return Rest.as(token)
                .contentType(ContentType.JSON)
                .body(body)
                .put("/api/v1/agents/" + agent + "/state")
                .then();
    }
}
