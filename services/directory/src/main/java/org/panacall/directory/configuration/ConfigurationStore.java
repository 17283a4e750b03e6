// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.configuration;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.panacall.proto.directory.v1.Configuration;
import org.panacall.proto.directory.v1.ServiceExtension;
import org.panacall.proto.directory.v1.ServiceFunction;
import org.panacall.proto.directory.v1.Tenant;

/** Reads the configuration of all tenants out of the database, whole and of one version. */
@ApplicationScoped
public class ConfigurationStore {

    /**
     * Takes the lock and makes the next version. It also follows the clock, so that a database set
     * up anew does not repeat one.
     */
    public static final String NEXT_VERSION =
            """
            update directory.configuration set version =
            greatest(version + 1, (extract(epoch from now()) * 1000)::bigint)
            returning version
            """;

    private final Pool pool;

    ConfigurationStore(Pool pool) {
        this.pool = pool;
    }

    public Uni<Long> version() {
        return pool.query("select version from directory.configuration")
                .execute()
                .map(rows -> rows.iterator().next().getLong("version"));
    }

    /** Shares the lock on the version with other readers; a change in progress is waited for. */
    public Uni<Configuration> snapshot() {
        return pool.withTransaction(
                tx ->
                        tx.query("select version from directory.configuration for share")
                                .execute()
                                .chain(
                                        version ->
                                                tenants(tx, null).map(all -> whole(version, all))));
    }

    /** One tenant as the transaction sees it. */
    public Uni<Optional<Tenant>> tenant(SqlConnection tx, String tenantId) {
        return tenants(tx, tenantId)
                .map(all -> Optional.ofNullable(all.get(tenantId)).map(Tenant.Builder::build));
    }

    private static Configuration whole(
            RowSet<Row> version, SortedMap<String, Tenant.Builder> tenants) {
        var whole = Configuration.newBuilder();
        whole.setVersion(version.iterator().next().getLong("version"));
        tenants.values().forEach(whole::addTenants);
        return whole.build();
    }

    /**
     * @param tenantId null for all
     */
    private static Uni<SortedMap<String, Tenant.Builder>> tenants(
            SqlConnection tx, String tenantId) {
        var tenants = new TreeMap<String, Tenant.Builder>();
        var reading = new Reading(tx, tenantId, tenants);
        return rows(tx, "tenant", "tenant_id", tenantId)
                .invoke(
                        rows ->
                                rows.forEach(
                                        row ->
                                                tenants.put(
                                                        row.getString("tenant_id"), tenant(row))))
                .chain(() -> reading.each("number", "number", NUMBER))
                .chain(() -> reading.each("queue", "position", QUEUE))
                .chain(() -> reading.each("person", "extension", PERSON))
                .chain(() -> reading.each("service_extension", "extension", SERVICE))
                .chain(() -> reading.each("flow", "flow_id", FLOW))
                .replaceWith(tenants);
    }

    private record Reading(SqlConnection tx, String tenantId, Map<String, Tenant.Builder> tenants) {

        Uni<Void> each(String table, String order, BiConsumer<Tenant.Builder, Row> add) {
            return rows(tx, table, order, tenantId)
                    .invoke(
                            rows ->
                                    rows.forEach(
                                            row ->
                                                    add.accept(
                                                            tenants.get(row.getString("tenant_id")),
                                                            row)))
                    .replaceWithVoid();
        }
    }

    private static Uni<RowSet<Row>> rows(
            SqlConnection tx, String table, String order, String tenantId) {
        return tx.preparedQuery(
                        "select * from directory."
                                + table
                                + " where $1::text is null or tenant_id = $1 order by "
                                + order)
                .execute(Tuple.of(tenantId));
    }

    private static Tenant.Builder tenant(Row row) {
        return Definitions.tenant(row.getString("tenant_id"), row.getString("settings"))
                .setTenantId(row.getString("tenant_id"))
                .setName(row.getString("name"))
                .setSipDomain(row.getString("sip_domain"))
                .setTimeZone(row.getString("time_zone"))
                .setLanguage(row.getString("language"))
                .setCountry(row.getString("country"))
                .setDefaultCallerNumber(row.getString("default_caller_number"));
    }

    private static final BiConsumer<Tenant.Builder, Row> NUMBER =
            (tenant, row) -> tenant.addNumbers(NumberForm.read(row));

    private static final BiConsumer<Tenant.Builder, Row> QUEUE =
            (tenant, row) ->
                    tenant.addQueues(
                            Definitions.queue(
                                    row.getString("queue_id"), row.getString("definition")));

    private static final BiConsumer<Tenant.Builder, Row> PERSON =
            (tenant, row) -> {
                // Telephony knows people by extension; one without has nothing to do with calls.
                if (row.getString("extension") != null) {
                    tenant.addPeople(
                            Definitions.person(
                                            row.getString("person_id"), row.getString("settings"))
                                    .setPersonId(row.getString("person_id"))
                                    .setExtension(row.getString("extension"))
                                    .setName(row.getString("name"))
                                    .addAllRoles(List.of(row.getArrayOfStrings("roles"))));
                }
            };

    private static final BiConsumer<Tenant.Builder, Row> SERVICE =
            (tenant, row) ->
                    tenant.addServiceExtensions(
                            service(row.getString("function"))
                                    .setExtension(row.getString("extension")));

    private static final BiConsumer<Tenant.Builder, Row> FLOW =
            (tenant, row) ->
                    tenant.addFlows(
                            Definitions.flow(row.getString("flow_id"), row.getString("definition"))
                                    .setFlowId(row.getString("flow_id"))
                                    .setVersion(row.getLong("version")));

    private static ServiceExtension.Builder service(String stored) {
        int colon = stored.indexOf(':');
        var service = ServiceExtension.newBuilder();
        return colon < 0
                ? service.setFunction(function(stored))
                : service.setFunction(function(stored.substring(0, colon)))
                        .setFlowId(stored.substring(colon + 1));
    }

    private static ServiceFunction function(String word) {
        return switch (word) {
            case "flow" -> ServiceFunction.SERVICE_FUNCTION_FLOW;
            case "echo" -> ServiceFunction.SERVICE_FUNCTION_ECHO;
            case "ready" -> ServiceFunction.SERVICE_FUNCTION_READY;
            case "not-ready" -> ServiceFunction.SERVICE_FUNCTION_NOT_READY;
            default -> throw unknown("function", word);
        };
    }

    private static IllegalStateException unknown(String what, String word) {
        return new IllegalStateException(
                "the database holds the " + what + " '" + word + "' of a newer version");
    }
}
