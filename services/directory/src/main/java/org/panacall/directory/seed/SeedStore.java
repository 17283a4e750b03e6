// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.seed;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.IntStream;
import org.panacall.directory.DirectoryConfig;
import org.panacall.directory.configuration.ConfigurationStore;
import org.panacall.directory.configuration.Definitions;
import org.panacall.directory.people.Passwords;
import org.panacall.directory.people.PhoneSecrets;
import org.panacall.proto.directory.v1.Flow;
import org.panacall.proto.directory.v1.Number;
import org.panacall.proto.directory.v1.Queue;
import org.panacall.proto.directory.v1.Tenant;

/** Writes a seeded tenant, whole, in one transaction. */
@ApplicationScoped
public class SeedStore {

    /** Any number, the same in every instance: one of them seeds at a time. */
    private static final long SEED_LOCK = 7_265_462_637L;

    /** What the written rows say of themselves. */
    private record Mark(String hash, long revision) {}

    private final Pool pool;
    private final Passwords passwords;
    private final PhoneSecrets secrets;

    SeedStore(Pool pool, DirectoryConfig config) {
        this.pool = pool;
        passwords = new Passwords(config.directory().passwordIterations());
        secrets = new PhoneSecrets(config.directory().secret());
    }

    /**
     * Brings the tenant to what the seed says, unless the hash tells that it is so already.
     *
     * @return whether anything was written
     */
    public Uni<Boolean> apply(Seed seed, String hash) {
        return pool.withTransaction(
                tx ->
                        tx.query("select pg_advisory_xact_lock(" + SEED_LOCK + ")")
                                .execute()
                                .chain(locked -> known(tx, seed.tenant().getTenantId(), hash))
                                .chain(
                                        known ->
                                                known
                                                        ? Uni.createFrom().item(false)
                                                        : replace(tx, seed, hash)
                                                                .replaceWith(true)));
    }

    private static Uni<Boolean> known(SqlConnection tx, String tenantId, String hash) {
        return tx.preparedQuery(
                        "select 1 from directory.tenant where tenant_id = $1 and seed_hash = $2")
                .execute(Tuple.of(tenantId, hash))
                .map(rows -> rows.rowCount() > 0);
    }

    private Uni<Void> replace(SqlConnection tx, Seed seed, String hash) {
        return tx.query(ConfigurationStore.NEXT_VERSION)
                .execute()
                .map(rows -> rows.iterator().next().getLong("version"))
                .chain(revision -> write(tx, seed, new Mark(hash, revision)));
    }

    private Uni<Void> write(SqlConnection tx, Seed seed, Mark mark) {
        var id = seed.tenant().getTenantId();
        return tx.preparedQuery("delete from directory.tenant where tenant_id = $1")
                .execute(Tuple.of(id))
                .chain(() -> tenant(tx, seed.tenant(), mark))
                .chain(() -> queues(tx, id, seed.queues(), mark))
                .chain(() -> numbers(tx, id, seed.numbers(), mark))
                .chain(() -> people(tx, seed, mark))
                .chain(() -> serviceExtensions(tx, id, seed.serviceExtensions()))
                .chain(() -> apiTokens(tx, id, seed.apiTokens()))
                .chain(() -> flows(tx, id, seed.flows()))
                .chain(() -> audit(tx, id));
    }

    private static Uni<Void> tenant(SqlConnection tx, Tenant tenant, Mark mark) {
        var row =
                Tuple.tuple()
                        .addString(tenant.getTenantId())
                        .addString(tenant.getName())
                        .addString(tenant.getSipDomain())
                        .addString(tenant.getTimeZone())
                        .addString(tenant.getLanguage())
                        .addString(tenant.getCountry())
                        .addString(tenant.getDefaultCallerNumber())
                        .addString(mark.hash())
                        .addString(Definitions.of(tenant))
                        .addLong(mark.revision());
        return insert(tx, "tenant", 10, List.of(row));
    }

    private static Uni<Void> queues(
            SqlConnection tx, String tenantId, List<Queue> queues, Mark mark) {
        var rows =
                IntStream.range(0, queues.size())
                        .mapToObj(
                                i ->
                                        Tuple.of(tenantId, queues.get(i).getQueueId(), i)
                                                .addString(Definitions.of(queues.get(i)))
                                                .addLong(mark.revision()))
                        .toList();
        return insert(tx, "queue (tenant_id, queue_id, position, definition, revision)", 5, rows);
    }

    private static Uni<Void> numbers(
            SqlConnection tx, String tenantId, List<Seed.Number> numbers, Mark mark) {
        var rows =
                numbers.stream()
                        .map(number -> number(tenantId, number).addLong(mark.revision()))
                        .toList();
        return insert(
                tx,
                "number (number, tenant_id, destination, target, source, fallback_queue_id,"
                        + " variables, revision)",
                8,
                rows);
    }

