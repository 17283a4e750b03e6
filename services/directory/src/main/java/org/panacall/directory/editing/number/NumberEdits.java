// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.editing.number;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.panacall.defaults.tree.Flaw;
import org.panacall.directory.DatabaseAway;
import org.panacall.directory.Rows;
import org.panacall.directory.checks.NumberChecks;
import org.panacall.directory.configuration.Definitions;
import org.panacall.directory.editing.Audit;
import org.panacall.directory.editing.Edits;
import org.panacall.directory.editing.Outcome;
import org.panacall.directory.editing.Pages;
import org.panacall.directory.editing.Refusals;
import org.panacall.directory.editing.Scene;
import org.panacall.proto.directory.v1.DeleteNumberRequest;
import org.panacall.proto.directory.v1.GetNumberRequest;
import org.panacall.proto.directory.v1.KeptNumber;
import org.panacall.proto.directory.v1.ListNumbersRequest;
import org.panacall.proto.directory.v1.ListNumbersResponse;
import org.panacall.proto.directory.v1.Number;
import org.panacall.proto.directory.v1.PutNumberRequest;

/** Finds, makes, changes and deletes the numbers that patients dial. */
@ApplicationScoped
public class NumberEdits {

    private static final int PAGE_MAX = 500;
    private static final int NUMBERS_MAX = 10_000;

    private final Edits edits;
    private final Pool pool;

    NumberEdits(Edits edits, Pool pool) {
        this.edits = edits;
        this.pool = pool;
    }

    /** A page of numbers, in their order; the cursor is the last one before it. */
    public Uni<ListNumbersResponse> list(ListNumbersRequest request) {
        int size = Pages.size(request.getPageSize(), PAGE_MAX);
        return pool.preparedQuery(
                        """
                        select * from directory.number where tenant_id = $1 and number > $2
                        order by number limit $3
                        """)
                .execute(Tuple.of(request.getTenantId(), request.getCursor(), size + 1))
                .onFailure()
                .transform(DatabaseAway::explained)
                .map(
                        rows -> {
                            var page = ListNumbersResponse.newBuilder();
                            for (var row : rows) {
                                if (page.getNumbersCount() == size) {
                                    var last = page.getNumbers(size - 1).getNumber();
                                    page.setNextCursor(last.getNumber());
                                    break;
                                }
                                page.addNumbers(NumberRows.kept(row));
                            }
                            return page.build();
                        });
    }

    public Uni<Optional<KeptNumber>> find(GetNumberRequest request) {
        return pool.preparedQuery(
                        "select * from directory.number where tenant_id = $1 and number = $2")
                .execute(Tuple.of(request.getTenantId(), request.getNumber()))
                .onFailure()
                .transform(DatabaseAway::explained)
                .map(rows -> Rows.first(rows).map(NumberRows::kept));
    }

    public Uni<Outcome<Number>> put(PutNumberRequest request) {
        var wanted = request.getNumber();
        return edits.make(
                request.getEdit(),
                request,
                new Edits.Deed<>(
                        scene -> put(scene, wanted), scene -> kept(scene, wanted.getNumber())));
    }

    private static Outcome<Number> put(Scene scene, Number wanted) {
        var before = NumberRows.find(scene.tx(), wanted.getNumber());
        if (before.isPresent() && !before.get().tenantId().equals(scene.tenantId())) {
            return Refusals.exists();
        }
        var old = before.map(NumberRows.Found::kept);
        if (old.isPresent() && old.get().getNumber().equals(wanted)) {
            return done(old.get());
        }
        long known = old.map(KeptNumber::getRevision).orElse(0L);
        if (scene.isStale(known)) {
            return old.isPresent() ? Refusals.stale(known) : Refusals.unknown();
        }
        if (old.isEmpty() && scene.tenant().getNumbersCount() >= NUMBERS_MAX) {
            var flaw = new Flaw("number", "there are " + NUMBERS_MAX + " already; delete one");
            return Refusals.mistakes(List.of(flaw));
        }
        var flaws = NumberChecks.flaws(wanted, scene.tenant());
        if (!flaws.isEmpty()) {
            return Refusals.mistakes(flaws);
        }
        long revision = scene.revise();
        NumberRows.put(scene.tx(), scene.tenantId(), wanted, revision);
        scene.note(
                new Audit.Entry(
                        old.isPresent() ? "number-changed" : "number-created",
                        wanted.getNumber(),
                        old.map(kept -> Definitions.print(kept.getNumber())).orElse(null),
                        Definitions.print(wanted)));
        return new Outcome.Done<>(wanted, revision);
    }

    public Uni<Outcome<Number>> delete(DeleteNumberRequest request) {
        var number = request.getNumber();
        Outcome<Number> gone = new Outcome.Done<>(Number.newBuilder().setNumber(number).build(), 0);
        return edits.make(
                request.getEdit(),
                request,
                new Edits.Deed<>(scene -> delete(scene, number), scene -> gone));
    }

    private static Outcome<Number> delete(Scene scene, String number) {
        var before = own(scene, number);
        if (before.isEmpty()) {
            return Refusals.unknown();
        }
        if (scene.isStale(before.get().getRevision())) {
            return Refusals.stale(before.get().getRevision());
        }
        long revision = scene.revise();
        NumberRows.delete(scene.tx(), number);
        var old = before.get().getNumber();
        scene.note(new Audit.Entry("number-deleted", number, Definitions.print(old), null));
        return new Outcome.Done<>(old, revision);
    }

    private static Optional<KeptNumber> own(Scene scene, String number) {
        return NumberRows.find(scene.tx(), number)
                .filter(found -> found.tenantId().equals(scene.tenantId()))
                .map(NumberRows.Found::kept);
    }

    private static Outcome<Number> done(KeptNumber kept) {
        return new Outcome.Done<>(kept.getNumber(), kept.getRevision());
    }

    private static Outcome<Number> kept(Scene scene, String number) {
        return own(scene, number).map(NumberEdits::done).orElseGet(Refusals::unknown);
    }
}
