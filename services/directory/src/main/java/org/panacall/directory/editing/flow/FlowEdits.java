// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.editing.flow;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import org.panacall.defaults.tree.Flaw;
import org.panacall.directory.configuration.Definitions;
import org.panacall.directory.editing.Audit;
import org.panacall.directory.editing.Edits;
import org.panacall.directory.editing.Outcome;
import org.panacall.directory.editing.Refusals;
import org.panacall.directory.editing.Scene;
import org.panacall.flow.check.FlowAround;
import org.panacall.flow.check.FlowChecks;
import org.panacall.flow.document.FlowDefaults;
import org.panacall.proto.directory.v1.DiscardFlowDraftRequest;
import org.panacall.proto.directory.v1.Flow;
import org.panacall.proto.directory.v1.KeptFlow;
import org.panacall.proto.directory.v1.PublishFlowRequest;
import org.panacall.proto.directory.v1.RollBackFlowRequest;
import org.panacall.proto.directory.v1.SaveFlowDraftRequest;
import org.panacall.proto.directory.v1.Step;

/** Drafts, publishes and rolls back flows. */
@ApplicationScoped
public class FlowEdits {

    private static final int BYTES_MAX = 1 << 18;
    private static final int FLOWS_MAX = 500;
    private static final int NOTE_MAX = 500;
    private static final String ID = "[a-z0-9][a-z0-9_-]{0,39}";

    private final Edits edits;

    FlowEdits(Edits edits) {
        this.edits = edits;
    }

    /** What is wrong with a flow in its tenant. */
    static List<Flaw> flaws(Flow flow, Scene scene) {
        return FlowChecks.flaws(flow, FlowAround.of(scene.tenant()));
    }

    public Uni<Outcome<KeptFlow>> save(SaveFlowDraftRequest request) {
        var flow = FlowDefaults.complete(request.getFlow()).toBuilder().clearVersion().build();
        return edits.make(
                request.getEdit(),
                request,
                new Edits.Deed<>(
                        scene -> save(scene, flow), scene -> draft(scene, flow.getFlowId())));
    }

    private static Outcome<KeptFlow> save(Scene scene, Flow flow) {
        if (!flow.getFlowId().matches(ID)) {
            return Refusals.mistakes(
                    List.of(new Flaw("id", "must be lower case letters, digits, - and _")));
        }
        if (flow.getSerializedSize() > BYTES_MAX) {
            return Refusals.mistakes(List.of(new Flaw("", "is larger than 256 KiB; split it")));
        }
        var before = FlowRows.draft(scene.tx(), scene.tenantId(), flow.getFlowId());
        if (before.isPresent() && scene.isStale(before.get().getRevision())) {
            return Refusals.stale(before.get().getRevision());
        }
        FlowRows.save(scene.tx(), scene.tenantId(), flow, scene.edit().getAuthor());
        return draft(scene, flow.getFlowId());
    }

    private static Outcome<KeptFlow> draft(Scene scene, String flowId) {
        return FlowRows.draft(scene.tx(), scene.tenantId(), flowId)
                .<Outcome<KeptFlow>>map(kept -> new Outcome.Done<>(kept, kept.getRevision()))
                .orElseGet(Refusals::unknown);
    }

    public Uni<Outcome<KeptFlow>> discard(DiscardFlowDraftRequest request) {
        var id = request.getFlowId();
        Outcome<KeptFlow> gone = new Outcome.Done<>(KeptFlow.getDefaultInstance(), 0);
        return edits.make(
                request.getEdit(),
                request,
                new Edits.Deed<>(
                        scene -> {
                            FlowRows.discard(scene.tx(), scene.tenantId(), id);
                            return gone;
                        },
                        scene -> gone));
    }

    public Uni<Outcome<KeptFlow>> publish(PublishFlowRequest request) {
        var id = request.getFlowId();
        return edits.make(
                request.getEdit(),
                request,
                new Edits.Deed<>(
                        scene -> publishDraft(scene, id, request.getNote()),
                        scene -> published(scene, id)));
    }

