// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.contacts;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.panacall.directory.DatabaseAway;
import org.panacall.directory.DirectoryConfig;
import org.panacall.directory.Rows;
import org.panacall.directory.editing.Audit;
import org.panacall.directory.editing.Pages;
import org.panacall.proto.directory.v1.ContactReader;
import org.panacall.proto.directory.v1.FindContactsRequest;
import org.panacall.proto.directory.v1.FindContactsResponse;
import org.panacall.proto.directory.v1.GetContactRequest;
import org.panacall.proto.directory.v1.KeptContact;
import org.panacall.proto.directory.v1.ListContactsRequest;
import org.panacall.proto.directory.v1.ListContactsResponse;

/** Reads contacts. What people see is written down before they see it. */
@ApplicationScoped
public class ContactLookups {

    private static final int PAGE_MAX = 200;
    private static final int TEXT_MAX = 100;
    private static final int FOUND_MAX = 5;

    private static final String BY_NUMBER =
            ContactRows.SELECT
                    + """
                    join directory.contact_number n
                    on n.tenant_id = c.tenant_id and n.contact_id = c.contact_id
                    where n.tenant_id = $1 and n.number = $2
                    order by n.is_old, c.contact_id limit\s"""
                    + FOUND_MAX;

    private final Pool pool;
    private final Audit audit;
    private final Semaphore lookups;

    ContactLookups(Pool pool, Audit audit, DirectoryConfig config) {
        this.pool = pool;
        this.audit = audit;
        lookups = new Semaphore(config.directory().contacts().lookups());
    }

    /** Who has a number; empty when too many ask at once. */
    public Optional<Uni<FindContactsResponse>> find(FindContactsRequest request) {
        if (!lookups.tryAcquire()) {
            return Optional.empty();
        }
        return Optional.of(
                pool.preparedQuery(BY_NUMBER)
                        .execute(Tuple.of(request.getTenantId(), request.getNumber()))
                        .onFailure()
                        .transform(DatabaseAway::explained)
                        .map(
                                rows -> {
                                    var found = FindContactsResponse.newBuilder();
                                    rows.forEach(
                                            row -> found.addContacts(ContactRows.contact(row)));
                                    return found.build();
                                })
                        .onTermination()
                        .invoke(lookups::release));
    }

    public Uni<Optional<KeptContact>> one(GetContactRequest request) {
        check(request.getReader());
        return pool.preparedQuery(ContactRows.FIND)
                .execute(Tuple.of(request.getReader().getTenantId(), request.getContactId()))
                .onFailure()
                .transform(DatabaseAway::explained)
                .map(rows -> Rows.first(rows).map(ContactRows::kept))
                .call(
                        found ->
                                found.isEmpty()
                                        ? Uni.createFrom().voidItem()
                                        : note(
                                                request.getReader(),
                                                ContactNotes.viewed(request.getContactId())));
    }

    /**
     * A page by id.
     *
     * @throws IllegalArgumentException when the search is too short, or too long
     */
    public Uni<ListContactsResponse> page(ListContactsRequest request) {
        check(request.getReader());
        int size = Pages.size(request.getPageSize(), PAGE_MAX);
        var values = new ArrayList<Object>();
        var sql = where(request, values);
        values.add(size + 1);
        sql.append(" order by c.contact_id limit $").append(values.size());
        return pool.preparedQuery(sql.toString())
                .execute(Tuple.from(values))
                .onFailure()
                .transform(DatabaseAway::explained)
                .map(
                        rows -> {
                            var contacts = new ArrayList<KeptContact>();
                            rows.forEach(row -> contacts.add(ContactRows.kept(row)));
                            return page(contacts, size);
                        })
                .call(
                        page ->
                                note(
                                        request.getReader(),
                                        ContactNotes.listed(request, page.getContactsList())));
    }

    private static StringBuilder where(ListContactsRequest request, List<Object> values) {
        var sql = new StringBuilder(ContactRows.SELECT).append("where c.tenant_id = $1");
        values.add(request.getReader().getTenantId());
        if (!request.getSearch().isEmpty()) {
            bounded("search", request.getSearch());
            var query = ContactNames.query(request.getSearch());
            values.add(
                    query.orElseThrow(
                            () ->
                                    new IllegalArgumentException(
                                            "a search has 1 to 5 words of 2 letters or more")));
            sql.append(" and c.names @@ to_tsquery('simple', $").append(values.size()).append(')');
        }
        if (!request.getNumber().isEmpty()) {
            bounded("number", request.getNumber());
            values.add(request.getNumber());
            sql.append(" and c.contact_id in (select contact_id from directory.contact_number")
                    .append(" where tenant_id = $1 and number = $")
                    .append(values.size())
                    .append(')');
        }
        equal(sql, values, "category", request.getCategory());
        equal(sql, values, "external_id", request.getExternalId());
        if (!request.getCursor().isEmpty()) {
            bounded("cursor", request.getCursor());
            values.add(request.getCursor());
            sql.append(" and c.contact_id > $").append(values.size());
        }
        return sql;
    }

    private static void equal(StringBuilder sql, List<Object> values, String column, String value) {
        if (!value.isEmpty()) {
            bounded(column, value);
            values.add(value);
            sql.append(" and c.").append(column).append(" = $").append(values.size());
            if (column.equals("category")) {
                // Said again, so that the index of those that have one is thought of.
                sql.append(" and c.category <> ''");
            }
        }
    }

    private static void bounded(String what, String text) {
        if (text.length() > TEXT_MAX) {
            throw new IllegalArgumentException(what + " has at most 100 characters");
        }
    }

    private static ListContactsResponse page(List<KeptContact> contacts, int size) {
        var page = ListContactsResponse.newBuilder();
        if (contacts.size() > size) {
            page.addAllContacts(contacts.subList(0, size))
                    .setNextCursor(contacts.get(size - 1).getContact().getContactId());
        } else {
            page.addAllContacts(contacts);
        }
        return page.build();
    }

    private Uni<Void> note(ContactReader reader, Audit.Entry entry) {
        return audit.note(reader.getTenantId(), reader.getReader(), entry);
    }

    private static void check(ContactReader reader) {
        if (reader.getReader().isBlank()) {
            throw new IllegalArgumentException("somebody must be looking");
        }
    }
}
