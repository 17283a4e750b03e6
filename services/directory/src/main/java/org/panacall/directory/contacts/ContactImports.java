// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.contacts;

import com.google.protobuf.util.Timestamps;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.panacall.defaults.tree.Flaw;
import org.panacall.directory.DatabaseAway;
import org.panacall.directory.DirectoryConfig;
import org.panacall.directory.Rows;
import org.panacall.directory.configuration.ConfigurationStore;
import org.panacall.directory.configuration.Definitions;
import org.panacall.directory.contacts.file.ContactFile;
import org.panacall.directory.contacts.file.ContactFile.Line;
import org.panacall.directory.contacts.file.FileRefused;
import org.panacall.directory.editing.Audit;
import org.panacall.directory.editing.CarriedOut;
import org.panacall.directory.editing.Edits;
import org.panacall.directory.editing.Outcome;
import org.panacall.directory.editing.Refusals;
import org.panacall.directory.editing.Transactions;
import org.panacall.directory.editing.Transactions.Tx;
import org.panacall.proto.directory.v1.ContactImport;
import org.panacall.proto.directory.v1.ContactImportStart;
import org.panacall.proto.directory.v1.ContactImportState;
import org.panacall.proto.directory.v1.ContactNote;
import org.panacall.proto.directory.v1.Edit;
import org.panacall.proto.directory.v1.GetContactImportRequest;
import org.panacall.proto.directory.v1.Tenant;

/** Takes files of contacts, and works them off line by line, some at a time. */
@ApplicationScoped
public class ContactImports {

    private static final Logger LOG = Logger.getLogger(ContactImports.class);
    private static final int CHUNK = 250;
    private static final int ATTEMPTS = 5;
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final Pool pool;
    private final Transactions transactions;
    private final ConfigurationStore store;
    private final Audit audit;
    private final DirectoryConfig.Contacts config;
    private final MeterRegistry metrics;
    private final Semaphore running;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    ContactImports(
            Pool pool,
            Transactions transactions,
            ConfigurationStore store,
            Audit audit,
            DirectoryConfig config,
            MeterRegistry metrics) {
        this.pool = pool;
        this.transactions = transactions;
        this.store = store;
        this.audit = audit;
        this.config = config.directory().contacts();
        this.metrics = metrics;
        running = new Semaphore(this.config.imports());
    }

    @PreDestroy
    void close() {
        stopped.countDown();
        threads.shutdownNow();
    }

    /** Whether there is room for one more; who has it must begin it or give the room back. */
    public boolean admit() {
        return running.tryAcquire();
    }

    public void leave() {
        running.release();
    }

    /** Begins an import that was admitted. */
    public Uni<Outcome<ContactImport>> begin(ContactImportStart start, byte[] file) {
        List<Line> lines;
        try {
            Edits.check(start.getEdit());
            lines = ContactFile.read(file, start.getKind(), config.fileLines());
        } catch (FileRefused why) {
            leave();
            return Uni.createFrom()
                    .item(Refusals.mistakes(List.of(new Flaw("file", why.getMessage()))));
        } catch (RuntimeException fault) {
            leave();
            return Uni.createFrom().failure(fault);
        }
        var edit = start.getEdit();
        var begun =
                ContactImport.newBuilder()
                        .setImportId(ContactIds.of("import", edit))
                        .setState(ContactImportState.CONTACT_IMPORT_STATE_RUNNING)
                        .setLines(lines.size())
                        .setAuthor(edit.getAuthor())
                        .setStartedAt(Timestamps.now());
        return transactions
                .run(tx -> begin(tx, start, begun))
                .onItemOrFailure()
                .invoke(
                        (outcome, fault) -> {
                            if (fault == null
                                    && outcome instanceof Outcome.Done<Begun>(var is, _)
                                    && is.isNew()) {
                                threads.execute(() -> run(edit, lines, begun));
                            } else {
                                leave();
                            }
                        })
                .map(
                        outcome ->
                                outcome.told(
                                        done -> new Outcome.Done<>(done.kept().progress(), 0),
                                        Outcome.Refused::new));
    }

    /**
     * @param isNew it was not begun before
     */
    private record Begun(ContactImport progress, boolean isNew) {}

    private Outcome<Begun> begin(Tx tx, ContactImportStart start, ContactImport.Builder begun) {
        var edit = start.getEdit();
        if (tx.await(store.tenant(tx.connection(), edit.getTenantId())).isEmpty()) {
            return Refusals.unknown();
        }
        var repeat = CarriedOut.same(tx, edit, start);
        if (repeat.isPresent()) {
            var known = find(tx, edit.getTenantId(), begun.getImportId());
            return repeat.get() && known.isPresent()
                    ? new Outcome.Done<>(new Begun(known.get(), false), 0)
                    : Refusals.keyReused();
        }
        tx.rows(
                "delete from directory.contact_import"
                        + " where touched_at < now() - interval '30 days'",
                Tuple.tuple());
        write(tx, edit.getTenantId(), begun);
        note(tx, edit, begun, "contacts-import-started");
        CarriedOut.remember(tx, edit, start);
        return new Outcome.Done<>(new Begun(begun.build(), true), 0);
    }

