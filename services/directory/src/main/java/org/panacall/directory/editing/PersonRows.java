// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.editing;

import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.List;
import java.util.Optional;
import org.panacall.directory.Rows;
import org.panacall.directory.configuration.Definitions;
import org.panacall.directory.editing.Transactions.Tx;
import org.panacall.proto.directory.v1.KeptPerson;
import org.panacall.proto.directory.v1.Person;

/** The rows of people, without what only sign-in looks at. */
final class PersonRows {

    /** By id or extension. */
    static final String FIND =
            """
            select person_id, extension, name, roles, settings, revision from directory.person
            where tenant_id = $1 and (person_id = $2 or extension = $2) order by person_id = $2 desc
            """;

    private PersonRows() {}

    static Optional<KeptPerson> find(Tx tx, String tenantId, String person) {
        var rows = tx.rows(FIND, Tuple.of(tenantId, person));
        return Rows.first(rows).map(PersonRows::kept);
    }

    static KeptPerson kept(Row row) {
        var id = row.getString("person_id");
        var extension = row.getString("extension");
        return KeptPerson.newBuilder()
                .setPerson(
                        Definitions.person(id, row.getString("settings"))
                                .setPersonId(id)
                                .setExtension(extension == null ? "" : extension)
                                .setName(row.getString("name"))
                                .addAllRoles(List.of(row.getArrayOfStrings("roles"))))
                .setRevision(row.getLong("revision"))
                .build();
    }

    static void update(Tx tx, String tenantId, Person person, long revision) {
        tx.rows(
                "update directory.person set name = $3, settings = $4, revision = $5"
                        + " where tenant_id = $1 and person_id = $2",
                Tuple.of(tenantId, person.getPersonId(), person.getName())
                        .addString(Definitions.of(person))
                        .addLong(revision));
    }
}
