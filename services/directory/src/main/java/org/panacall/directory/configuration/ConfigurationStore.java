// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.configuration;

import com.google.protobuf.Duration;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.JsonFormat;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.panacall.proto.directory.v1.Configuration;
import org.panacall.proto.directory.v1.Flow;
import org.panacall.proto.directory.v1.Number;
import org.panacall.proto.directory.v1.Person;
import org.panacall.proto.directory.v1.Queue;
import org.panacall.proto.directory.v1.ServiceExtension;
import org.panacall.proto.directory.v1.ServiceFunction;
import org.panacall.proto.directory.v1.Strategy;
import org.panacall.proto.directory.v1.Tenant;

/** Reads the configuration of all tenants out of the database, whole and of one version. */
@ApplicationScoped
public class ConfigurationStore {

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
                        rows(tx, "select version from directory.configuration for share")
                                .chain(version -> tenants(tx, version)));
    }

    private static Uni<Configuration> tenants(SqlConnection tx, RowSet<Row> version) {
        var tenants = new TreeMap<String, Tenant.Builder>();
        return rows(tx, "select * from directory.tenant")
                .invoke(
                        rows ->
                                rows.forEach(
                                        row ->
                                                tenants.put(
                                                        row.getString("tenant_id"), tenant(row))))
                .chain(() -> each(tx, "number order by number", tenants, NUMBER))
                .chain(() -> each(tx, "queue order by position", tenants, QUEUE))
                .chain(() -> each(tx, "person order by extension", tenants, PERSON))
                .chain(() -> each(tx, "service_extension order by extension", tenants, SERVICE))
                .chain(() -> each(tx, "flow order by flow_id", tenants, FLOW))
                .map(
                        done -> {
                            var whole = Configuration.newBuilder();
                            whole.setVersion(version.iterator().next().getLong("version"));
                            tenants.values().forEach(whole::addTenants);
                            return whole.build();
                        });
    }

    private static Uni<Void> each(
            SqlConnection tx,
            String table,
            Map<String, Tenant.Builder> tenants,
            BiConsumer<Tenant.Builder, Row> add) {
        return rows(tx, "select * from directory." + table)
                .invoke(
                        rows ->
                                rows.forEach(
                                        row ->
                                                add.accept(
                                                        tenants.get(row.getString("tenant_id")),
                                                        row)))
                .replaceWithVoid();
    }

    private static Uni<RowSet<Row>> rows(SqlConnection tx, String sql) {
        return tx.query(sql).execute();
    }

    private static Tenant.Builder tenant(Row row) {
        return Tenant.newBuilder()
                .setTenantId(row.getString("tenant_id"))
                .setName(row.getString("name"))
                .setSipDomain(row.getString("sip_domain"))
                .setTimeZone(row.getString("time_zone"))
                .setLanguage(row.getString("language"))
                .setCountry(row.getString("country"))
                .setDefaultCallerNumber(row.getString("default_caller_number"));
    }

    private static final BiConsumer<Tenant.Builder, Row> NUMBER =
            (tenant, row) -> {
                var number =
                        Number.newBuilder()
                                .setNumber(row.getString("number"))
                                .setSource(row.getString("source"))
                                .setFallbackQueueId(row.getString("fallback_queue_id"));
                var target = row.getString("target");
                switch (row.getString("destination")) {
                    case "flow" -> number.setFlowId(target);
                    case "queue" -> number.setQueueId(target);
                    case "extension" -> number.setExtension(target);
                    case "echo" -> number.setEcho(true);
                    default -> throw unknown("destination", row.getString("destination"));
                }
                tenant.addNumbers(number);
            };

    private static final BiConsumer<Tenant.Builder, Row> QUEUE =
            (tenant, row) ->
                    tenant.addQueues(
                            Queue.newBuilder()
                                    .setQueueId(row.getString("queue_id"))
                                    .setName(row.getString("name"))
                                    .setExtension(row.getString("extension"))
                                    .setStrategy(strategy(row.getString("strategy")))
                                    .setOfferTimeout(duration(row, "offer_timeout_ms"))
                                    .setReofferAfter(duration(row, "reoffer_after_ms"))
                                    .setCapacity(row.getInteger("capacity"))
                                    .setMusicPromptId(row.getString("music_prompt_id"))
                                    .addAllAgentExtensions(
                                            List.of(row.getArrayOfStrings("agent_extensions"))));

    private static final BiConsumer<Tenant.Builder, Row> PERSON =
            (tenant, row) -> {
                var person =
                        Person.newBuilder()
                                .setPersonId(row.getString("person_id"))
                                .setName(row.getString("name"))
                                .addAllRoles(List.of(row.getArrayOfStrings("roles")))
                                .setPhoneOnly(row.getBoolean("phone_only"))
                                .setWrapUp(duration(row, "wrap_up_ms"));
                // Telephony knows people by extension; one without has nothing to do with calls.
                if (row.getString("extension") != null) {
                    tenant.addPeople(person.setExtension(row.getString("extension")));
                }
            };

    private static final BiConsumer<Tenant.Builder, Row> SERVICE =
            (tenant, row) ->
                    tenant.addServiceExtensions(
                            ServiceExtension.newBuilder()
                                    .setExtension(row.getString("extension"))
                                    .setFunction(function(row.getString("function"))));

    private static final BiConsumer<Tenant.Builder, Row> FLOW =
            (tenant, row) -> {
                var flow = Flow.newBuilder();
                try {
                    JsonFormat.parser().merge(row.getString("definition"), flow);
                } catch (InvalidProtocolBufferException torn) {
                    throw new IllegalStateException(
                            "flow " + row.getString("flow_id") + " cannot be read", torn);
                }
                tenant.addFlows(
                        flow.setFlowId(row.getString("flow_id"))
                                .setVersion(row.getLong("version")));
            };

    private static Strategy strategy(String word) {
        return switch (word) {
            case "longest-idle" -> Strategy.STRATEGY_LONGEST_IDLE;
            default -> throw unknown("strategy", word);
        };
    }

    private static ServiceFunction function(String word) {
        return switch (word) {
            case "echo" -> ServiceFunction.SERVICE_FUNCTION_ECHO;
            case "ready" -> ServiceFunction.SERVICE_FUNCTION_READY;
            case "not-ready" -> ServiceFunction.SERVICE_FUNCTION_NOT_READY;
            default -> throw unknown("function", word);
        };
    }

    private static Duration duration(Row row, String column) {
        return Durations.fromMillis(row.getLong(column));
    }

    private static IllegalStateException unknown(String what, String word) {
        return new IllegalStateException(
                "the database holds the " + what + " '" + word + "' of a newer version");
    }
}