    private static Tuple number(String tenantId, Seed.Number number) {
        var row = Tuple.of(number.number(), tenantId);
        if (number.flow() != null) {
            row.addString("flow").addString(number.flow());
        } else if (number.queue() != null) {
            row.addString("queue").addString(number.queue());
        } else if (number.extension() != null) {
            row.addString("extension").addString(number.extension());
        } else {
            row.addString("echo").addString("");
        }
        var variables = Number.newBuilder().putAllVariables(number.variables());
        return row.addString(orEmpty(number.source()))
                .addString(orEmpty(number.fallbackQueue()))
                .addString(Definitions.print(variables));
    }

    /** Hashing passwords is slow on purpose, so not on the thread that serves everybody. */
    private Uni<Void> people(SqlConnection tx, Seed seed, Mark mark) {
        return Uni.createFrom()
                .item(() -> rows(seed, mark))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .chain(
                        rows ->
                                insert(
                                        tx,
                                        "person (person_id, tenant_id, user_name, extension, name,"
                                                + " roles, password_hash, ha1, settings, revision)",
                                        10,
                                        rows));
    }

    private List<Tuple> rows(Seed seed, Mark mark) {
        return seed.people().stream().map(person -> person(seed.tenant(), person, mark)).toList();
    }

    private Tuple person(Tenant tenant, Seed.Person seeded, Mark mark) {
        var person = seeded.person();
        var extension = person.getExtension().isEmpty() ? null : person.getExtension();
        var ha1 =
                extension == null
                        ? null
                        : Buffer.buffer(
                                secrets.encrypt(
                                        PhoneSecrets.ha1(
                                                extension,
                                                tenant.getSipDomain(),
                                                seeded.password())));
        return Tuple.of(person.getPersonId(), tenant.getTenantId(), seeded.userName())
                .addString(extension)
                .addString(person.getName())
                .addArrayOfString(person.getRolesList().toArray(String[]::new))
                .addString(passwords.hash(seeded.password()))
                .addValue(ha1)
                .addString(Definitions.of(person))
                .addLong(mark.revision());
    }

    /** A flow stands behind its function: "flow:rooms". */
    private static String word(Seed.ServiceExtension service) {
        return service.flow() == null
                ? service.function()
                : service.function() + ":" + service.flow();
    }

    private static Uni<Void> serviceExtensions(
            SqlConnection tx, String tenantId, List<Seed.ServiceExtension> extensions) {
        return insert(
                tx,
                "service_extension",
                3,
                extensions.stream().map(e -> Tuple.of(tenantId, e.extension(), word(e))).toList());
    }

    private static Uni<Void> apiTokens(
            SqlConnection tx, String tenantId, List<Seed.ApiToken> tokens) {
        return insert(
                tx,
                "api_token",
                4,
                tokens.stream()
                        .map(
                                token ->
                                        Tuple.of(
                                                        PhoneSecrets.fingerprint(token.token()),
                                                        tenantId,
                                                        token.name())
                                                .addArrayOfString(
                                                        token.roles().toArray(String[]::new)))
                        .toList());
    }

    /** What a file draws is published at once, as the first version. */
    private static Uni<Void> flows(SqlConnection tx, String tenantId, List<Flow> flows) {
        var rows =
                flows.stream()
                        .map(flow -> Tuple.of(tenantId, flow.getFlowId(), 1L, Definitions.of(flow)))
                        .toList();
        return insert(tx, "flow (tenant_id, flow_id, version, definition)", 4, rows)
                .chain(
                        () ->
                                tx.preparedQuery(
                                                """
                                                insert into directory.flow_version
                                                (tenant_id, flow_id, version, definition, author)
                                                select tenant_id, flow_id, version, definition,
                                                'seed' from directory.flow where tenant_id = $1
                                                """)
                                        .execute(Tuple.of(tenantId)))
                .replaceWithVoid();
    }

    /** A seed replaces what people edited, so it is a change like theirs. */
    private static Uni<Void> audit(SqlConnection tx, String tenantId) {
        return insert(
                tx,
                "audit (tenant_id, author, kind, entity_id)",
                4,
                List.of(Tuple.of(tenantId, "seed", "tenant-seeded", tenantId)));
    }

    /** Values stand in the order of the migration's columns, where none are named. */
    private static Uni<Void> insert(SqlConnection tx, String table, int columns, List<Tuple> rows) {
        if (rows.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        var places =
                String.join(
                        ", ", IntStream.rangeClosed(1, columns).mapToObj(i -> "$" + i).toList());
        return tx.preparedQuery("insert into directory." + table + " values (" + places + ")")
                .executeBatch(rows)
                .replaceWithVoid();
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }
}
