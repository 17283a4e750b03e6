// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.editing;

import com.google.protobuf.util.Timestamps;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import org.panacall.directory.DatabaseAway;
import org.panacall.directory.editing.Transactions.Tx;
import org.panacall.proto.directory.v1.Change;
import org.panacall.proto.directory.v1.ListChangesRequest;
import org.panacall.proto.directory.v1.ListChangesResponse;

/** Who changed what. Rows are written in the change's own transaction and never touched again. */
@ApplicationScoped
public class Audit {

    private static final int PAGE_MAX = 200;
    private static final String INSERT =
            "insert into directory.audit (tenant_id, author, kind, entity_id, before, after)"
                    + " values ($1, $2, $3, $4, $5, $6)";

    /**
     * A change to be written down.
     *
     * @param before null where there was nothing
     * @param after null where there is nothing any more
     */
    public record Entry(String kind, String entityId, String before, String after) {}

    private final Pool pool;

    Audit(Pool pool) {
        this.pool = pool;
    }

    public void write(Tx tx, String tenantId, String author, Entry entry) {
        tx.rows(INSERT, values(tenantId, author, entry));
    }

    /** Writes down what somebody else carried out. */
    public Uni<Void> note(String tenantId, String author, Entry entry) {
        return pool.preparedQuery(INSERT)
                .execute(values(tenantId, author, entry))
                .onFailure()
                .transform(DatabaseAway::explained)
                .replaceWithVoid();
    }

    private static Tuple values(String tenantId, String author, Entry entry) {
        return Tuple.of(tenantId, author, entry.kind(), entry.entityId())
                .addString(entry.before())
                .addString(entry.after());
    }

    /**
     * A page, the newest first.
     *
     * @throws IllegalArgumentException when the cursor is not one of ours
     */
    public Uni<ListChangesResponse> page(ListChangesRequest request) {
        int size = Pages.size(request.getPageSize(), PAGE_MAX);
        var before =
                request.getCursor().isEmpty() ? Long.MAX_VALUE : Pages.number(request.getCursor());
        return pool.preparedQuery(
                        """
                        select * from directory.audit
                        where tenant_id = $1 and ($2 = '' or entity_id = $2) and change_id < $3
                        order by change_id desc limit $4
                        """)
                .execute(Tuple.of(request.getTenantId(), request.getEntityId(), before, size + 1))
                .onFailure()
                .transform(DatabaseAway::explained)
                .map(
                        rows -> {
                            var changes = new ArrayList<Change>();
                            rows.forEach(row -> changes.add(change(row)));
                            return page(changes, size);
                        });
    }

    private static ListChangesResponse page(ArrayList<Change> changes, int size) {
        var page = ListChangesResponse.newBuilder();
        if (changes.size() > size) {
            page.addAllChanges(changes.subList(0, size));
            page.setNextCursor(String.valueOf(changes.get(size - 1).getChangeId()));
        } else {
            page.addAllChanges(changes);
        }
        return page.build();
    }

    private static Change change(Row row) {
        var at = row.getOffsetDateTime("at").toInstant();
        return Change.newBuilder()
                .setChangeId(row.getLong("change_id"))
                .setAt(Timestamps.fromMillis(at.toEpochMilli()))
                .setAuthor(row.getString("author"))
                .setKind(row.getString("kind"))
                .setEntityId(row.getString("entity_id"))
                .setBefore(orEmpty(row.getString("before")))
                .setAfter(orEmpty(row.getString("after")))
                .build();
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }
}
