// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.flows;

import io.grpc.stub.StreamObserver;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.panacall.proto.directory.v1.CheckFlowRequest;
import org.panacall.proto.directory.v1.CheckFlowResponse;
import org.panacall.proto.directory.v1.DiffFlowRequest;
import org.panacall.proto.directory.v1.DiffFlowResponse;
import org.panacall.proto.directory.v1.DiscardFlowDraftRequest;
import org.panacall.proto.directory.v1.DiscardFlowDraftResponse;
import org.panacall.proto.directory.v1.DraftDiscarded;
import org.panacall.proto.directory.v1.DraftSaved;
import org.panacall.proto.directory.v1.EditMistake;
import org.panacall.proto.directory.v1.EditRefused;
import org.panacall.proto.directory.v1.EntityUnknown;
import org.panacall.proto.directory.v1.FlowChange;
import org.panacall.proto.directory.v1.FlowDifference;
import org.panacall.proto.directory.v1.FlowServiceGrpc;
import org.panacall.proto.directory.v1.FlowSummary;
import org.panacall.proto.directory.v1.GetFlowRequest;
import org.panacall.proto.directory.v1.GetFlowResponse;
import org.panacall.proto.directory.v1.KeptFlow;
import org.panacall.proto.directory.v1.ListFlowVersionsRequest;
import org.panacall.proto.directory.v1.ListFlowVersionsResponse;
import org.panacall.proto.directory.v1.ListFlowsRequest;
import org.panacall.proto.directory.v1.ListFlowsResponse;
import org.panacall.proto.directory.v1.MistakesFound;
import org.panacall.proto.directory.v1.PublishFlowRequest;
import org.panacall.proto.directory.v1.PublishFlowResponse;
import org.panacall.proto.directory.v1.RevisionStale;
import org.panacall.proto.directory.v1.RollBackFlowRequest;
import org.panacall.proto.directory.v1.RollBackFlowResponse;
import org.panacall.proto.directory.v1.SaveFlowDraftRequest;
import org.panacall.proto.directory.v1.SaveFlowDraftResponse;

/** directory's flows: one draft each, whose every step named "bad" is a mistake. */
public final class PlayedFlows extends FlowServiceGrpc.FlowServiceImplBase {

    public final BlockingQueue<PublishFlowRequest> published = new LinkedBlockingQueue<>();
    private final Map<String, KeptFlow> drafts = new TreeMap<>();

    private static CheckFlowResponse mistakes(org.panacall.proto.directory.v1.Flow flow) {
        var answer = CheckFlowResponse.newBuilder();
        flow.getStepsList().stream()
                .filter(step -> step.getStepId().equals("bad"))
                .forEach(
                        step ->
                                answer.addMistakes(
                                        EditMistake.newBuilder()
                                                .setField("steps(bad)")
                                                .setMessage("nobody comes here")));
        return answer.build();
    }

    @Override
    public void saveFlowDraft(
            SaveFlowDraftRequest request, StreamObserver<SaveFlowDraftResponse> observer) {
        var id = request.getFlow().getFlowId();
        var old = drafts.get(id);
        var known = request.getEdit().getKnownRevision();
        var answer = SaveFlowDraftResponse.newBuilder();
        if (old != null && known != 0 && known != old.getRevision()) {
            answer.setRefused(
                    EditRefused.newBuilder()
                            .setRevisionStale(
                                    RevisionStale.newBuilder().setRevision(old.getRevision())));
        } else {
            var kept =
                    KeptFlow.newBuilder()
                            .setFlow(request.getFlow())
                            .setRevision(old == null ? 41 : old.getRevision() + 1)
                            .build();
            drafts.put(id, kept);
            answer.setSaved(
                    DraftSaved.newBuilder()
                            .setDraft(kept)
                            .addAllMistakes(mistakes(kept.getFlow()).getMistakesList()));
        }
        reply(answer.build(), observer);
    }

    @Override
    public void listFlows(ListFlowsRequest request, StreamObserver<ListFlowsResponse> observer) {
        reply(
                ListFlowsResponse.newBuilder()
                        .addFlows(FlowSummary.newBuilder().setFlowId("main").setVersion(3))
                        .addFlows(
                                FlowSummary.newBuilder()
                                        .setFlowId("night")
                                        .setName("Night")
                                        .setHasDraft(true))
                        .build(),
                observer);
    }

    @Override
    public void checkFlow(CheckFlowRequest request, StreamObserver<CheckFlowResponse> observer) {
        reply(mistakes(request.getFlow()), observer);
    }

    @Override
    public void getFlow(GetFlowRequest request, StreamObserver<GetFlowResponse> observer) {
        var found = request.getVersion() > 1 ? null : drafts.get(request.getFlowId());
        var answer = GetFlowResponse.newBuilder();
        reply(
                found == null
                        ? answer.setUnknown(EntityUnknown.getDefaultInstance()).build()
                        : answer.setFlow(found).build(),
                observer);
    }

    @Override
    public void discardFlowDraft(
            DiscardFlowDraftRequest request, StreamObserver<DiscardFlowDraftResponse> observer) {
        drafts.remove(request.getFlowId());
        reply(
                DiscardFlowDraftResponse.newBuilder()
                        .setDiscarded(DraftDiscarded.getDefaultInstance())
                        .build(),
                observer);
    }

    @Override
    public void publishFlow(
            PublishFlowRequest request, StreamObserver<PublishFlowResponse> observer) {
        published.add(request);
        var draft = drafts.get(request.getFlowId());
        var mistakes = mistakes(draft.getFlow()).getMistakesList();
        var answer = PublishFlowResponse.newBuilder();
        reply(
                mistakes.isEmpty()
                        ? answer.setFlow(
                                        draft.toBuilder()
                                                .setRevision(1)
                                                .setAuthor(request.getEdit().getAuthor())
                                                .setNote(request.getNote()))
                                .build()
                        : answer.setRefused(
                                        EditRefused.newBuilder()
                                                .setMistakesFound(
                                                        MistakesFound.newBuilder()
                                                                .addAllMistakes(mistakes)))
                                .build(),
                observer);
    }

    @Override
    public void rollBackFlow(
            RollBackFlowRequest request, StreamObserver<RollBackFlowResponse> observer) {
        var kept = KeptFlow.newBuilder().setRevision(request.getVersion() + 2);
        reply(RollBackFlowResponse.newBuilder().setFlow(kept).build(), observer);
    }

    @Override
    public void listFlowVersions(
            ListFlowVersionsRequest request, StreamObserver<ListFlowVersionsResponse> observer) {
        reply(
                ListFlowVersionsResponse.newBuilder()
                        .addVersions(KeptFlow.newBuilder().setRevision(2).setAuthor("admin"))
                        .addVersions(KeptFlow.newBuilder().setRevision(1).setAuthor("seed"))
                        .build(),
                observer);
    }

    @Override
    public void diffFlow(DiffFlowRequest request, StreamObserver<DiffFlowResponse> observer) {
        var change =
                FlowChange.newBuilder()
                        .setField("steps(menu).exits.1")
                        .setBefore("version " + request.getFrom());
        reply(
                DiffFlowResponse.newBuilder()
                        .setDifference(FlowDifference.newBuilder().addChanges(change))
                        .build(),
                observer);
    }

    private static <A> void reply(A answer, StreamObserver<A> observer) {
        observer.onNext(answer);
        observer.onCompleted();
    }
}
