// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.editing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.util.Durations;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.panacall.defaults.GrpcServer;
import org.panacall.directory.KamailioServer;
import org.panacall.directory.PostgresTestServer;
import org.panacall.directory.seed.SeedStore;
import org.panacall.proto.directory.v1.Change;
import org.panacall.proto.directory.v1.EditRefused.ReasonCase;
import org.panacall.proto.directory.v1.KeptQueue;
import org.panacall.proto.directory.v1.Queue;
import org.panacall.proto.directory.v1.UpdateQueueResponse;

@QuarkusTest
@QuarkusTestResource(PostgresTestServer.class)
@QuarkusTestResource(KamailioServer.class)
class EditingTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    @Inject GrpcServer grpc;
    @Inject SeedStore seeds;
    @Inject Pool pool;

    private Editor editor;

    @BeforeEach
    void connect() {
        editor = new Editor(grpc.port());
    }

    @AfterEach
    void beginAnew() {
        editor.close();
        Editor.demoAgain(seeds);
    }

    @Test
    void aNewQueueStandsBehindTheOthersAndReadersAreToldAtOnce() throws Exception {
        // Given
        var readers = editor.watch();

        // When
        var made = editor.create(Editor.dentist()).getQueue();

        // Then
        var next = readers.poll(10, TimeUnit.SECONDS);
        while (next.getVersion() < made.getRevision()) {
            next = readers.poll(10, TimeUnit.SECONDS);
        }
        assertEquals(made.getRevision(), next.getVersion());
        var queues = next.getTenants(0).getQueuesList();
        assertEquals(made.getQueue(), queues.getLast());
        assertEquals(3, queues.size());
        assertEquals(made, editor.queue("dentist").getQueue());
    }

    @Test
    void whatANewQueueDoesNotSayIsKeptWithIt() {
        // When
        var made = editor.create(Editor.dentist()).getQueue().getQueue();

        // Then
        assertEquals(Durations.fromSeconds(15), made.getOfferTimeout());
        assertEquals(500, made.getCapacity());
        assertEquals("music/waiting", made.getMusicPromptId());
    }

    @Test
    void makingAQueueOnceMoreIsDoneAlreadyAndMakingAnotherByItsIdIsNot() {
        // Given
        var made = editor.create(Editor.dentist()).getQueue();

        // When
        var again = editor.create(Editor.dentist());
        var other = editor.create(Editor.dentist().toBuilder().setName("Dentists").build());

        // Then
        assertEquals(made, again.getQueue());
        assertEquals(ReasonCase.ENTITY_EXISTS, other.getRefused().getReasonCase());
        assertEquals(1, editor.changes("dentist").size());
    }

    @Test
    void aChangeIsMadeOnlyToWhatItsAuthorHasSeen() {
        // Given
        var seen = editor.queue("registry").getQueue();
        var first = editor.update(offering(seen.getQueue(), 20), seen.getRevision());

        // When
        var late = editor.update(offering(seen.getQueue(), 30), seen.getRevision());

        // Then
        assertEquals(
                first.getQueue().getRevision(), late.getRefused().getRevisionStale().getRevision());
        assertEquals(first.getQueue(), editor.queue("registry").getQueue());
    }

    @Test
    void ofManyWhoChangeTheSameRevisionOneSucceeds() throws Exception {
        // Given
        var seen = editor.queue("registry").getQueue();

        // When
        List<UpdateQueueResponse> answers;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var asked =
                    IntStream.range(20, 28)
                            .mapToObj(seconds -> threads.submit(() -> offeringFor(seen, seconds)))
                            .toList();
            answers = asked.stream().map(EditingTest::result).toList();
        }

        // Then
        assertEquals(1, answers.stream().filter(UpdateQueueResponse::hasQueue).count());
        assertEquals(1, editor.changes("registry").size());
    }

    private static <A> A result(Future<A> answer) {
        try {
            return answer.get(SOON.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException fault) {
            throw new IllegalStateException(fault);
        }
    }

    private UpdateQueueResponse offeringFor(KeptQueue seen, int seconds) {
        return editor.update(offering(seen.getQueue(), seconds), seen.getRevision());
    }

    @Test
    void whatIsSoAlreadyIsDoneAndNotWrittenDown() {
        // Given
        var seen = editor.queue("registry").getQueue();

        // When
        var answer = editor.update(seen.getQueue(), 1);

        // Then
        assertEquals(seen, answer.getQueue());
        assertEquals(0, editor.changes("registry").size());
    }

    @Test
    void whatIsWrongWithAQueueIsSaidAtOnceAndNothingIsChanged() {
        // Given
        var seen = editor.queue("registry").getQueue();
        var wrong =
                seen.getQueue().toBuilder()
                        .setName("")
                        .setExtension("602")
                        .setOfferTimeout(Durations.fromSeconds(121))
                        .addAgentExtensions("201");

        // When
        var answer = editor.update(wrong.build(), seen.getRevision());

        // Then
        var mistakes = answer.getRefused().getMistakesFound().getMistakesList();
        assertEquals(
                List.of("name", "extension", "offerTimeout", "agentExtensions[6]"),
                mistakes.stream().map(one -> one.getField()).toList());
        assertTrue(mistakes.get(1).getMessage().contains("belongs to queue paid"));
        assertEquals(seen, editor.queue("registry").getQueue());
    }

    @Test
    void aQueueThatNumbersAndFlowsNameIsNotDeleted() {
        // When
        var answer = editor.delete("registry");

        // Then
        var references = answer.getRefused().getEntityReferredTo().getReferencesList();
        assertTrue(references.contains("numbers(+74950000101).queueId"), references::toString);
        assertTrue(references.contains("flows(main).fallbackQueueId"), references::toString);
        assertTrue(
                references.contains("flows(main).steps(registry).queue.queueId"),
                references::toString);
        assertTrue(editor.queue("registry").hasQueue());
    }

    @Test
    void aQueueThatNobodyNamesIsDeletedAndTheAuditKeepsIt() {
        // Given
        editor.create(Editor.dentist());

        // When
        var answer = editor.delete("dentist");

        // Then
        assertEquals("dentist", answer.getDeleted().getQueue().getQueueId());
        assertTrue(editor.queue("dentist").hasUnknown());
        var changes = editor.changes("dentist");
        assertEquals(List.of("queue-deleted", "queue-created"), kinds(changes));
        assertTrue(changes.get(0).getBefore().contains("Dentist"));
        assertEquals("", changes.get(0).getAfter());
    }

    @Test
    void aRepeatedRequestChangesNothingEvenWhenAnotherCameBetween() {
        // Given
        var seen = editor.queue("registry").getQueue().getQueue();
        editor.keyed("first", offering(seen, 20));
        var second = editor.keyed("second", offering(seen, 30));

        // When
        var repeat = editor.keyed("first", offering(seen, 20));

        // Then
        assertEquals(second.getQueue(), repeat.getQueue());
        assertEquals(2, editor.changes("registry").size());
    }

    @Test
    void aKeyOfAnotherRequestIsRefused() {
        // Given
        var seen = editor.queue("registry").getQueue().getQueue();
        editor.keyed("same", offering(seen, 20));

        // When
        var other = editor.keyed("same", offering(seen, 30));

        // Then
        assertEquals(ReasonCase.REQUEST_KEY_REUSED, other.getRefused().getReasonCase());
    }

    @Test
    void aPersonsSettingsChangeAndHisSignInDoesNot() {
        // Given
        var seen = editor.person("103").getPerson();
        var wanted =
                seen.getPerson().toBuilder()
                        .setWrapUp(Durations.fromSeconds(7))
                        .setExtension("999")
                        .addRoles("administrator");

        // When
        var kept = editor.updatePerson(wanted.build(), seen.getRevision()).getPerson();

        // Then
        assertEquals(Durations.fromSeconds(7), kept.getPerson().getWrapUp());
        assertEquals("103", kept.getPerson().getExtension());
        assertEquals(List.of("agent"), kept.getPerson().getRolesList());
        assertTrue(kept.getPerson().getPhoneOnly());
        assertTrue(editor.signsIn("103"));
        var change = editor.changes("agent_103").getFirst();
        assertEquals("person-changed", change.getKind());
        assertTrue(change.getAfter().contains("\"wrapUp\":\"7s\""), change::getAfter);
        assertTrue(editor.person("admin").hasPerson());
    }

    @Test
    void aTenantsOwnSettingsChangeAndItsDomainDoesNot() {
        // Given
        var seen = editor.tenant();
        var wanted = seen.getTenant().toBuilder().setTimeZone("Asia/Omsk").setSipDomain("x.test");

        // When
        var answer = editor.updateTenant(wanted.build(), seen.getRevision());

        // Then
        assertEquals("Asia/Omsk", answer.getTenant().getTenant().getTimeZone());
        assertEquals("panacall.test", answer.getTenant().getTenant().getSipDomain());
        assertEquals(answer.getTenant(), editor.tenant());
        assertEquals("tenant-changed", editor.changes("demo").getFirst().getKind());
        var late = editor.updateTenant(wanted.setName("Late").build(), seen.getRevision());
        assertTrue(late.getRefused().hasRevisionStale());
        var wrong = editor.updateTenant(wanted.setTimeZone("Omsk").build(), 0);
        assertEquals("timeZone", wrong.getRefused().getMistakesFound().getMistakes(0).getField());
    }

    @Test
    void theAuditComesInPagesAndNamesItsAuthors() {
        // Given
        var seen = editor.queue("registry").getQueue().getQueue();
        IntStream.range(20, 23).forEach(seconds -> editor.keyed("", offering(seen, seconds)));

        // When
        var first = editor.changes("registry", 2, "");
        var rest = editor.changes("registry", 2, first.getNextCursor());

        // Then
        assertEquals(2, first.getChangesCount());
        assertTrue(first.getChanges(1).getChangeId() > rest.getChanges(0).getChangeId());
        assertEquals("supervisor_201", rest.getChanges(0).getAuthor());
        assertTrue(rest.getChanges(0).getBefore().contains("\"offerTimeout\":\"15s\""));
        assertTrue(rest.getChanges(0).hasAt());
    }

    @Test
    void nobodyChangesTheAudit() {
        // Given
        editor.keyed("", offering(editor.queue("registry").getQueue().getQueue(), 20));

        // When
        var touched =
                List.of("update directory.audit set author = ''", "delete from directory.audit")
                        .stream()
                        .map(sql -> pool.query(sql).execute().onItemOrFailure())
                        .map(
                                asked ->
                                        asked.transform((rows, no) -> no == null)
                                                .await()
                                                .atMost(SOON))
                        .toList();

        // Then
        assertEquals(List.of(false, false), touched);
        assertFalse(editor.changes("registry").isEmpty());
    }

    @Test
    void queuesComeInPages() {
        // Given
        editor.create(Editor.dentist());

        // When
        var first = editor.queues(2, "");
        var rest = editor.queues(2, first.getNextCursor());

        // Then
        assertEquals(List.of("registry", "paid"), ids(first.getQueuesList()));
        assertEquals(List.of("dentist"), ids(rest.getQueuesList()));
        assertEquals("", rest.getNextCursor());
    }

    private static List<String> ids(List<KeptQueue> queues) {
        return queues.stream().map(kept -> kept.getQueue().getQueueId()).toList();
    }

    private static List<String> kinds(List<Change> changes) {
        return changes.stream().map(change -> change.getKind()).toList();
    }

    private static Queue offering(Queue queue, int seconds) {
        return queue.toBuilder().setOfferTimeout(Durations.fromSeconds(seconds)).build();
    }
}
