// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.grpc;

import io.grpc.ServerServiceDefinition;
import io.grpc.stub.StreamObserver;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import org.panacall.defaults.tree.Flaw;
import org.panacall.directory.editing.Outcome;
import org.panacall.directory.editing.flow.FlowEdits;
import org.panacall.directory.editing.flow.FlowLookups;
import org.panacall.proto.directory.v1.CheckFlowRequest;
import org.panacall.proto.directory.v1.CheckFlowResponse;
import org.panacall.proto.directory.v1.DiffFlowRequest;
import org.panacall.proto.directory.v1.DiffFlowResponse;
import org.panacall.proto.directory.v1.DiscardFlowDraftRequest;
import org.panacall.proto.directory.v1.DiscardFlowDraftResponse;
import org.panacall.proto.directory.v1.DraftDiscarded;
import org.panacall.proto.directory.v1.DraftSaved;
import org.panacall.proto.directory.v1.EditMistake;
import org.panacall.proto.directory.v1.EntityUnknown;
import org.panacall.proto.directory.v1.FlowChange;
import org.panacall.proto.directory.v1.FlowDifference;
import org.panacall.proto.directory.v1.FlowServiceGrpc;
import org.panacall.proto.directory.v1.GetFlowRequest;
import org.panacall.proto.directory.v1.GetFlowResponse;
import org.panacall.proto.directory.v1.KeptFlow;
import org.panacall.proto.directory.v1.ListFlowVersionsRequest;
import org.panacall.proto.directory.v1.ListFlowVersionsResponse;
import org.panacall.proto.directory.v1.ListFlowsRequest;
import org.panacall.proto.directory.v1.ListFlowsResponse;
import org.panacall.proto.directory.v1.PublishFlowRequest;
import org.panacall.proto.directory.v1.PublishFlowResponse;
import org.panacall.proto.directory.v1.RollBackFlowRequest;
import org.panacall.proto.directory.v1.RollBackFlowResponse;
import org.panacall.proto.directory.v1.SaveFlowDraftRequest;
import org.panacall.proto.directory.v1.SaveFlowDraftResponse;

/** The contract of drawing flows. */
@ApplicationScoped
public class FlowGrpc implements FlowServiceGrpc.AsyncService {

    private final FlowEdits edits;
    private final FlowLookups lookups;

    FlowGrpc(FlowEdits edits, FlowLookups lookups) {
        this.edits = edits;
        this.lookups = lookups;
    }

    /** What the server serves. */
    @Produces
    @Singleton
    ServerServiceDefinition flows() {
        return FlowServiceGrpc.bindService(this);
    }

    @Override
    public void listFlows(ListFlowsRequest request, StreamObserver<ListFlowsResponse> caller) {
        Answers.reply(
                lookups.list(request)
                        .map(flows -> ListFlowsResponse.newBuilder().addAllFlows(flows).build()),
                caller);
    }

    @Override
    public void getFlow(GetFlowRequest request, StreamObserver<GetFlowResponse> caller) {
        var answer = GetFlowResponse.newBuilder();
        Answers.found(
                lookups.one(request), answer::setFlow, answer::setUnknown, answer::build, caller);
    }

    @Override
    public void saveFlowDraft(
            SaveFlowDraftRequest request, StreamObserver<SaveFlowDraftResponse> caller) {
        Answers.reply(
                edits.save(request)
                        .chain(
                                outcome ->
                                        switch (outcome) {
                                            case Outcome.Done<KeptFlow>(var kept, _) ->
                                                    saved(request, kept);
                                            case Outcome.Refused<KeptFlow>(var why) ->
                                                    Uni.createFrom()
                                                            .item(
                                                                    SaveFlowDraftResponse
                                                                            .newBuilder()
                                                                            .setRefused(why)
                                                                            .build());
                                        }),
                caller);
    }

    private Uni<SaveFlowDraftResponse> saved(SaveFlowDraftRequest request, KeptFlow kept) {
        var check =
                CheckFlowRequest.newBuilder()
                        .setTenantId(request.getEdit().getTenantId())
                        .setFlow(kept.getFlow())
                        .build();
        return lookups.check(check)
                .map(
                        flaws ->
                                SaveFlowDraftResponse.newBuilder()
                                        .setSaved(
                                                DraftSaved.newBuilder()
                                                        .setDraft(kept)
                                                        .addAllMistakes(mistakes(flaws)))
                                        .build());
    }

    @Override
    public void discardFlowDraft(
            DiscardFlowDraftRequest request, StreamObserver<DiscardFlowDraftResponse> caller) {
        var answer = DiscardFlowDraftResponse.newBuilder();
        var none = DraftDiscarded.getDefaultInstance();
        Answers.edited(
                edits.discard(request),
                done -> answer.setDiscarded(none),
                answer::setRefused,
                answer::build,
                caller);
    }

    @Override
    public void checkFlow(CheckFlowRequest request, StreamObserver<CheckFlowResponse> caller) {
        Answers.reply(
                lookups.check(request)
                        .map(
                                flaws ->
                                        CheckFlowResponse.newBuilder()
                                                .addAllMistakes(mistakes(flaws))
                                                .build()),
                caller);
    }

    @Override
    public void publishFlow(
            PublishFlowRequest request, StreamObserver<PublishFlowResponse> caller) {
        var answer = PublishFlowResponse.newBuilder();
        Answers.edited(
                edits.publish(request),
                done -> answer.setFlow(done.kept()),
                answer::setRefused,
                answer::build,
                caller);
    }

    @Override
    public void rollBackFlow(
            RollBackFlowRequest request, StreamObserver<RollBackFlowResponse> caller) {
        var answer = RollBackFlowResponse.newBuilder();
        Answers.edited(
                edits.rollBack(request),
                done -> answer.setFlow(done.kept()),
                answer::setRefused,
                answer::build,
                caller);
    }

    @Override
    public void listFlowVersions(
            ListFlowVersionsRequest request, StreamObserver<ListFlowVersionsResponse> caller) {
        Answers.reply(
                lookups.versions(request)
                        .map(
                                versions ->
                                        ListFlowVersionsResponse.newBuilder()
                                                .addAllVersions(versions)
                                                .build()),
                caller);
    }

    @Override
    public void diffFlow(DiffFlowRequest request, StreamObserver<DiffFlowResponse> caller) {
        var answer = DiffFlowResponse.newBuilder();
        Answers.reply(
                lookups.diff(request)
                        .map(
                                found ->
                                        found.map(
                                                        changes -> {
                                                            var all = FlowDifference.newBuilder();
                                                            changes.forEach(
                                                                    one ->
                                                                            all.addChanges(
                                                                                    change(one)));
                                                            return answer.setDifference(all);
                                                        })
                                                .orElseGet(() -> answer.setUnknown(unknown()))
                                                .build()),
                caller);
    }

    private static FlowChange change(org.panacall.flow.document.FlowDiff.Change change) {
        return FlowChange.newBuilder()
                .setField(change.field())
                .setBefore(change.before())
                .setAfter(change.after())
                .build();
    }

    private static List<EditMistake> mistakes(List<Flaw> flaws) {
        return flaws.stream()
                .map(
                        flaw ->
                                EditMistake.newBuilder()
                                        .setField(flaw.field())
                                        .setMessage(flaw.message())
                                        .build())
                .toList();
    }

    private static EntityUnknown unknown() {
        return EntityUnknown.getDefaultInstance();
    }
}