    private static Outcome<KeptFlow> publishDraft(Scene scene, String id, String note) {
        var draft = FlowRows.draft(scene.tx(), scene.tenantId(), id);
        if (draft.isEmpty()) {
            return Refusals.unknown();
        }
        if (scene.isStale(draft.get().getRevision())) {
            return Refusals.stale(draft.get().getRevision());
        }
        return publish(scene, draft.get().getFlow(), note, true);
    }

    public Uni<Outcome<KeptFlow>> rollBack(RollBackFlowRequest request) {
        var id = request.getFlowId();
        return edits.make(
                request.getEdit(),
                request,
                new Edits.Deed<>(
                        scene -> rollBack(scene, id, request.getVersion()),
                        scene -> published(scene, id)));
    }

    private static Outcome<KeptFlow> rollBack(Scene scene, String id, long version) {
        var note = "back to version " + version;
        return FlowRows.version(scene.tx(), scene.tenantId(), id, version)
                .map(old -> publish(scene, old.getFlow(), note, false))
                .orElseGet(Refusals::unknown);
    }

    /** Sound in itself, and none of those that lead into it loses an exit or a variable. */
    private static Outcome<KeptFlow> publish(
            Scene scene, Flow flow, String note, boolean draftGoes) {
        var wanted = flow.toBuilder().clearVersion().build();
        var flaws = new ArrayList<>(flaws(wanted, scene));
        flaws.addAll(flawsOfOthers(wanted, scene));
        if (note.length() > NOTE_MAX || note.chars().anyMatch(Character::isISOControl)) {
            flaws.add(new Flaw("note", "must be one line of at most 500 characters"));
        }
        if (!flaws.isEmpty()) {
            return Refusals.mistakes(flaws);
        }
        var id = wanted.getFlowId();
        var tx = scene.tx();
        long version =
                FlowRows.publish(tx, scene.tenantId(), wanted, scene.edit().getAuthor(), note);
        if (draftGoes) {
            FlowRows.discard(tx, scene.tenantId(), id);
        }
        scene.revise();
        var before =
                scene.tenant().getFlowsList().stream()
                        .filter(other -> other.getFlowId().equals(id))
                        .findFirst()
                        .map(Definitions::of)
                        .orElse(null);
        scene.note(new Audit.Entry("flow-published", id, before, Definitions.of(wanted)));
        var kept = FlowRows.version(tx, scene.tenantId(), id, version).orElseThrow();
        return new Outcome.Done<>(kept, version);
    }

    private static List<Flaw> flawsOfOthers(Flow wanted, Scene scene) {
        var around = FlowAround.of(scene.tenant()).with(wanted);
        var flaws = new ArrayList<Flaw>();
        if (around.flows().size() > FLOWS_MAX) {
            flaws.add(new Flaw("", "there are " + FLOWS_MAX + " flows already"));
        }
        for (var other : scene.tenant().getFlowsList()) {
            var leadsHere =
                    other.getStepsList().stream()
                            .anyMatch(step -> leadsTo(step, wanted.getFlowId()));
            if (leadsHere && !other.getFlowId().equals(wanted.getFlowId())) {
                FlowChecks.flaws(other, around)
                        .forEach(
                                flaw ->
                                        flaws.add(
                                                new Flaw(
                                                        "flows(%s).%s"
                                                                .formatted(
                                                                        other.getFlowId(),
                                                                        flaw.field()),
                                                        flaw.message())));
            }
        }
        return flaws;
    }

    private static boolean leadsTo(Step step, String flow) {
        return step.getSubFlow().getFlowId().equals(flow)
                || step.getGoTo().getFlowId().equals(flow)
                || step.getRingGroup().getAfterTalkFlowId().equals(flow);
    }

    private static Outcome<KeptFlow> published(Scene scene, String flowId) {
        long version = FlowRows.published(scene.tx(), scene.tenantId(), flowId);
        return FlowRows.version(scene.tx(), scene.tenantId(), flowId, version)
                .<Outcome<KeptFlow>>map(kept -> new Outcome.Done<>(kept, version))
                .orElseGet(Refusals::unknown);
    }
}
