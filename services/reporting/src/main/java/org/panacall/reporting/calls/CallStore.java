// SPDX-License-Identifier: Apache-2.0
package org.panacall.reporting.calls;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.panacall.proto.event.v1.Event;
import org.panacall.proto.reporting.v1.CallRecord;
import org.panacall.proto.reporting.v1.ListCallRecordsRequest;
import org.panacall.proto.reporting.v1.ListCallRecordsResponse;

/** Call and leg records in PostgreSQL: written from events, read in pages. */
@ApplicationScoped
public class CallStore {

    private final Pool pool;

    CallStore(Pool pool) {
        this.pool = pool;
    }

    /**
     * Writes what the events say, all or nothing. Safe to repeat, in any order, and beside others.
     *
     * @throws IllegalArgumentException at once, when an event is about nothing
     */
    public Uni<Void> write(List<Event> events) {
        var facts = new CallFacts();
        events.forEach(facts::add);
        if (facts.calls().isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return pool.withTransaction(
                tx -> {
                    var done = Uni.createFrom().voidItem();
                    for (var fact : facts.facts().entrySet()) {
                        done = done.chain(() -> run(tx, fact.getKey(), fact.getValue()));
                    }
                    return done.chain(() -> whoTalked(tx, facts.calls()));
                });
    }

    private static Uni<Void> run(SqlConnection tx, Fact fact, List<Tuple> values) {
        return tx.preparedQuery(fact.sql()).executeBatch(values).replaceWithVoid();
    }

    private static Uni<Void> whoTalked(SqlConnection tx, List<String> calls) {
        return tx.preparedQuery(Fact.WHO_TALKED)
                .execute(Tuple.tuple().addArrayOfString(calls.toArray(String[]::new)))
                .replaceWithVoid();
    }

    /** One page, the newest start first. */
    public Uni<ListCallRecordsResponse> list(ListCallRecordsRequest request) {
        var query = new CallQuery(request);
        return pool.preparedQuery(query.sql())
                .execute(query.values())
                .chain(
                        rows -> {
                            var found = StreamSupport.stream(rows.spliterator(), false).toList();
                            return withLegs(query.page(found))
                                    .map(
                                            records ->
                                                    ListCallRecordsResponse.newBuilder()
                                                            .addAllRecords(records)
                                                            .setNextCursor(query.next(found))
                                                            .build());
                        });
    }

    /** One record, also of a call that counts no more. */
    public Uni<Optional<CallRecord>> find(String tenantId, String callId) {
        return pool.preparedQuery(
                        "select *, not "
                                + CallQuery.COUNTS
                                + " as superseded from reporting.call"
                                + " where tenant_id = $1 and call_id = $2")
                .execute(Tuple.of(tenantId, callId))
                .chain(rows -> withLegs(StreamSupport.stream(rows.spliterator(), false).toList()))
                .map(records -> records.stream().findFirst());
    }

    private Uni<List<CallRecord>> withLegs(List<Row> calls) {
        Map<String, CallRecord.Builder> records = new LinkedHashMap<>();
        calls.forEach(row -> records.put(row.getString("call_id"), RecordRows.call(row)));
        return of(records, "reporting.leg", "started_at, leg_id")
                .invoke(
                        legs ->
                                legs.forEach(
                                        row ->
                                                records.get(row.getString("call_id"))
                                                        .addLegs(RecordRows.leg(row))))
                .chain(() -> of(records, "reporting.talk_recording", "at, recording_id"))
                .map(
                        talks -> {
                            talks.forEach(
                                    row ->
                                            records.get(row.getString("call_id"))
                                                    .addTalkRecordings(
                                                            RecordRows.talkRecording(row)));
                            return records.values().stream()
                                    .peek(RecordRows::talked)
                                    .map(CallRecord.Builder::build)
                                    .toList();
                        });
    }

    private Uni<RowSet<Row>> of(
            Map<String, CallRecord.Builder> records, String table, String order) {
        return pool.preparedQuery(
                        "select * from "
                                + table
                                + " where call_id = any($1) order by call_id, "
                                + order)
                .execute(Tuple.tuple().addArrayOfString(records.keySet().toArray(String[]::new)));
    }
}
