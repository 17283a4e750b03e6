// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.editing.flow;

import com.google.protobuf.util.Timestamps;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.Optional;
import org.panacall.directory.Rows;
import org.panacall.directory.configuration.Definitions;
import org.panacall.directory.editing.Transactions.Tx;
import org.panacall.proto.directory.v1.Flow;
import org.panacall.proto.directory.v1.KeptFlow;

/** The rows of flows: what is published, its versions, and drafts. */
final class FlowRows {

    private FlowRows() {}

    static Optional<KeptFlow> draft(Tx tx, String tenantId, String flowId) {
        return Rows.first(
                        tx.rows(
                                "select *, '' as note from directory.flow_draft"
                                        + " where tenant_id = $1 and flow_id = $2",
                                Tuple.of(tenantId, flowId)))
                .map(row -> kept(row, row.getLong("revision")));
    }

    static Optional<KeptFlow> version(Tx tx, String tenantId, String flowId, long version) {
        return Rows.first(
                        tx.rows(
                                "select * from directory.flow_version"
                                        + " where tenant_id = $1 and flow_id = $2 and version = $3",
                                Tuple.of(tenantId, flowId, version)))
                .map(row -> kept(row, version));
    }

    /** 0 when the flow was never published. */
    static long published(Tx tx, String tenantId, String flowId) {
        return Rows.first(
                        tx.rows(
                                "select version from directory.flow"
                                        + " where tenant_id = $1 and flow_id = $2",
                                Tuple.of(tenantId, flowId)))
                .map(row -> row.getLong("version"))
                .orElse(0L);
    }

    static KeptFlow kept(Row row, long revision) {
        var flowId = row.getString("flow_id");
        var flow = Definitions.flow(flowId, row.getString("definition")).setFlowId(flowId);
        if (row.getColumnIndex("version") >= 0) {
            flow.setVersion(row.getLong("version"));
        }
        var at = row.getOffsetDateTime("at").toInstant();
        return KeptFlow.newBuilder()
                .setFlow(flow)
                .setRevision(revision)
                .setAuthor(row.getString("author"))
                .setAt(Timestamps.fromMillis(at.toEpochMilli()))
                .setNote(row.getString("note"))
                .build();
    }

    /** Revisions of drafts go with the clock, so that one of a discarded draft never returns. */
    static void save(Tx tx, String tenantId, Flow flow, String author) {
        tx.rows(
                """
                insert into directory.flow_draft as old
                (tenant_id, flow_id, definition, author, revision)
                values ($1, $2, $3, $4, (extract(epoch from clock_timestamp()) * 1000)::bigint)
                on conflict (tenant_id, flow_id) do update
                set definition = excluded.definition, author = excluded.author, at = now(),
                revision = greatest(old.revision + 1, excluded.revision)
                """,
                Tuple.of(tenantId, flow.getFlowId(), Definitions.of(flow), author));
    }

    static void discard(Tx tx, String tenantId, String flowId) {
        tx.rows(
                "delete from directory.flow_draft where tenant_id = $1 and flow_id = $2",
                Tuple.of(tenantId, flowId));
    }

    /** Makes it the next version, which is answered. */
    static long publish(Tx tx, String tenantId, Flow flow, String author, String note) {
        var next =
                Rows.first(
                                tx.rows(
                                        """
                                        select coalesce(max(version), 0) + 1 as version from (
                                        select version from directory.flow_version
                                        where tenant_id = $1 and flow_id = $2
                                        union all select version from directory.flow
                                        where tenant_id = $1 and flow_id = $2) known
                                        """,
                                        Tuple.of(tenantId, flow.getFlowId())))
                        .orElseThrow()
                        .getLong("version");
        var definition = Definitions.of(flow);
        tx.rows(
                "insert into directory.flow_version"
                        + " (tenant_id, flow_id, version, definition, author, note)"
                        + " values ($1, $2, $3, $4, $5, $6)",
                Tuple.of(tenantId, flow.getFlowId(), next, definition, author).addString(note));
        tx.rows(
                """
                insert into directory.flow (tenant_id, flow_id, version, definition)
                values ($1, $2, $3, $4) on conflict (tenant_id, flow_id) do update
                set version = excluded.version, definition = excluded.definition
                """,
                Tuple.of(tenantId, flow.getFlowId(), next, definition));
        return next;
    }
}
