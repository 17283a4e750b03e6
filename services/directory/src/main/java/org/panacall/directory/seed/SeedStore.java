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
import org.panacall.directory.people.Passwords;
import org.panacall.directory.people.PhoneSecrets;

/** Writes a seeded tenant, whole, in one transaction. */
@ApplicationScoped
public class SeedStore {

    /** Any number, the same in every instance: one of them seeds at a time. */
    private static final long SEED_LOCK = 7_265_462_637L;

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
    public Uni<Boolean> apply(Seed seed, PromptTexts texts, String hash) {
        return pool.withTransaction(
                tx ->
                        tx.query("select pg_advisory_xact_lock(" + SEED_LOCK + ")")
                                .execute()
                                .chain(locked -> known(tx, seed.tenant().id(), hash))
                                .chain(
                                        known ->
                                                known
                                                        ? Uni.createFrom().item(false)
                                                        : replace(tx, seed, texts, hash)
                                                                .replaceWith(true)));
    }

    private static Uni<Boolean> known(SqlConnection tx, String tenantId, String hash) {
        return tx.preparedQuery(
                        "select 1 from directory.tenant where tenant_id = $1 and seed_hash = $2")
                .execute(Tuple.of(tenantId, hash))
                .map(rows -> rows.rowCount() > 0);
    }

    /** The version also follows the clock, so that a database set up anew does not repeat one. */
    private Uni<Void> replace(SqlConnection tx, Seed seed, PromptTexts texts, String hash) {
        var id = seed.tenant().id();
        return tx.query(
                        """
                        update directory.configuration set version =
                        greatest(version + 1, (extract(epoch from now()) * 1000)::bigint)
                        """)
                .execute()
                .chain(
                        () ->
                                tx.preparedQuery(
                                                "delete from directory.tenant where tenant_id = $1")
                                        .execute(Tuple.of(id)))
                .chain(() -> tenant(tx, seed.tenant(), hash))
                .chain(() -> queues(tx, id, seed.queues()))
                .chain(() -> numbers(tx, id, seed.numbers()))
                .chain(() -> people(tx, seed))
                .chain(() -> serviceExtensions(tx, id, seed.serviceExtensions()))
                .chain(() -> apiTokens(tx, id, seed.apiTokens()))
                .chain(() -> flows(tx, id, seed.flows(), texts));
    }

    private static Uni<Void> tenant(SqlConnection tx, Seed.Tenant tenant, String hash) {
        var row =
                Tuple.tuple()
                        .addString(tenant.id())
                        .addString(tenant.name())
                        .addString(tenant.sipDomain())
                        .addString(tenant.timeZone())
                        .addString(tenant.language())
                        .addString(tenant.country())
                        .addString(tenant.defaultCallerNumber())
                        .addString(hash);
        return insert(tx, "tenant", 8, List.of(row));
    }

    private static Uni<Void> queues(SqlConnection tx, String tenantId, List<Seed.Queue> queues) {
        var rows =
                IntStream.range(0, queues.size())
                        .mapToObj(
                                i -> {
                                    var queue = queues.get(i);
                                    return Tuple.of(tenantId, queue.id(), i, queue.name())
                                            .addString(queue.extension())
                                            .addString(queue.strategy())
                                            .addLong(queue.offerTimeout().toMillis())
                                            .addLong(queue.reofferAfter().toMillis())
                                            .addInteger(queue.capacity())
                                            .addString(queue.music())
                                            .addArrayOfString(
                                                    queue.agents().toArray(String[]::new));
                                })
                        .toList();
        return insert(tx, "queue", 11, rows);
    }

    private static Uni<Void> numbers(SqlConnection tx, String tenantId, List<Seed.Number> numbers) {
        return insert(
                tx, "number", 6, numbers.stream().map(number -> number(tenantId, number)).toList());
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
        return row.addString(orEmpty(number.source())).addString(orEmpty(number.fallbackQueue()));
    }

    /** Hashing passwords is slow on purpose, so not on the thread that serves everybody. */
    private Uni<Void> people(SqlConnection tx, Seed seed) {
        return Uni.createFrom()
                .item(() -> rows(seed))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .chain(rows -> insert(tx, "person", 10, rows));
    }

    private List<Tuple> rows(Seed seed) {
        return seed.people().stream().map(person -> person(seed.tenant(), person)).toList();
    }

    private Tuple person(Seed.Tenant tenant, Seed.Person person) {
        var ha1 =
                person.extension() == null
                        ? null
                        : Buffer.buffer(
                                secrets.encrypt(
                                        PhoneSecrets.ha1(
                                                person.extension(),
                                                tenant.sipDomain(),
                                                person.password())));
        return Tuple.of(person.id(), tenant.id(), person.userName())
                .addString(person.extension())
                .addString(person.name())
                .addArrayOfString(person.roles().toArray(String[]::new))
                .addBoolean(person.phoneOnly())
                .addLong(person.wrapUp().toMillis())
                .addString(passwords.hash(person.password()))
                .addValue(ha1);
    }

    private static Uni<Void> serviceExtensions(
            SqlConnection tx, String tenantId, List<Seed.ServiceExtension> extensions) {
        return insert(
                tx,
                "service_extension",
                3,
                extensions.stream()
                        .map(e -> Tuple.of(tenantId, e.extension(), e.function()))
                        .toList());
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

    private static Uni<Void> flows(
            SqlConnection tx, String tenantId, List<Seed.Flow> flows, PromptTexts texts) {
        var written = new SeedFlows(texts);
        return insert(
                tx,
                "flow",
                4,
                flows.stream()
                        .map(flow -> Tuple.of(tenantId, flow.id(), 1L, written.json(flow)))
                        .toList());
    }

    /** Values stand in the order of the migration's columns. */
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
