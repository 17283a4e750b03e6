// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.editing.number;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.ManagedChannel;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.panacall.defaults.GrpcServer;
import org.panacall.directory.KamailioServer;
import org.panacall.directory.PostgresTestServer;
import org.panacall.directory.TestChannel;
import org.panacall.proto.directory.v1.Change;
import org.panacall.proto.directory.v1.DeleteNumberRequest;
import org.panacall.proto.directory.v1.DeleteNumberResponse;
import org.panacall.proto.directory.v1.DirectoryServiceGrpc;
import org.panacall.proto.directory.v1.Edit;
import org.panacall.proto.directory.v1.EditMistake;
import org.panacall.proto.directory.v1.EditRefused.ReasonCase;
import org.panacall.proto.directory.v1.EditingServiceGrpc;
import org.panacall.proto.directory.v1.GetNumberRequest;
import org.panacall.proto.directory.v1.GetNumberResponse;
import org.panacall.proto.directory.v1.ListChangesRequest;
import org.panacall.proto.directory.v1.ListNumbersRequest;
import org.panacall.proto.directory.v1.Number;
import org.panacall.proto.directory.v1.NumbersServiceGrpc;
import org.panacall.proto.directory.v1.NumbersServiceGrpc.NumbersServiceBlockingStub;
import org.panacall.proto.directory.v1.PutNumberRequest;
import org.panacall.proto.directory.v1.PutNumberResponse;
import org.panacall.proto.directory.v1.WatchConfigurationRequest;

@QuarkusTest
@QuarkusTestResource(PostgresTestServer.class)
@QuarkusTestResource(KamailioServer.class)
class NumberEditsTest {

    private static final String TENANT = "demo";
    private static final String NEW = "+74950000777";

    @Inject GrpcServer grpc;
    @Inject Pool pool;

    private ManagedChannel channel;
    private NumbersServiceBlockingStub numbers;

    @BeforeEach
    void connect() {
        channel = TestChannel.to(grpc.port());
        numbers = NumbersServiceGrpc.newBlockingStub(channel);
    }

    @AfterEach
    void forget() {
        delete(NEW, 0);
        channel.shutdownNow();
    }

    private static Edit edit(long knownRevision) {
        return Edit.newBuilder()
                .setTenantId(TENANT)
                .setAuthor("admin")
                .setKnownRevision(knownRevision)
                .build();
    }

    private PutNumberResponse put(Number.Builder number, long knownRevision) {
        return numbers.putNumber(
                PutNumberRequest.newBuilder()
                        .setEdit(edit(knownRevision))
                        .setNumber(number.setNumber(NEW))
                        .build());
    }

    private DeleteNumberResponse delete(String number, long knownRevision) {
        return numbers.deleteNumber(
                DeleteNumberRequest.newBuilder()
                        .setEdit(edit(knownRevision))
                        .setNumber(number)
                        .build());
    }

    private GetNumberResponse kept(String number) {
        return numbers.getNumber(
                GetNumberRequest.newBuilder().setTenantId(TENANT).setNumber(number).build());
    }

    private static Number.Builder toQueue(String queue) {
        return Number.newBuilder().setQueueId(queue);
    }

    @Test
    void aNumberIsMadeChangedAndTakenAwayAndReadersOfTheConfigurationKnow() {
        // When
        var made = put(toQueue("registry").setSource("radio"), 0).getNumber();

        // Then
        assertEquals(made, kept(NEW).getNumber());
        assertTrue(inForce().contains(made.getNumber()));

        // When
        var changed = put(Number.newBuilder().setFlowId("main"), made.getRevision()).getNumber();

        // Then
        assertTrue(changed.getRevision() > made.getRevision());
        assertEquals("main", kept(NEW).getNumber().getNumber().getFlowId());
        assertEquals("", kept(NEW).getNumber().getNumber().getSource());

        // When
        var gone = delete(NEW, changed.getRevision());

        // Then
        assertEquals(changed.getNumber(), gone.getDeleted().getNumber());
        assertTrue(kept(NEW).hasUnknown());
        assertFalse(inForce().contains(changed.getNumber()));
        assertEquals(
                List.of("number-deleted", "number-changed", "number-created"),
                changes().stream().map(Change::getKind).limit(3).toList());
    }

    private List<Change> changes() {
        return EditingServiceGrpc.newBlockingStub(channel)
                .listChanges(
                        ListChangesRequest.newBuilder()
                                .setTenantId(TENANT)
                                .setEntityId(NEW)
                                .build())
                .getChangesList();
    }

