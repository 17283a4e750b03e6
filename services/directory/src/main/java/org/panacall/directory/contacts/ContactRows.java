// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.contacts;

import com.google.protobuf.Timestamp;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.panacall.defaults.ProtoTimes;
import org.panacall.directory.Rows;
import org.panacall.directory.configuration.Definitions;
import org.panacall.directory.editing.Transactions.Tx;
import org.panacall.proto.directory.v1.Contact;
import org.panacall.proto.directory.v1.ContactNumberKind;
import org.panacall.proto.directory.v1.KeptContact;

/** The rows of contacts and of their numbers. */
final class ContactRows {

    static final String SELECT =
            "select c.contact_id, c.definition, c.revision, c.created_at, c.changed_at"
                    + " from directory.contact c ";

    static final String FIND = SELECT + "where c.tenant_id = $1 and c.contact_id = $2";

    private static final String PUT =
            """
            insert into directory.contact
            (tenant_id, contact_id, definition, category, external_id, names, revision)
            values ($1, $2, $3, $4, $5, to_tsvector('simple', $6),
            nextval('directory.contact_revision'))
            on conflict (tenant_id, contact_id) do update set definition = $3, category = $4,
            external_id = $5, names = excluded.names, revision = excluded.revision,
            changed_at = now()
            """;

    private ContactRows() {}

    /** Waits until nobody else changes contacts of the tenant, and counts them. */
    static long lock(Tx tx, String tenantId) {
        return tx.rows(
                        """
                        insert into directory.contact_total (tenant_id, contacts) values ($1, 0)
                        on conflict (tenant_id) do update set contacts = contact_total.contacts
                        returning contacts
                        """,
                        Tuple.of(tenantId))
                .iterator()
                .next()
                .getLong("contacts");
    }

    static Optional<KeptContact> find(Tx tx, String tenantId, String contactId) {
        var rows = tx.rows(FIND, Tuple.of(tenantId, contactId));
        return Rows.first(rows).map(ContactRows::kept);
    }

    /** Those who have one of these external ids or numbers. */
    static List<Contact> known(Tx tx, String tenantId, List<String> ids, List<String> numbers) {
        var rows =
                tx.rows(
                        SELECT
                                + """
                                where c.tenant_id = $1 and (c.external_id = any($2)
                                or c.contact_id in (select n.contact_id
                                from directory.contact_number n
                                where n.tenant_id = $1 and n.number = any($3)))
                                """,
                        Tuple.of(
                                tenantId,
                                ids.toArray(String[]::new),
                                numbers.toArray(String[]::new)));
        var known = new ArrayList<Contact>();
        rows.forEach(row -> known.add(contact(row)));
        return known;
    }

    static boolean isTaken(Tx tx, String tenantId, Contact contact) {
        return !contact.getExternalId().isEmpty()
                && tx.rows(
                                        "select 1 from directory.contact where tenant_id = $1"
                                                + " and external_id = $2 and contact_id <> $3",
                                        Tuple.of(
                                                tenantId,
                                                contact.getExternalId(),
                                                contact.getContactId()))
                                .rowCount()
                        > 0;
    }

    /** Keeps them as they are now, be they new or not. */
    static void put(Tx tx, String tenantId, List<Contact> contacts) {
        tx.each(PUT, contacts.stream().map(one -> values(tenantId, one)).toList());
        tx.rows(
                "delete from directory.contact_number where tenant_id = $1"
                        + " and contact_id = any($2)",
                Tuple.of(
                        tenantId,
                        contacts.stream().map(Contact::getContactId).toArray(String[]::new)));
        var numbers = new ArrayList<Tuple>();
        for (var contact : contacts) {
            for (var number : contact.getNumbersList()) {
                numbers.add(
                        Tuple.of(tenantId, number.getNumber(), contact.getContactId())
                                .addBoolean(
                                        number.getKind()
                                                == ContactNumberKind.CONTACT_NUMBER_KIND_OLD));
            }
        }
        tx.each(
                "insert into directory.contact_number (tenant_id, number, contact_id, is_old)"
                        + " values ($1, $2, $3, $4)",
                numbers);
    }

    private static Tuple values(String tenantId, Contact contact) {
        return Tuple.of(tenantId, contact.getContactId(), Definitions.of(contact))
                .addString(contact.getCategory())
                .addString(contact.getExternalId().isEmpty() ? null : contact.getExternalId())
                .addString(ContactNames.words(contact));
    }

    /** There are so many more. */
    static void count(Tx tx, String tenantId, long more) {
        tx.rows(
                "update directory.contact_total set contacts = contacts + $2 where tenant_id = $1",
                Tuple.of(tenantId, more));
    }

    static void delete(Tx tx, String tenantId, String contactId) {
        tx.rows(
                "delete from directory.contact where tenant_id = $1 and contact_id = $2",
                Tuple.of(tenantId, contactId));
    }

    static Contact contact(Row row) {
        return Definitions.contact(row.getString("contact_id"), row.getString("definition"));
    }

    static KeptContact kept(Row row) {
        return KeptContact.newBuilder()
                .setContact(contact(row))
                .setRevision(row.getLong("revision"))
                .setCreatedAt(time(row, "created_at"))
                .setChangedAt(time(row, "changed_at"))
                .build();
    }

    private static Timestamp time(Row row, String column) {
        var at = row.getOffsetDateTime(column).toInstant();
        return ProtoTimes.timestamp(at);
    }
}
