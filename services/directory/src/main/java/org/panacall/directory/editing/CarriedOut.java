// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.editing;

import com.google.protobuf.Message;
import io.vertx.mutiny.sqlclient.Tuple;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.panacall.directory.Rows;
import org.panacall.directory.editing.Transactions.Tx;
import org.panacall.proto.directory.v1.Edit;

/** Requests that were carried out, by the key that their sender gave them. */
public final class CarriedOut {

    private CarriedOut() {}

    /** Whether the key's request was this one; empty when the key is new, or there is none. */
    public static Optional<Boolean> same(Tx tx, Edit edit, Message request) {
        if (edit.getRequestKey().isEmpty()) {
            return Optional.empty();
        }
        var known =
                tx.rows(
                        """
                        select request_hash from directory.carried_out
                        where tenant_id = $1 and author = $2 and request_key = $3
                        """,
                        Tuple.of(edit.getTenantId(), edit.getAuthor(), edit.getRequestKey()));
        return Rows.first(known).map(row -> row.getString("request_hash").equals(hash(request)));
    }

    public static void remember(Tx tx, Edit edit, Message request) {
        if (edit.getRequestKey().isEmpty()) {
            return;
        }
        // Nobody repeats a request after days; those before are forgotten.
        tx.rows(
                "delete from directory.carried_out where at < now() - interval '2 days'",
                Tuple.tuple());
        tx.rows(
                "insert into directory.carried_out (tenant_id, author, request_key, request_hash)"
                        + " values ($1, $2, $3, $4)",
                Tuple.of(
                        edit.getTenantId(), edit.getAuthor(), edit.getRequestKey(), hash(request)));
    }

    private static String hash(Message request) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(request.getDescriptorForType().getFullName().getBytes());
            return HexFormat.of().formatHex(digest.digest(request.toByteArray()));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("this JDK has no SHA-256", missing);
        }
    }
}
