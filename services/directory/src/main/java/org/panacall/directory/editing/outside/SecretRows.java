// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.editing.outside;

import com.google.protobuf.util.Timestamps;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.Optional;
import org.panacall.directory.Rows;
import org.panacall.directory.editing.Transactions.Tx;
import org.panacall.proto.directory.v1.NamedSecret;

/** Secrets as rows. */
final class SecretRows {

    static final String LIST =
            "select name, author, at from directory.outside_secret where tenant_id = $1"
                    + " order by name";
    static final String SEALED =
            "select sealed from directory.outside_secret where tenant_id = $1 and name = $2";

    private SecretRows() {}

    static NamedSecret named(Row row) {
        var at = row.getOffsetDateTime("at").toInstant();
        return NamedSecret.newBuilder()
                .setName(row.getString("name"))
                .setAuthor(row.getString("author"))
                .setAt(Timestamps.fromMillis(at.toEpochMilli()))
                .build();
    }

    static Optional<NamedSecret> one(Tx tx, String tenantId, String name) {
        var rows =
                tx.rows(
                        "select name, author, at from directory.outside_secret"
                                + " where tenant_id = $1 and name = $2",
                        Tuple.of(tenantId, name));
        return Rows.first(rows).map(SecretRows::named);
    }

    static int count(Tx tx, String tenantId) {
        return tx.rows(
                        "select count(*)::int as kept from directory.outside_secret"
                                + " where tenant_id = $1",
                        Tuple.of(tenantId))
                .iterator()
                .next()
                .getInteger("kept");
    }

    static void put(Tx tx, String tenantId, String name, byte[] sealed, String author) {
        tx.rows(
                """
                insert into directory.outside_secret (tenant_id, name, sealed, author)
                values ($1, $2, $3, $4) on conflict (tenant_id, name)
                do update set sealed = excluded.sealed, author = excluded.author, at = now()
                """,
                Tuple.of(tenantId, name, Buffer.buffer(sealed), author));
    }

    static void delete(Tx tx, String tenantId, String name) {
        tx.rows(
                "delete from directory.outside_secret where tenant_id = $1 and name = $2",
                Tuple.of(tenantId, name));
    }
}
