// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.editing.number;

import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.Optional;
import org.panacall.directory.Rows;
import org.panacall.directory.configuration.Definitions;
import org.panacall.directory.configuration.NumberForm;
import org.panacall.directory.editing.Transactions.Tx;
import org.panacall.proto.directory.v1.KeptNumber;
import org.panacall.proto.directory.v1.Number;

/** The rows of numbers. A number belongs to one tenant of all. */
final class NumberRows {

    /** A number as it is kept, and whose it is. */
    record Found(String tenantId, KeptNumber kept) {}

    private NumberRows() {}

    static Optional<Found> find(Tx tx, String number) {
        var rows = tx.rows("select * from directory.number where number = $1", Tuple.of(number));
        return Rows.first(rows).map(row -> new Found(row.getString("tenant_id"), kept(row)));
    }

    static KeptNumber kept(Row row) {
        return KeptNumber.newBuilder()
                .setNumber(NumberForm.read(row))
                .setRevision(row.getLong("revision"))
                .build();
    }

    static void put(Tx tx, String tenantId, Number number, long revision) {
        var variables = Number.newBuilder().putAllVariables(number.getVariablesMap());
        tx.rows(
                """
                insert into directory.number (number, tenant_id, destination, target, source,
                    fallback_queue_id, variables, revision)
                values ($1, $2, $3, $4, $5, $6, $7, $8)
                on conflict (number) do update set destination = excluded.destination,
                    target = excluded.target, source = excluded.source,
                    fallback_queue_id = excluded.fallback_queue_id,
                    variables = excluded.variables, revision = excluded.revision
                """,
                Tuple.of(number.getNumber(), tenantId)
                        .addString(NumberForm.destination(number))
                        .addString(NumberForm.target(number))
                        .addString(number.getSource())
                        .addString(number.getFallbackQueueId())
                        .addString(Definitions.print(variables))
                        .addLong(revision));
    }

    static void delete(Tx tx, String number) {
        tx.rows("delete from directory.number where number = $1", Tuple.of(number));
    }
}