    private List<Number> inForce() {
        var versions =
                DirectoryServiceGrpc.newBlockingStub(channel)
                        .watchConfiguration(WatchConfigurationRequest.getDefaultInstance());
        return versions.next().getTenants(0).getNumbersList();
    }

    @Test
    void aChangeIsMadeOnlyToWhatItsAuthorHasSeen() {
        // Given
        var made = put(toQueue("registry"), 0).getNumber();
        put(toQueue("paid"), made.getRevision());

        // Then
        var late = put(Number.newBuilder().setFlowId("main"), made.getRevision());
        assertEquals(ReasonCase.REVISION_STALE, late.getRefused().getReasonCase());
        var gone = delete(NEW, made.getRevision());
        assertEquals(ReasonCase.REVISION_STALE, gone.getRefused().getReasonCase());
        assertEquals("paid", kept(NEW).getNumber().getNumber().getQueueId());
    }

    @Test
    void doingItAgainChangesNothing() {
        // Given
        var made = put(toQueue("registry"), 0).getNumber();

        // Then
        assertEquals(made, put(toQueue("registry"), 0).getNumber());
        assertEquals(
                ReasonCase.ENTITY_UNKNOWN, delete("+74950000778", 0).getRefused().getReasonCase());
    }

    @Test
    void mistakesNameTheirFieldAndChangeNothing() {
        assertMistake("flowId", "say where it leads", Number.newBuilder());
        assertMistake("flowId", "no flow 'night'", Number.newBuilder().setFlowId("night"));
        assertMistake("queueId", "no queue", toQueue("nowhere"));
        assertMistake("extension", "no extension '555'", Number.newBuilder().setExtension("555"));
        assertMistake("echo", "must be true", Number.newBuilder().setEcho(false));
        assertMistake("fallbackQueueId", "no queue", toQueue("paid").setFallbackQueueId("nowhere"));
        assertMistake(
                "variables",
                "no variable 'colour'",
                Number.newBuilder().setFlowId("main").putVariables("colour", "red"));
        assertMistake("source", "at most 100", toQueue("paid").setSource("x".repeat(101)));
        assertTrue(kept(NEW).hasUnknown());
    }

    private void assertMistake(String field, String message, Number.Builder number) {
        var found = put(number, 0).getRefused().getMistakesFound().getMistakesList();
        assertEquals(List.of(field), found.stream().map(EditMistake::getField).toList());
        assertTrue(found.getFirst().getMessage().contains(message), found::toString);
    }

    @Test
    void aNumberOfAnotherTenantIsNeitherSeenNorTaken() {
        // Given
        run(
                """
                insert into directory.tenant (tenant_id, name, sip_domain, time_zone, language,
                    country, default_caller_number)
                values ('other', 'o', 'other.test', 'UTC', 'ru', 'RU', '')
                """);
        run(
                """
                insert into directory.number (number, tenant_id, destination, target, source,
                    fallback_queue_id)
                values ('%s', 'other', 'echo', '', '', '')
                """
                        .formatted(NEW));

        // Then
        try {
            assertTrue(kept(NEW).hasUnknown());
            assertEquals(
                    ReasonCase.ENTITY_EXISTS,
                    put(toQueue("registry"), 0).getRefused().getReasonCase());
            assertEquals(ReasonCase.ENTITY_UNKNOWN, delete(NEW, 0).getRefused().getReasonCase());
        } finally {
            run("delete from directory.tenant where tenant_id = 'other'");
        }
    }

    private void run(String sql) {
        pool.query(sql).execute().await().atMost(Duration.ofSeconds(10));
    }

    @Test
    void numbersComeInPages() {
        // Given
        put(toQueue("registry"), 0);
        var all = numbers.listNumbers(page(0, "")).getNumbersList();

        // When
        var first = numbers.listNumbers(page(3, ""));
        var second = numbers.listNumbers(page(500, first.getNextCursor()));

        // Then
        assertEquals(3, first.getNumbersCount());
        assertEquals(all.subList(0, 3), first.getNumbersList());
        assertEquals(all.subList(3, all.size()), second.getNumbersList());
        assertEquals("", second.getNextCursor());
    }

    private static ListNumbersRequest page(int size, String cursor) {
        return ListNumbersRequest.newBuilder()
                .setTenantId(TENANT)
                .setPageSize(size)
                .setCursor(cursor)
                .build();
    }
}
