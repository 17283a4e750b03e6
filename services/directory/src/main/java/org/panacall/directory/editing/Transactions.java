// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.editing;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.panacall.directory.DatabaseAway;
import org.panacall.directory.DirectoryConfig;

/** Runs what needs several statements, one after another, in one transaction. */
@ApplicationScoped
public class Transactions {

    /** What a transaction can be asked. Blocks; made for one virtual thread. */
    public record Tx(SqlConnection connection, Duration timeout) {

        public RowSet<Row> rows(String sql, Tuple values) {
            return connection.preparedQuery(sql).execute(values).await().atMost(timeout);
        }

        /** The same statement with each of these. */
        public void each(String sql, List<Tuple> values) {
            if (!values.isEmpty()) {
                connection.preparedQuery(sql).executeBatch(values).await().atMost(timeout);
            }
        }

        public <T> T await(Uni<T> answer) {
            return answer.await().atMost(timeout);
        }
    }

    private final Pool pool;
    private final Duration timeout;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    Transactions(Pool pool, DirectoryConfig config) {
        this.pool = pool;
        timeout = config.directory().timeout();
    }

    /** Commits what the deed did, or undoes it all when it throws. */
    public <T> Uni<T> run(Function<Tx, T> deed) {
        return pool.withTransaction(
                        connection ->
                                Uni.createFrom()
                                        .item(() -> deed.apply(new Tx(connection, timeout)))
                                        .runSubscriptionOn(threads))
                .onFailure()
                .transform(DatabaseAway::explained);
    }

    /** Runs what blocks. */
    Uni<Void> later(Runnable deed) {
        return Uni.createFrom().voidItem().invoke(deed).runSubscriptionOn(threads);
    }

    @PreDestroy
    void close() {
        threads.shutdown();
    }
}
