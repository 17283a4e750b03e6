// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.prompts;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.panacall.desktop.Platform;
import org.panacall.desktop.Rest;

@QuarkusTest
@QuarkusTestResource(Platform.class)
class PromptsTest {

    private static final String PROMPTS = "/api/v1/prompts";
    private static final String MUSIC = PROMPTS + "/ru/music/waiting";
    private static final String CLOSED = PROMPTS + "/ru/closed";

    @BeforeEach
    void awaitConfiguration() {
        Rest.awaitConfiguration();
        Platform.PROMPTS.listed.clear();
        Platform.PROMPTS.texts.clear();
        Platform.PROMPTS.uploads.clear();
        Platform.PROMPTS.published.clear();
        Platform.SPEECH.away = false;
    }

    private static RequestSpecification admin() {
        return Rest.as(Rest.session("admin"));
    }

    private static RequestSpecification json() {
        return admin().contentType(ContentType.JSON);
    }

    @Test
    void promptsAreListedSearchedAndPaged() throws Exception {
        // When
        var page =
                Rest.as("demo-token")
                        .get(PROMPTS + "?language=ru&search=la&limit=2&cursor=a:ru")
                        .then();

        // Then
        page.statusCode(200)
                .body("items.id", contains("closed", "music/waiting"))
                .body("items[1].published", equalTo(2))
                .body("nextCursor", equalTo("music/waiting:ru"));
        var asked = Platform.PROMPTS.listed.take();
        assertEquals("demo", asked.getTenantId());
        assertEquals("ru", asked.getLanguage());
        assertEquals("la", asked.getSearch());
        assertEquals(2, asked.getPageSize());
        assertEquals("a:ru", asked.getCursor());
        Rest.as("demo-token").get(PROMPTS + "?limit=201").then().statusCode(400);
        Rest.as("").get(PROMPTS).then().statusCode(401);
    }

    @Test
    void whatCameWithTheProductIsListedAndHeardToo() {
        // When
        var page = Rest.as("demo-token").get(PROMPTS + "?language=ru").then();

        // Then
        page.statusCode(200)
                .body("items.id", contains("closed", "greeting", "music/waiting"))
                .body("items.shipped", contains(true, true, false))
                .body("items[1].published", equalTo(0))
                .body("items[1].versions", hasSize(0))
                .body("nextCursor", equalTo("music/waiting:ru"));
        Rest.as("demo-token")
                .get(PROMPTS + "/ru/greeting")
                .then()
                .statusCode(200)
                .body("shipped", equalTo(true));
        var wave = Rest.as("demo-token").get(PROMPTS + "/ru/greeting/audio");
        assertEquals("shipped demo", new String(wave.asByteArray()));
        Rest.as("demo-token").get(PROMPTS + "/uk/greeting").then().statusCode(404);
        Rest.as("demo-token").get(PROMPTS + "/ru/greeting/audio?version=1").then().statusCode(404);
    }

    @Test
    void aPromptComesWithItsVersionsAndItsRevision() {
        Rest.as("demo-token")
                .get(MUSIC)
                .then()
                .statusCode(200)
                .header("ETag", equalTo("\"9\""))
                .body("id", equalTo("music/waiting"))
                .body("language", equalTo("ru"))
                .body("versions", hasSize(2))
                .body("versions[0].audio.duration", equalTo("PT1.5S"))
                .body("versions[0].audio.format", equalTo("mp3"))
                .body("versions[0].audio.bytes", equalTo(4711))
                .body("versions[0].audio.loudness", equalTo(-23.5f))
                .body("versions[1].audio", nullValue());
        Rest.as("demo-token").get(PROMPTS + "/uk/closed").then().statusCode(404);
        Rest.as("demo-token").get(PROMPTS + "/ru/a/b/c").then().statusCode(404);
    }

    @Test
    void whatCallersHearIsListenedToSpokenWhereThereIsNoRecording() {
        // When
        var recorded = Rest.as("demo-token").get(MUSIC + "/audio");
        var older = Rest.as("demo-token").get(MUSIC + "/audio?version=1");
        var written = Rest.as("demo-token").get(CLOSED + "/audio");

        // Then
        recorded.then().statusCode(200).contentType("audio/wav");
        assertArrayEquals(PlayedPrompts.WAVE, recorded.asByteArray());
        assertEquals("ru: la", new String(older.asByteArray()));
        assertEquals("ru: Closed", new String(written.asByteArray()));
        Rest.as("demo-token").get(MUSIC + "/audio?version=3").then().statusCode(404);
        Rest.as("demo-token").get(MUSIC + "/audio?version=0").then().statusCode(400);
        Rest.as("demo-token").get(PROMPTS + "/ru/none/audio").then().statusCode(404);
        Platform.SPEECH.away = true;
        Rest.as("demo-token")
                .get(CLOSED + "/audio")
                .then()
                .statusCode(503)
                .header("Retry-After", equalTo("5"));
    }

