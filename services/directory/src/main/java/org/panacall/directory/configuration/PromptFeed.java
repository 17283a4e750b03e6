// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.configuration;

import io.grpc.stub.StreamObserver;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.panacall.defaults.Outlet;
import org.panacall.directory.DirectoryConfig;
import org.panacall.proto.directory.v1.PublishedPrompt;
import org.panacall.proto.directory.v1.PublishedPrompts;
import org.panacall.proto.directory.v1.TenantPrompts;

/**
 * Tells media which prompts are heard now: what is there at once, then each change. It follows the
 * version of the configuration, of which prompts are a part, and says nothing when it was another
 * part that changed.
 */
@ApplicationScoped
public class PromptFeed {

    private static final int VERSIONS_BEHIND = 4;

    private static final String HEARD =
            """
            select t.tenant_id, t.language as own_language, p.prompt_id, p.language, v.text,
            v.audio_hash, octet_length(a.wave) as audio_bytes
            from directory.tenant t
            left join (directory.prompt p
            join directory.prompt_version v on v.tenant_id = p.tenant_id
            and v.prompt_id = p.prompt_id and v.language = p.language and v.version = p.published)
            on p.tenant_id = t.tenant_id
            left join directory.prompt_audio a
            on a.tenant_id = v.tenant_id and a.audio_hash = v.audio_hash
            order by t.tenant_id, p.prompt_id, p.language
            """;

    private final Pool pool;
    private final ConfigurationStore store;
    private final DirectoryConfig.Directory config;
    private final AtomicReference<PublishedPrompts> newest =
            new AtomicReference<>(PublishedPrompts.getDefaultInstance());
    private final Set<Outlet<PublishedPrompts>> watchers = ConcurrentHashMap.newKeySet();
    private final Semaphore nudges = new Semaphore(0);
    private final ReentrantLock telling = new ReentrantLock();
    private long seen;

    PromptFeed(Pool pool, ConfigurationStore store, DirectoryConfig config) {
        this.pool = pool;
        this.store = store;
        this.config = config.directory();
    }

    /** What is heard now, unless the reader knows it, and all that follows. */
    public void watch(long knownVersion, StreamObserver<PublishedPrompts> reader) {
        if (watchers.size() >= config.watchers()) {
            throw new RejectedExecutionException("too many readers of the prompts");
        }
        var place = new AtomicReference<Outlet<PublishedPrompts>>();
        place.set(new Outlet<>(reader, VERSIONS_BEHIND, () -> watchers.remove(place.get())));
        telling.lock();
        try {
            watchers.add(place.get());
            var first = newest.get();
            if (first.getVersion() != 0 && first.getVersion() != knownVersion) {
                place.get().offer(first);
            }
        } finally {
            telling.unlock();
        }
    }

    /** Says that there may be a change. Any thread. */
    public void nudge() {
        nudges.release();
    }

    /** Waits for a nudge, or for so long: other instances write too, and nudge nobody here. */
    public void awaitNudge(Duration longest) throws InterruptedException {
        if (nudges.tryAcquire(longest.toMillis(), TimeUnit.MILLISECONDS)) {
            nudges.drainPermits();
        }
    }

    /** Reads what is heard if there may be a change, and tells every reader. Blocks; one thread. */
    public void refresh() {
        long version = store.version().await().atMost(config.timeout());
        if (version == seen) {
            return;
        }
        var heard = pool.withTransaction(PromptFeed::snapshot).await().atMost(config.timeout());
        seen = heard.getVersion();
        var before = newest.get();
        if (before.getVersion() != 0 && before.getTenantsList().equals(heard.getTenantsList())) {
            return;
        }
        tell(heard);
    }

    /** No reader that comes at the same moment may be told of an older one after this. */
    private void tell(PublishedPrompts heard) {
        telling.lock();
        try {
            newest.set(heard);
            watchers.forEach(watcher -> watcher.offer(heard));
        } finally {
            telling.unlock();
        }
    }

    private static Uni<PublishedPrompts> snapshot(SqlConnection tx) {
        return tx.query("select version from directory.configuration for share")
                .execute()
                .map(rows -> rows.iterator().next().getLong("version"))
                .chain(version -> tx.query(HEARD).execute().map(rows -> whole(version, rows)));
    }

    private static PublishedPrompts whole(long version, RowSet<Row> rows) {
        var whole = PublishedPrompts.newBuilder().setVersion(version);
        TenantPrompts.Builder tenant = null;
        for (var row : rows) {
            var id = row.getString("tenant_id");
            if (tenant == null || !tenant.getTenantId().equals(id)) {
                tenant =
                        whole.addTenantsBuilder()
                                .setTenantId(id)
                                .setLanguage(row.getString("own_language"));
            }
            if (row.getString("prompt_id") != null) {
                tenant.addPrompts(prompt(row));
            }
        }
        return whole.build();
    }

    private static PublishedPrompt prompt(Row row) {
        var prompt =
                PublishedPrompt.newBuilder()
                        .setPromptId(row.getString("prompt_id"))
                        .setLanguage(row.getString("language"))
                        .setText(row.getString("text"));
        if (row.getString("audio_hash") != null) {
            prompt.setAudioHash(row.getString("audio_hash"))
                    .setAudioBytes(row.getInteger("audio_bytes"));
        }
        return prompt.build();
    }
}
