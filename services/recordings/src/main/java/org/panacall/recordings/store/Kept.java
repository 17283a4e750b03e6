// SPDX-License-Identifier: Apache-2.0
package org.panacall.recordings.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;

/**
 * A row.
 *
 * @param heardAt null: not yet
 * @param deletedAt null: it is not
 */
public record Kept(
        Label label,
        int samples,
        int channels,
        String ended,
        Instant heardAt,
        Instant deletedAt,
        Instant keepUntil,
        Secrets secrets) {

    /**
     * What it is.
     *
     * @param agent extension of who talked; empty: it is a message
     */
    public record Label(
            String id,
            String tenantId,
            String kind,
            String callId,
            String mailbox,
            String language,
            Instant startedAt,
            String agent) {}

    /** What opens it, and where it lies. */
    public record Secrets(byte[] callerSealed, byte[] wrappedKey, String object) {}

    static Kept of(ResultSet row) throws SQLException {
        return new Kept(
                new Label(
                        row.getString("recording_id"),
                        row.getString("tenant_id"),
                        row.getString("kind"),
                        row.getString("call_id"),
                        row.getString("mailbox"),
                        row.getString("language"),
                        time(row, "started_at"),
                        row.getString("agent")),
                row.getInt("samples"),
                row.getInt("channels"),
                row.getString("ended"),
                time(row, "heard_at"),
                time(row, "deleted_at"),
                time(row, "keep_until"),
                new Secrets(
                        row.getBytes("caller_sealed"),
                        row.getBytes("wrapped_key"),
                        row.getString("object")));
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        var at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