    @Test
    void aTextIsWrittenToWhatItsAuthorHasSeen() throws Exception {
        // When
        json().header("If-Match", "\"9\"")
                .header("Idempotency-Key", "once")
                .body(Map.of("text", "Закрыто", "keepsAudio", true))
                .put(CLOSED + "/text?draft=true")
                .then()
                .statusCode(200)
                .header("ETag", equalTo("\"9\""));

        // Then
        var asked = Platform.PROMPTS.texts.take();
        assertEquals("Закрыто", asked.getText());
        assertEquals("closed", asked.getPromptId());
        assertTrue(asked.getKeepsAudio());
        assertTrue(asked.getDraft());
        assertEquals("once", asked.getEdit().getRequestKey());
        assertEquals(9, asked.getEdit().getKnownRevision());
        assertEquals("admin", asked.getEdit().getAuthor());
        json().header("If-Match", "\"8\"")
                .body(Map.of("text", "x"))
                .put(CLOSED + "/text")
                .then()
                .statusCode(412);
        json().body("{}").put(CLOSED + "/text").then().statusCode(400);
        json().body("{\"txt\":\"\"}").put(CLOSED + "/text").then().statusCode(400);
    }

    @Test
    void aRecordingIsSentAsItIs() throws Exception {
        // Given
        var upload = new byte[3 << 20];
        upload[upload.length - 1] = 42;

        // When
        admin().contentType("audio/mpeg")
                .body(upload)
                .put(MUSIC + "/audio")
                .then()
                .statusCode(200)
                .body("id", equalTo("music/waiting"));

        // Then
        var asked = Platform.PROMPTS.uploads.take();
        assertEquals("music/waiting", asked.start().getPromptId());
        assertEquals("ru", asked.start().getLanguage());
        assertEquals("admin", asked.start().getEdit().getAuthor());
        assertArrayEquals(upload, asked.bytes());
    }

    @Test
    void whatIsNoRecordingIsNamed() {
        admin().contentType("application/octet-stream")
                .body("no audio".getBytes())
                .put(CLOSED + "/audio")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("audio"))
                .body("errors[0].message", equalTo("is no audio"));
        admin().multiPart("file", "x.wav", new byte[10])
                .put(CLOSED + "/audio")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("Content-Type"));
    }

    @Test
    void onlyRecordingsMayBeLarge() {
        var large = new byte[100_000];
        json().body(large).put(CLOSED + "/text").then().statusCode(413);
        json().body(large).post("/api/v1/queues").then().statusCode(413);
        admin().contentType("audio/wav").body(large).put(CLOSED + "/audio").then().statusCode(200);
        admin().contentType("audio/wav")
                .body(new byte[(20 << 20) + 1])
                .put(CLOSED + "/audio")
                .then()
                .statusCode(400)
                .body("errors[0].message", containsString("larger than 20 MiB"));
    }

    @Test
    void anOlderVersionIsHeardAgain() throws Exception {
        json().body(Map.of("version", 1)).put(MUSIC + "/published").then().statusCode(200);
        assertEquals(1, Platform.PROMPTS.published.take().getVersion());
        json().body(Map.of("version", 0)).put(MUSIC + "/published").then().statusCode(200);
        json().body("{}").put(MUSIC + "/published").then().statusCode(400);
        json().body("{\"version\":-1}").put(MUSIC + "/published").then().statusCode(400);
        json().body("{\"version\":\"x\"}").put(MUSIC + "/published").then().statusCode(400);
    }

    @Test
    void whatIsPlayedSomewhereIsNotDeletedAndThePlaceIsNamed() {
        json().delete(MUSIC)
                .then()
                .statusCode(409)
                .body("type", equalTo("urn:panacall:problem:in-use"))
                .body("errors[0].field", containsString("queues"));
        json().delete(CLOSED).then().statusCode(204);
    }

    @Test
    void onlyAdministratorsChangePrompts() {
        for (var other : List.of(Rest.session("103"), Rest.session("201"), "demo-token")) {
            var text = Rest.as(other).contentType(ContentType.JSON).body("{\"text\":\"x\"}");
            text.put(CLOSED + "/text").then().statusCode(403);
            Rest.as(other)
                    .contentType("audio/wav")
                    .body(new byte[5])
                    .put(CLOSED + "/audio")
                    .then()
                    .statusCode(403);
            Rest.as(other)
                    .contentType(ContentType.JSON)
                    .body("{\"version\":1}")
                    .put(CLOSED + "/published")
                    .then()
                    .statusCode(403);
            Rest.as(other).delete(CLOSED).then().statusCode(403);
        }
        assertTrue(Platform.PROMPTS.uploads.isEmpty());
    }

    @Test
    void theDescriptionSaysHowARecordingIsSent() {
        Rest.as("")
                .get("/api/openapi?format=json")
                .then()
                .body("paths", hasKey("/api/v1/prompts/{language}/{id}/audio"))
                .body(
                        "paths.'/api/v1/prompts/{language}/{id}/audio'.put.requestBody.content",
                        hasKey("audio/*"))
                .body("components.schemas", hasKey("PromptVersion"));
    }
}