    private void run(Edit edit, List<Line> lines, ContactImport.Builder progress) {
        try {
            for (int at = 0; at < lines.size(); at += CHUNK) {
                var some = lines.subList(at, Math.min(lines.size(), at + CHUNK));
                var before = progress.build();
                var after = attempted(tx -> chunk(tx, edit, some, before));
                progress.clear().mergeFrom(after);
            }
            progress.setState(ContactImportState.CONTACT_IMPORT_STATE_DONE)
                    .setEndedAt(Timestamps.now());
            attempted(
                    tx -> {
                        write(tx, edit.getTenantId(), progress);
                        note(tx, edit, progress, "contacts-imported");
                        return progress.build();
                    });
            metrics.counter("panacall.directory.contact.imports", "outcome", "done").increment();
        } catch (RuntimeException fault) {
            metrics.counter("panacall.directory.contact.imports", "outcome", "failed").increment();
            LOG.warnf("an import ended early: import=%s %s", progress.getImportId(), fault);
        } finally {
            leave();
        }
    }

    private interface Deed {
        ContactImport carryOut(Tx tx);
    }

    /** A database that is away for a moment ends no import. */
    private ContactImport attempted(Deed deed) {
        for (int attempt = 1; ; attempt++) {
            try {
                return transactions.run(deed::carryOut).await().indefinitely();
            } catch (RuntimeException fault) {
                if (attempt >= ATTEMPTS || !(fault.getCause() instanceof IOException)) {
                    throw fault;
                }
                pause();
            }
        }
    }

    private void pause() {
        try {
            if (stopped.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("directory ends");
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("directory ends", stopping);
        }
    }

    private ContactImport chunk(Tx tx, Edit edit, List<Line> lines, ContactImport before) {
        var tenantId = edit.getTenantId();
        Tenant tenant = tx.await(store.tenant(tx.connection(), tenantId)).orElseThrow();
        long room = config.most() - ContactRows.lock(tx, tenantId);
        var chunk = new ImportChunk(tenant.getCountry(), new ContactChecks(tenant));
        var wanted = lines.stream().map(chunk::wanted).toList();
        chunk.know(
                ContactRows.known(
                        tx,
                        tenantId,
                        ImportChunk.externalIds(wanted),
                        ImportChunk.numbers(wanted)));
        var progress = before.toBuilder();
        for (var one : wanted) {
            chunk.take(one, newId(), room, progress);
        }
        ContactRows.put(tx, tenantId, chunk.changed());
        ContactRows.count(tx, tenantId, chunk.created());
        write(tx, tenantId, progress);
        return progress.build();
    }

    private static String newId() {
        return ContactIds.of("contact", Edit.getDefaultInstance());
    }

    private void note(Tx tx, Edit edit, ContactImport.Builder progress, String kind) {
        var note =
                ContactNote.newBuilder()
                        .setLines(progress.getLines())
                        .setCreated(progress.getCreated())
                        .setChanged(progress.getChanged())
                        .setRefused(progress.getRefused());
        audit.write(
                tx,
                edit.getTenantId(),
                edit.getAuthor(),
                ContactNotes.imported(kind, progress.getImportId(), note));
    }

    private static void write(Tx tx, String tenantId, ContactImport.Builder progress) {
        tx.rows(
                """
                insert into directory.contact_import (tenant_id, import_id, progress)
                values ($1, $2, $3) on conflict (tenant_id, import_id)
                do update set progress = $3, touched_at = now()
                """,
                Tuple.of(tenantId, progress.getImportId(), Definitions.print(progress)));
    }

    private static final String FIND =
            """
            select import_id, progress, touched_at < now() - interval '1 minute' as is_silent
            from directory.contact_import where tenant_id = $1 and import_id = $2
            """;

    private static Optional<ContactImport> find(Tx tx, String tenantId, String importId) {
        var rows = tx.rows(FIND, Tuple.of(tenantId, importId));
        return Rows.first(rows).map(ContactImports::read);
    }

    /** How far an import has come; nobody who works one off is silent for a minute. */
    public Uni<Optional<ContactImport>> one(GetContactImportRequest request) {
        return pool.preparedQuery(FIND)
                .execute(Tuple.of(request.getTenantId(), request.getImportId()))
                .onFailure()
                .transform(DatabaseAway::explained)
                .map(rows -> Rows.first(rows).map(ContactImports::read));
    }

    private static ContactImport read(Row row) {
        var known =
                Definitions.contactImport(row.getString("import_id"), row.getString("progress"));
        var isOver = known.getState() != ContactImportState.CONTACT_IMPORT_STATE_RUNNING;
        return isOver || !row.getBoolean("is_silent")
                ? known
                : known.toBuilder()
                        .setState(ContactImportState.CONTACT_IMPORT_STATE_INTERRUPTED)
                        .build();
    }
}
