// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.people;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.panacall.directory.DirectoryConfig;
import org.panacall.directory.Rows;
import org.panacall.proto.directory.v1.SignedIn;
import org.panacall.proto.directory.v1.TokenValid;

/** People's passwords, phones' credentials and API tokens, as they stand in the database. */
@ApplicationScoped
public class PeopleStore {

    /** A person and the hash of his password. */
    public record Account(SignedIn person, String passwordHash) {}

    /** What the edge is to know: "user@domain" → HA1, at one version of the configuration. */
    public record PhoneAccounts(long version, SortedMap<String, String> ha1ByAddress) {}

    private final Pool pool;
    private final PhoneSecrets secrets;

    PeopleStore(Pool pool, DirectoryConfig config) {
        this.pool = pool;
        secrets = new PhoneSecrets(config.directory().secret());
    }

    public Uni<Optional<Account>> account(String tenantId, String userName) {
        return pool.preparedQuery(
                        """
                        select person_id, extension, name, roles, password_hash
                        from directory.person where tenant_id = $1 and user_name = $2
                        """)
                .execute(Tuple.of(tenantId, userName))
                .map(rows -> Rows.first(rows).map(row -> account(tenantId, row)));
    }

    public Uni<Optional<TokenValid>> token(String token) {
        return pool.preparedQuery(
                        "select tenant_id, name, roles from directory.api_token"
                                + " where token_hash = $1")
                .execute(Tuple.of(PhoneSecrets.fingerprint(token)))
                .map(rows -> Rows.first(rows).map(PeopleStore::tokenOf));
    }

    /** One statement, so that accounts and version belong together. */
    public Uni<PhoneAccounts> phoneAccounts() {
        return pool.query(
                        """
                        select c.version, p.extension || '@' || t.sip_domain as address, p.ha1
                        from directory.configuration c
                        left join directory.person p on p.ha1 is not null
                        left join directory.tenant t on t.tenant_id = p.tenant_id
                        """)
                .execute()
                .map(
                        rows -> {
                            var accounts = new TreeMap<String, String>();
                            var version = 0L;
                            for (var row : rows) {
                                version = row.getLong("version");
                                if (row.getString("address") != null) {
                                    accounts.put(
                                            row.getString("address"),
                                            secrets.decrypt(row.getBuffer("ha1").getBytes()));
                                }
                            }
                            return new PhoneAccounts(version, accounts);
                        });
    }

    private static Account account(String tenantId, Row row) {
        var extension = row.getString("extension");
        var person =
                SignedIn.newBuilder()
                        .setTenantId(tenantId)
                        .setPersonId(row.getString("person_id"))
                        .setExtension(extension == null ? "" : extension)
                        .setName(row.getString("name"))
                        .addAllRoles(List.of(row.getArrayOfStrings("roles")))
                        .build();
        return new Account(person, row.getString("password_hash"));
    }

    private static TokenValid tokenOf(Row row) {
        return TokenValid.newBuilder()
                .setTenantId(row.getString("tenant_id"))
                .setTokenName(row.getString("name"))
                .addAllRoles(List.of(row.getArrayOfStrings("roles")))
                .build();
    }
}
