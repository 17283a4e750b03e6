// SPDX-License-Identifier: Apache-2.0
package org.panacall.recordings.store;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Recordings and who did what with them, in PostgreSQL. Blocks. */
@ApplicationScoped
public class RecordingRows {

    private static final int ACCESSES_MAX = 500;
    private static final int BATCH = 100;

    private final Database database;

    RecordingRows(Database database) {
        this.database = database;
    }

    /** Who does something. */
    public record Actor(String id, String extension) {

        /** Retention. */
        public static final Actor CLOCK = new Actor("retention", "");
    }

    /** Somebody did something. */
    public record Access(Instant at, Actor actor, String deed) {}

    /**
     * Which are wanted.
     *
     * @param kind empty: all
     * @param mailboxes empty: all
     * @param state new, heard or deleted; empty: all but deleted ones
     * @param callId empty: all
     */
    public record Wish(
            String tenantId, String kind, List<String> mailboxes, String state, String callId) {}

    /** The place of a row in the order of lists. */
    public record Place(Instant startedAt, String id) {}

    public boolean isKnown(String id) {
        var sql = "select 1 from recordings.recording where recording_id = ?";
        return !database.rows(sql, row -> 1, id).isEmpty();
    }

    /** False when one of this id is there already. */
    public boolean add(Kept kept) {
        var label = kept.label();
        return database.transaction(
                tx ->
                        Database.change(
                                        tx,
                                        """
                                        insert into recordings.recording (recording_id, tenant_id,
                                        kind, call_id, mailbox, language, started_at, samples,
                                        channels, ended, keep_until, caller_sealed, wrapped_key,
                                        object, agent)
                                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                                        on conflict do nothing
                                        """,
                                        label.id(),
                                        label.tenantId(),
                                        label.kind(),
                                        label.callId(),
                                        label.mailbox(),
                                        label.language(),
                                        label.startedAt(),
                                        kept.samples(),
                                        kept.channels(),
                                        kept.ended(),
                                        kept.keepUntil(),
                                        kept.secrets().callerSealed(),
                                        kept.secrets().wrappedKey(),
                                        kept.secrets().object(),
                                        label.agent())
                                == 1);
    }

    public Optional<Kept> find(String tenantId, String id) {
        return database.transaction(tx -> find(tx, tenantId, id));
    }

    private static Optional<Kept> find(Connection tx, String tenantId, String id)
            throws SQLException {
        var sql =
                "select * from recordings.recording where tenant_id = ? and recording_id = ?"
                        + " for update";
        return Database.rows(tx, sql, Kept::of, tenantId, id).stream().findFirst();
    }

    /** So many after a place, the newest first. */
    public List<Kept> page(Wish wish, Optional<Place> after, int size) {
        var sql = new StringBuilder("select * from recordings.recording where tenant_id = ?");
        var values = new ArrayList<Object>(List.of(wish.tenantId()));
        if (!wish.kind().isEmpty()) {
            sql.append(" and kind = ?");
            values.add(wish.kind());
        }
        if (!wish.mailboxes().isEmpty()) {
            sql.append(" and mailbox = any(string_to_array(?, chr(10)))");
            values.add(String.join("\n", wish.mailboxes()));
        }
        if (!wish.callId().isEmpty()) {
            sql.append(" and call_id = ?");
            values.add(wish.callId());
        }
        sql.append(
                switch (wish.state()) {
                    case "new" -> " and heard_at is null and deleted_at is null";
                    case "heard" -> " and heard_at is not null and deleted_at is null";
                    case "deleted" -> " and deleted_at is not null";
                    default -> " and deleted_at is null";
                });
        after.ifPresent(
                place -> {
                    sql.append(" and (started_at, recording_id) < (?, ?)");
                    values.add(place.startedAt());
                    values.add(place.id());
                });
        sql.append(" order by started_at desc, recording_id desc limit ?");
        values.add(size);
        return database.rows(sql.toString(), Kept::of, values.toArray());
    }

    /** Writes down that somebody does something; empty, and nothing, when it is not there. */
    public Optional<Kept> access(String tenantId, String id, Actor actor, String deed) {
        return database.transaction(
                tx -> {
                    var found = find(tx, tenantId, id);
                    if (found.isPresent()) {
                        note(tx, tenantId, id, actor, deed);
                    }
                    return found;
                });
    }

    /** What may become of a recording. */
    public enum Change {
        HEARD(
                "heard",
                "update recordings.recording set heard_at = coalesce(heard_at, now())"
                        + " where recording_id = ?"),
        UNHEARD(
                "unheard",
                "update recordings.recording set heard_at = null, deleted_at = null"
                        + " where recording_id = ?"),
        DELETED(
                "deleted",
                "update recordings.recording set deleted_at = coalesce(deleted_at, now())"
                        + " where recording_id = ?"),
        RESTORED(
                "restored",
                "update recordings.recording set deleted_at = null,"
                        + " heard_at = coalesce(heard_at, now()) where recording_id = ?");

        private final String deed;
        private final String sql;

        Change(String deed, String sql) {
            this.deed = deed;
            this.sql = sql;
        }
    }

    /** Changes one and writes it down; empty when it is not there. */
    public Optional<Kept> change(String tenantId, String id, Actor actor, Change change) {
        return database.transaction(
                tx -> {
                    if (find(tx, tenantId, id).isEmpty()) {
                        return Optional.empty();
                    }
                    note(tx, tenantId, id, actor, change.deed);
                    Database.change(tx, change.sql, id);
                    return find(tx, tenantId, id);
                });
    }

    private static void note(Connection tx, String tenantId, String id, Actor actor, String deed)
            throws SQLException {
        Database.change(
                tx,
                "insert into recordings.access (tenant_id, recording_id, actor_id, actor_extension,"
                        + " deed) values (?, ?, ?, ?, ?)",
                tenantId,
                id,
                actor.id(),
                actor.extension(),
                deed);
    }

    public List<Access> accesses(String tenantId, String id) {
        return database.rows(
                "select * from recordings.access where tenant_id = ? and recording_id = ?"
                        + " order by access_id desc limit "
                        + ACCESSES_MAX,
                row ->
                        new Access(
                                row.getObject("at", OffsetDateTime.class).toInstant(),
                                new Actor(
                                        row.getString("actor_id"),
                                        row.getString("actor_extension")),
                                row.getString("deed")),
                tenantId,
                id);
    }

    /** Those whose time is over; some at a time. */
    public List<Kept> due(Instant now, Instant deletedBefore) {
        return database.rows(
                "select * from recordings.recording where keep_until < ? or deleted_at < ?"
                        + " order by keep_until limit "
                        + BATCH,
                Kept::of,
                now,
                deletedBefore);
    }

    /** Forgets one, key and all. */
    public void purge(Kept kept) {
        database.transaction(
                tx -> {
                    var label = kept.label();
                    note(tx, label.tenantId(), label.id(), Actor.CLOCK, "purged");
                    return Database.change(
                            tx,
                            "delete from recordings.recording where recording_id = ?",
                            label.id());
                });
    }

    /** Those that nobody was told of, the oldest first; some at a time. */
    public List<Kept> untold() {
        return database.rows(
                "select * from recordings.recording where told_at is null order by stored_at limit "
                        + BATCH,
                Kept::of);
    }

    public void told(String id) {
        database.transaction(
                tx ->
                        Database.change(
                                tx,
                                "update recordings.recording set told_at = now()"
                                        + " where recording_id = ?",
                                id));
    }
}
