// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.editing.prompt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.panacall.defaults.GrpcServer;
import org.panacall.directory.KamailioServer;
import org.panacall.directory.PostgresTestServer;
import org.panacall.directory.audio.Uploads;
import org.panacall.proto.directory.v1.EditRefused;
import org.panacall.proto.directory.v1.EditRefused.ReasonCase;
import org.panacall.proto.directory.v1.ListPromptsRequest;
import org.panacall.proto.directory.v1.PromptAudioStart;
import org.panacall.proto.directory.v1.PublishedPrompt;
import org.panacall.proto.directory.v1.PublishedPrompts;
import org.panacall.proto.directory.v1.PutPromptTextRequest;

@QuarkusTest
@QuarkusTestResource(PostgresTestServer.class)
@QuarkusTestResource(KamailioServer.class)
class PromptEditsTest {

    @Inject GrpcServer grpc;
    @Inject Pool pool;

    private PromptEditor editor;

    @BeforeEach
    void connect() {
        editor = new PromptEditor(grpc.port());
    }

    @AfterEach
    void forget() {
        editor.close();
        pool.query("delete from directory.prompt")
                .execute()
                .chain(() -> pool.query("delete from directory.prompt_audio").execute())
                .await()
                .atMost(Duration.ofSeconds(10));
    }

    private static String fresh() {
        return "test/" + UUID.randomUUID();
    }

    @Test
    void aTextIsHeardAtOnceAndItsVersionsAreKept() {
        // When
        editor.text("closed", "ru", "Мы закрыты.");
        var kept = editor.text("closed", "ru", "Мы отдыхаем.").getPrompt();

        // Then
        var prompt = kept.getPrompt();
        assertEquals(2, prompt.getPublishedVersion());
        assertEquals("Мы отдыхаем.", prompt.getVersions(0).getText());
        assertEquals("Мы закрыты.", prompt.getVersions(1).getText());
        assertEquals("admin", prompt.getVersions(0).getAuthor());
        assertTrue(prompt.getVersions(0).hasMadeAt());
        assertEquals(kept, editor.prompt("closed", "ru").getPrompt());
        assertTrue(editor.prompt("closed", "uk").hasUnknown());
    }

    @Test
    void aRecordingIsConvertedAndSentAsMediaPlaysIt() {
        // Given
        var upload = Uploads.encoded(Uploads.wave(700, 3, 0.2), "mp3");

        // When
        var kept = editor.audio("greeting", "ru", upload).getPrompt().getPrompt();

        // Then
        var audio = kept.getVersions(0).getAudio();
        assertEquals("mp3", audio.getOriginalFormat());
        assertEquals(upload.length, audio.getOriginalBytes());
        assertEquals(3, audio.getDuration().getSeconds());
        assertTrue(audio.hasOriginalLoudness());
        var wave = editor.wave(audio.getHash());
        assertEquals(audio.getHash(), PromptEdits.hash(wave));
        assertTrue(Uploads.amplitude(Uploads.samples(wave), 700) > 3000);
        assertEquals(0, editor.wave("0".repeat(64)).length);
    }

    @Test
    void aRecordingKeepsTheTextAndANewTextIsSpokenUnlessItIsOfTheRecording() {
        // Given
        var id = fresh();
        editor.text(id, "ru", "Здравствуйте.");
        editor.audio(id, "ru", Uploads.wave(600, 1, 0.3));

        // When
        var corrected =
                editor.text(text(id, "Здравствуйте!").setKeepsAudio(true)).getPrompt().getPrompt();
        var spoken = editor.text(id, "ru", "Добрый день.").getPrompt().getPrompt();

        // Then
        assertEquals("Здравствуйте.", corrected.getVersions(1).getText());
        assertTrue(corrected.getVersions(1).hasAudio());
        assertTrue(corrected.getVersions(0).hasAudio());
        assertFalse(spoken.getVersions(0).hasAudio());
    }

    @Test
    void aDraftIsNotHeardBeforeItIsPublishedAndAnOlderOneComesBack() {
        // Given
        var id = fresh();
        editor.text(id, "ru", "one");
        var draft = editor.text(text(id, "two").setDraft(true)).getPrompt().getPrompt();
        assertEquals(1, draft.getPublishedVersion());
        assertEquals(2, draft.getVersions(0).getVersion());

        // When
        var published = editor.publish(id, "ru", 2).getPrompt().getPrompt();
        var back = editor.publish(id, "ru", 1).getPrompt().getPrompt();
        var none = editor.publish(id, "ru", 0).getPrompt().getPrompt();

        // Then
        assertEquals(2, published.getPublishedVersion());
        assertEquals(1, back.getPublishedVersion());
        assertEquals(0, none.getPublishedVersion());
        assertEquals(2, back.getVersionsCount());
        var wrong = editor.publish(id, "ru", 7).getRefused();
        assertTrue(mistake(wrong, "version").contains("[2, 1]"), wrong::toString);
        assertEquals(
                List.of(
                        "prompt-published",
                        "prompt-published",
                        "prompt-published",
                        "prompt-drafted",
                        "prompt-changed"),
                editor.changes(id + " (ru)").stream().map(one -> one.getKind()).toList());
    }

