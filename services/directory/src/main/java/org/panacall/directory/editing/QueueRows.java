// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.editing;

import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.Optional;
import org.panacall.directory.Rows;
import org.panacall.directory.configuration.Definitions;
import org.panacall.directory.editing.Transactions.Tx;
import org.panacall.proto.directory.v1.KeptQueue;
import org.panacall.proto.directory.v1.Queue;

/** The rows of queues. */
final class QueueRows {

    private QueueRows() {}

    static Optional<KeptQueue> find(Tx tx, String tenantId, String queueId) {
        var rows =
                tx.rows(
                        "select * from directory.queue where tenant_id = $1 and queue_id = $2",
                        Tuple.of(tenantId, queueId));
        return Rows.first(rows).map(QueueRows::kept);
    }

    static KeptQueue kept(Row row) {
        return KeptQueue.newBuilder()
                .setQueue(Definitions.queue(row.getString("queue_id"), row.getString("definition")))
                .setRevision(row.getLong("revision"))
                .build();
    }

    /** Behind all others. */
    static void insert(Tx tx, String tenantId, Queue queue, long revision) {
        tx.rows(
                """
                insert into directory.queue (tenant_id, queue_id, position, definition, revision)
                select $1, $2, coalesce(max(position) + 1, 0), $3, $4
                from directory.queue where tenant_id = $1
                """,
                Tuple.of(tenantId, queue.getQueueId(), Definitions.of(queue), revision));
    }

    static void update(Tx tx, String tenantId, Queue queue, long revision) {
        tx.rows(
                "update directory.queue set definition = $3, revision = $4"
                        + " where tenant_id = $1 and queue_id = $2",
                Tuple.of(tenantId, queue.getQueueId(), Definitions.of(queue), revision));
    }

    static void delete(Tx tx, String tenantId, String queueId) {
        tx.rows(
                "delete from directory.queue where tenant_id = $1 and queue_id = $2",
                Tuple.of(tenantId, queueId));
    }
}
