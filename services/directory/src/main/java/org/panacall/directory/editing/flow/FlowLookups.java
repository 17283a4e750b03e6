// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.editing.flow;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.panacall.defaults.tree.Flaw;
import org.panacall.directory.configuration.ConfigurationStore;
import org.panacall.directory.configuration.Definitions;
import org.panacall.directory.editing.Transactions;
import org.panacall.directory.editing.Transactions.Tx;
import org.panacall.flow.check.FlowAround;
import org.panacall.flow.check.FlowChecks;
import org.panacall.flow.document.FlowDefaults;
import org.panacall.flow.document.FlowDiff;
import org.panacall.proto.directory.v1.CheckFlowRequest;
import org.panacall.proto.directory.v1.DiffFlowRequest;
import org.panacall.proto.directory.v1.Flow;
import org.panacall.proto.directory.v1.FlowSummary;
import org.panacall.proto.directory.v1.GetFlowRequest;
import org.panacall.proto.directory.v1.KeptFlow;
import org.panacall.proto.directory.v1.ListFlowVersionsRequest;
import org.panacall.proto.directory.v1.ListFlowsRequest;

/** Flows as they are kept: published, in versions, as drafts. */
@ApplicationScoped
public class FlowLookups {

    private static final int VERSIONS_MAX = 200;

    private final Transactions transactions;
    private final ConfigurationStore store;

    FlowLookups(Transactions transactions, ConfigurationStore store) {
        this.transactions = transactions;
        this.store = store;
    }

    public Uni<List<FlowSummary>> list(ListFlowsRequest request) {
        return transactions.run(
                tx ->
                        tx
                                .rows(
                                        """
                                        select coalesce(f.flow_id, d.flow_id) as flow_id,
                                        coalesce(f.definition, d.definition) as definition,
                                        coalesce(f.version, 0) as version,
                                        d.flow_id is not null as has_draft
                                        from (select * from directory.flow where tenant_id = $1) f
                                        full join (select * from directory.flow_draft
                                        where tenant_id = $1) d on d.flow_id = f.flow_id
                                        order by 1
                                        """,
                                        Tuple.of(request.getTenantId()))
                                .stream()
                                .map(
                                        row -> {
                                            var id = row.getString("flow_id");
                                            var flow =
                                                    Definitions.flow(
                                                            id, row.getString("definition"));
                                            return FlowSummary.newBuilder()
                                                    .setFlowId(id)
                                                    .setName(flow.getName())
                                                    .setVersion(row.getLong("version"))
                                                    .setHasDraft(row.getBoolean("has_draft"))
                                                    .setSubFlow(flow.getSubFlow())
                                                    .build();
                                        })
                                .toList());
    }

    public Uni<Optional<KeptFlow>> one(GetFlowRequest request) {
        return transactions.run(
                tx ->
                        request.getDraft()
                                ? FlowRows.draft(tx, request.getTenantId(), request.getFlowId())
                                : version(
                                        tx,
                                        request.getTenantId(),
                                        request.getFlowId(),
                                        request.getVersion()));
    }

    /** 0: the published one. */
    private static Optional<KeptFlow> version(Tx tx, String tenantId, String flowId, long version) {
        var wanted = version == 0 ? FlowRows.published(tx, tenantId, flowId) : version;
        return FlowRows.version(tx, tenantId, flowId, wanted);
    }

    /** The newest first, without steps. */
    public Uni<List<KeptFlow>> versions(ListFlowVersionsRequest request) {
        return transactions.run(
                tx ->
                        tx
                                .rows(
                                        "select * from directory.flow_version where tenant_id = $1"
                                                + " and flow_id = $2 order by version desc"
                                                + " limit $3",
                                        Tuple.of(
                                                request.getTenantId(),
                                                request.getFlowId(),
                                                VERSIONS_MAX))
                                .stream()
                                .map(row -> FlowRows.kept(row, row.getLong("version")))
                                .map(
                                        kept ->
                                                kept.toBuilder()
                                                        .setFlow(
                                                                kept.getFlow().toBuilder()
                                                                        .clearSteps())
                                                        .build())
                                .toList());
    }

    /** What is wrong with a flow in its tenant; nothing can be said without one. */
    public Uni<List<Flaw>> check(CheckFlowRequest request) {
        return flaws(request.getTenantId(), FlowDefaults.complete(request.getFlow()));
    }

    Uni<List<Flaw>> flaws(String tenantId, Flow flow) {
        return transactions.run(
                tx ->
                        tx.await(store.tenant(tx.connection(), tenantId))
                                .map(tenant -> FlowChecks.flaws(flow, FlowAround.of(tenant)))
                                .orElseGet(() -> List.of(new Flaw("", "there is no such tenant"))));
    }

    /** Empty when one of the two is not there. */
    public Uni<Optional<List<FlowDiff.Change>>> diff(DiffFlowRequest request) {
        var tenant = request.getTenantId();
        var id = request.getFlowId();
        return transactions.run(
                tx -> {
                    var from = version(tx, tenant, id, request.getFrom());
                    var to =
                            request.getTo() == 0
                                    ? FlowRows.draft(tx, tenant, id)
                                    : version(tx, tenant, id, request.getTo());
                    return from.isEmpty() || to.isEmpty()
                            ? Optional.<List<FlowDiff.Change>>empty()
                            : Optional.of(
                                    FlowDiff.between(from.get().getFlow(), to.get().getFlow()));
                });
    }
}