    @Test
    void whatIsSoAlreadyIsDoneAndNotWrittenDown() {
        // Given
        var id = fresh();
        var first = editor.text(id, "ru", "one").getPrompt();

        // When
        var again = editor.text(id, "ru", "one").getPrompt();

        // Then
        assertEquals(first, again);
        assertEquals(1, editor.changes(id + " (ru)").size());
    }

    @Test
    void aChangeIsMadeOnlyToWhatItsAuthorHasSeenAndOnceAKey() {
        // Given
        var id = fresh();
        var seen = editor.text(id, "ru", "one").getPrompt();
        editor.text(id, "ru", "two");
        var late = PromptEditor.edit().setKnownRevision(seen.getRevision());
        var keyed = PromptEditor.edit().setRequestKey("key-" + id);

        // When
        var refused = editor.text(text(id, "three").setEdit(late)).getRefused();
        var once = editor.text(text(id, "four").setEdit(keyed)).getPrompt();
        var repeat = editor.text(text(id, "four").setEdit(keyed)).getPrompt();
        var other = editor.text(text(id, "five").setEdit(keyed)).getRefused();

        // Then
        assertEquals(ReasonCase.REVISION_STALE, refused.getReasonCase());
        assertEquals(once, repeat);
        assertEquals(ReasonCase.REQUEST_KEY_REUSED, other.getReasonCase());
    }

    @Test
    void anUploadIsMadeOnceAKey() {
        // Given
        var start =
                PromptAudioStart.newBuilder()
                        .setEdit(PromptEditor.edit().setRequestKey("upload"))
                        .setPromptId("greeting")
                        .setLanguage("en");
        var upload = Uploads.wave(600, 1, 0.3);

        // When
        var once = editor.audio(start, upload).getPrompt();
        var repeat = editor.audio(start, upload).getPrompt();
        var other = editor.audio(start, Uploads.wave(800, 1, 0.3)).getRefused();

        // Then
        assertEquals(once, repeat);
        assertEquals(1, repeat.getPrompt().getVersionsCount());
        assertEquals(ReasonCase.REQUEST_KEY_REUSED, other.getReasonCase());
    }

    @ParameterizedTest
    @CsvSource({
        "../x, ru, id",
        "a/b/c, ru, id",
        "'', ru, id",
        "music/audio, ru, id",
        "greeting, RU, language",
        "greeting, '', language",
        "greeting, ../.., language"
    })
    void aNameThatLeadsElsewhereIsRefused(String id, String language, String field) {
        assertNotNull(mistake(editor.text(id, language, "text").getRefused(), field));
    }

    @Test
    void whatNobodyCouldHearIsRefused() {
        assertTrue(
                mistake(editor.text("closed", "ru", " ").getRefused(), "text")
                        .contains("nothing would be heard"));
        assertTrue(
                mistake(editor.text("closed", "ru", "x".repeat(1001)).getRefused(), "text")
                        .contains("at most 1000"));
        assertTrue(
                mistake(editor.audio("closed", "ru", "no audio".getBytes()).getRefused(), "audio")
                        .contains("no audio that can be read"));
        assertTrue(editor.prompt("closed", "ru").hasUnknown());
    }

    @Test
    void anUploadHasABound() {
        var refused = editor.audio("closed", "ru", new byte[(20 << 20) + 1]).getRefused();
        assertTrue(mistake(refused, "audio").contains("more than 20971520 bytes"));
    }

    @Test
    void onlySoManyVersionsAreKeptAndTheOneThatIsHeard() {
        // Given
        var id = fresh();
        editor.audio(id, "ru", Uploads.wave(600, 1, 0.3));

        // When
        IntStream.range(0, 40).forEach(i -> editor.text(text(id, "text " + i).setDraft(true)));

        // Then
        var prompt = editor.prompt(id, "ru").getPrompt().getPrompt();
        assertEquals(31, prompt.getVersionsCount());
        assertEquals(1, prompt.getVersionsList().getLast().getVersion());
        assertTrue(prompt.getVersionsList().getLast().hasAudio());
        assertEquals(41, prompt.getVersions(0).getVersion());
    }

