// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.directory;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.panacall.proto.directory.v1.CheckFlowRequest;
import org.panacall.proto.directory.v1.DiffFlowRequest;
import org.panacall.proto.directory.v1.DiffFlowResponse;
import org.panacall.proto.directory.v1.DiscardFlowDraftRequest;
import org.panacall.proto.directory.v1.DiscardFlowDraftResponse;
import org.panacall.proto.directory.v1.EditMistake;
import org.panacall.proto.directory.v1.Flow;
import org.panacall.proto.directory.v1.FlowServiceGrpc;
import org.panacall.proto.directory.v1.FlowServiceGrpc.FlowServiceBlockingStub;
import org.panacall.proto.directory.v1.FlowSummary;
import org.panacall.proto.directory.v1.GetFlowRequest;
import org.panacall.proto.directory.v1.KeptFlow;
import org.panacall.proto.directory.v1.ListFlowVersionsRequest;
import org.panacall.proto.directory.v1.ListFlowsRequest;
import org.panacall.proto.directory.v1.PublishFlowRequest;
import org.panacall.proto.directory.v1.PublishFlowResponse;
import org.panacall.proto.directory.v1.RollBackFlowRequest;
import org.panacall.proto.directory.v1.RollBackFlowResponse;
import org.panacall.proto.directory.v1.SaveFlowDraftRequest;
import org.panacall.proto.directory.v1.SaveFlowDraftResponse;

/** Flows as the directory keeps them: versions and drafts. Blocks. */
@ApplicationScoped
public class FlowClient {

    private final DirectoryStubs stubs;

    FlowClient(DirectoryStubs stubs) {
        this.stubs = stubs;
    }

    /** All flows, published or not. */
    public List<FlowSummary> list(String tenantId) {
        return stub().listFlows(ListFlowsRequest.newBuilder().setTenantId(tenantId).build())
                .getFlowsList();
    }

    /** A version; 0: the published one. */
    public Optional<KeptFlow> version(String tenantId, String flowId, long version) {
        return one(
                GetFlowRequest.newBuilder()
                        .setTenantId(tenantId)
                        .setFlowId(flowId)
                        .setVersion(version));
    }

    public Optional<KeptFlow> draft(String tenantId, String flowId) {
        return one(
                GetFlowRequest.newBuilder().setTenantId(tenantId).setFlowId(flowId).setDraft(true));
    }

    private Optional<KeptFlow> one(GetFlowRequest.Builder request) {
        var answer = stub().getFlow(request.build());
        return answer.hasFlow() ? Optional.of(answer.getFlow()) : Optional.empty();
    }

    public List<KeptFlow> versions(String tenantId, String flowId) {
        return stub().listFlowVersions(
                        ListFlowVersionsRequest.newBuilder()
                                .setTenantId(tenantId)
                                .setFlowId(flowId)
                                .build())
                .getVersionsList();
    }

    public List<EditMistake> check(String tenantId, Flow flow) {
        return stub().checkFlow(
                        CheckFlowRequest.newBuilder().setTenantId(tenantId).setFlow(flow).build())
                .getMistakesList();
    }

    public SaveFlowDraftResponse save(SaveFlowDraftRequest request) {
        return stub().saveFlowDraft(request);
    }

    public DiscardFlowDraftResponse discard(DiscardFlowDraftRequest request) {
        return stub().discardFlowDraft(request);
    }

    public PublishFlowResponse publish(PublishFlowRequest request) {
        return stub().publishFlow(request);
    }

    public RollBackFlowResponse rollBack(RollBackFlowRequest request) {
        return stub().rollBackFlow(request);
    }

    public DiffFlowResponse diff(DiffFlowRequest request) {
        return stub().diffFlow(request);
    }

    private FlowServiceBlockingStub stub() {
        return stubs.of(FlowServiceGrpc::newBlockingStub);
    }
}
