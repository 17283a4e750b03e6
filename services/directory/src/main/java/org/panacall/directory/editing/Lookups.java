// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.editing;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Optional;
import org.panacall.directory.DatabaseAway;
import org.panacall.directory.Rows;
import org.panacall.directory.configuration.ConfigurationStore;
import org.panacall.proto.directory.v1.GetPersonRequest;
import org.panacall.proto.directory.v1.GetQueueRequest;
import org.panacall.proto.directory.v1.GetTenantRequest;
import org.panacall.proto.directory.v1.KeptPerson;
import org.panacall.proto.directory.v1.KeptQueue;
import org.panacall.proto.directory.v1.KeptTenant;
import org.panacall.proto.directory.v1.ListQueuesRequest;
import org.panacall.proto.directory.v1.ListQueuesResponse;

/** What can be edited, as it is kept, with the revisions that an edit has to name. */
@ApplicationScoped
public class Lookups {

    private static final int PAGE_MAX = 500;

    private final Pool pool;
    private final Transactions transactions;
    private final ConfigurationStore store;

    Lookups(Pool pool, Transactions transactions, ConfigurationStore store) {
        this.pool = pool;
        this.transactions = transactions;
        this.store = store;
    }

    /** Settings and revision belong together: a change in progress is waited for. */
    public Uni<Optional<KeptTenant>> tenant(GetTenantRequest request) {
        var id = request.getTenantId();
        return transactions.run(
                tx -> {
                    tx.rows(
                            "select 1 from directory.tenant where tenant_id = $1 for share",
                            Tuple.of(id));
                    return tx.await(store.tenant(tx.connection(), id))
                            .map(found -> TenantEdits.kept(found, TenantEdits.revision(tx, id)));
                });
    }

    public Uni<Optional<KeptQueue>> queue(GetQueueRequest request) {
        return pool.preparedQuery(
                        "select * from directory.queue where tenant_id = $1 and queue_id = $2")
                .execute(Tuple.of(request.getTenantId(), request.getQueueId()))
                .onFailure()
                .transform(DatabaseAway::explained)
                .map(rows -> Rows.first(rows).map(QueueRows::kept));
    }

    public Uni<Optional<KeptPerson>> person(GetPersonRequest request) {
        return pool.preparedQuery(PersonRows.FIND)
                .execute(Tuple.of(request.getTenantId(), request.getPerson()))
                .onFailure()
                .transform(DatabaseAway::explained)
                .map(rows -> Rows.first(rows).map(PersonRows::kept));
    }

    /**
     * A page of queues, in their order.
     *
     * @throws IllegalArgumentException when the cursor is not one of ours
     */
    public Uni<ListQueuesResponse> queues(ListQueuesRequest request) {
        int size = Pages.size(request.getPageSize(), PAGE_MAX);
        var after = request.getCursor().isEmpty() ? -1 : Pages.number(request.getCursor());
        return pool.preparedQuery(
                        """
                        select * from directory.queue where tenant_id = $1 and position > $2::bigint
                        order by position limit $3
                        """)
                .execute(Tuple.of(request.getTenantId(), after, size + 1))
                .onFailure()
                .transform(DatabaseAway::explained)
                .map(
                        rows -> {
                            var page = ListQueuesResponse.newBuilder();
                            var positions = new ArrayList<Integer>();
                            for (var row : rows) {
                                if (positions.size() == size) {
                                    page.setNextCursor(String.valueOf(positions.getLast()));
                                    break;
                                }
                                positions.add(row.getInteger("position"));
                                page.addQueues(QueueRows.kept(row));
                            }
                            return page.build();
                        });
    }
}