    @Test
    void aPromptThatFlowsAndQueuesNameIsNotDeletedWhileItIsTheLast() {
        // Given
        editor.text("music/waiting", "ru", "la la");
        editor.text("greeting", "ru", "one");
        editor.text("greeting", "uk", "two");

        // When
        var music = editor.delete("music/waiting", "ru").getRefused();
        var ukrainian = editor.delete("greeting", "uk");
        var russian = editor.delete("greeting", "ru").getRefused();

        // Then
        var places = music.getEntityReferredTo().getReferencesList();
        assertTrue(places.contains("queues(registry).musicPromptId"), places::toString);
        assertEquals("two", ukrainian.getDeleted().getPrompt().getVersions(0).getText());
        assertTrue(
                russian.getEntityReferredTo().getReferences(0).startsWith("flows("),
                russian::toString);
        assertTrue(editor.prompt("greeting", "uk").hasUnknown());
    }

    @Test
    void whatIsDeletedIsGoneWithItsRecordingsAndTheAuditKeepsIt() {
        // Given
        var id = fresh();
        var hash =
                editor.audio(id, "ru", Uploads.wave(900, 1, 0.3))
                        .getPrompt()
                        .getPrompt()
                        .getVersions(0)
                        .getAudio()
                        .getHash();

        // When
        editor.delete(id, "ru");

        // Then
        assertTrue(editor.prompt(id, "ru").hasUnknown());
        assertEquals(0, editor.wave(hash).length);
        assertTrue(editor.delete(id, "ru").getRefused().hasEntityUnknown());
        var change = editor.changes(id + " (ru)").getFirst();
        assertEquals("prompt-deleted", change.getKind());
        assertTrue(change.getBefore().contains(hash));
    }

    @Test
    void promptsAreFoundByLanguageAndWordsInPages() {
        // Given
        editor.text("a", "ru", "Первый");
        editor.text("b", "ru", "Второй");
        editor.text("b", "uk", "Другий");
        editor.text("c", "ru", "Третий%");

        // When
        var first = editor.list(ListPromptsRequest.newBuilder().setPageSize(2));
        var second =
                editor.list(
                        ListPromptsRequest.newBuilder()
                                .setPageSize(2)
                                .setCursor(first.getNextCursor()));

        // Then
        assertEquals(List.of("a ru", "b ru"), names(first));
        assertEquals(List.of("b uk", "c ru"), names(second));
        assertEquals("", second.getNextCursor());
        assertEquals(
                List.of("b uk"),
                names(editor.list(ListPromptsRequest.newBuilder().setLanguage("uk"))));
        assertEquals(
                List.of("b ru"),
                names(editor.list(ListPromptsRequest.newBuilder().setSearch("ВТОРОЙ"))));
        assertEquals(
                List.of("c ru"),
                names(editor.list(ListPromptsRequest.newBuilder().setSearch("%"))));
    }

    private static List<String> names(
            org.panacall.proto.directory.v1.ListPromptsResponse response) {
        return response.getPromptsList().stream()
                .map(one -> one.getPrompt().getPromptId() + " " + one.getPrompt().getLanguage())
                .toList();
    }

    @Test
    void mediaIsToldWhatIsHeardAndNothingElse() throws Exception {
        // Given
        var id = fresh();
        var told = editor.watch(0);
        assertEquals("ru", await(told, any -> true).getTenants(0).getLanguage());

        // When
        editor.text(text(id, "draft").setDraft(true));
        editor.audio(id, "ru", Uploads.wave(600, 1, 0.3));

        // Then
        var heard = await(told, now -> one(now, id) != null);
        var prompt = one(heard, id);
        assertEquals("draft", prompt.getText());
        assertEquals(prompt.getAudioBytes(), editor.wave(prompt.getAudioHash()).length);
        editor.publish(id, "ru", 0);
        await(told, now -> one(now, id) == null);
    }

    private static PublishedPrompts await(
            BlockingQueue<PublishedPrompts> told, Predicate<PublishedPrompts> wanted)
            throws InterruptedException {
        var next = told.poll(10, TimeUnit.SECONDS);
        while (next != null && !wanted.test(next)) {
            next = told.poll(10, TimeUnit.SECONDS);
        }
        assertNotNull(next, "readers were not told");
        return next;
    }

    private static PublishedPrompt one(PublishedPrompts heard, String id) {
        return heard.getTenants(0).getPromptsList().stream()
                .filter(prompt -> prompt.getPromptId().equals(id))
                .findFirst()
                .orElse(null);
    }

    private static PutPromptTextRequest.Builder text(String id, String text) {
        return PutPromptTextRequest.newBuilder()
                .setEdit(PromptEditor.edit())
                .setPromptId(id)
                .setLanguage("ru")
                .setText(text);
    }

    private static String mistake(EditRefused refused, String field) {
        return refused.getMistakesFound().getMistakesList().stream()
                .filter(one -> one.getField().equals(field))
                .map(one -> one.getMessage())
                .findFirst()
                .orElseThrow(() -> new AssertionError("no mistake in " + field + ": " + refused));
    }
}
