// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.editing;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.Function;
import org.panacall.defaults.tree.Flaw;
import org.panacall.directory.DirectoryConfig;
import org.panacall.directory.checks.QueueChecks;
import org.panacall.directory.checks.QueueDefaults;
import org.panacall.directory.checks.References;
import org.panacall.directory.checks.Surroundings;
import org.panacall.directory.configuration.Definitions;
import org.panacall.proto.directory.v1.CreateQueueRequest;
import org.panacall.proto.directory.v1.DeleteQueueRequest;
import org.panacall.proto.directory.v1.KeptQueue;
import org.panacall.proto.directory.v1.Queue;
import org.panacall.proto.directory.v1.UpdateQueueMembersRequest;
import org.panacall.proto.directory.v1.UpdateQueueRequest;

/** Makes, changes and deletes queues. */
@ApplicationScoped
public class QueueEdits {

    private final Edits edits;
    private final int queuesMax;

    QueueEdits(Edits edits, DirectoryConfig config) {
        this.edits = edits;
        queuesMax = config.directory().queues();
    }

    public Uni<Outcome<Queue>> create(CreateQueueRequest request) {
        var wanted = QueueDefaults.complete(request.getQueue());
        return edits.make(
                request.getEdit(),
                request,
                deed(wanted.getQueueId(), scene -> create(scene, wanted)));
    }

    private Outcome<Queue> create(Scene scene, Queue wanted) {
        var before = QueueRows.find(scene.tx(), scene.tenantId(), wanted.getQueueId());
        if (before.isPresent()) {
            return before.get().getQueue().equals(wanted) ? done(before.get()) : Refusals.exists();
        }
        if (scene.tenant().getQueuesCount() >= queuesMax) {
            var flaw = new Flaw("id", "there are " + queuesMax + " queues already; delete one");
            return Refusals.mistakes(List.of(flaw));
        }
        var flaws = QueueChecks.flaws(wanted, Surroundings.of(scene.tenant(), wanted));
        if (!flaws.isEmpty()) {
            return Refusals.mistakes(flaws);
        }
        long revision = scene.revise();
        QueueRows.insert(scene.tx(), scene.tenantId(), wanted, revision);
        scene.note(
                new Audit.Entry(
                        "queue-created", wanted.getQueueId(), null, Definitions.of(wanted)));
        return new Outcome.Done<>(wanted, revision);
    }

    public Uni<Outcome<Queue>> update(UpdateQueueRequest request) {
        var wanted = QueueDefaults.complete(request.getQueue());
        return edits.make(
                request.getEdit(),
                request,
                deed(
                        wanted.getQueueId(),
                        scene -> change(scene, wanted.getQueueId(), "queue-changed", wanted)));
    }

    public Uni<Outcome<Queue>> members(UpdateQueueMembersRequest request) {
        return edits.make(
                request.getEdit(),
                request,
                deed(request.getQueueId(), scene -> members(scene, request)));
    }

    private static Outcome<Queue> members(Scene scene, UpdateQueueMembersRequest request) {
        var id = request.getQueueId();
        var before = QueueRows.find(scene.tx(), scene.tenantId(), id);
        if (before.isEmpty()) {
            return Refusals.unknown();
        }
        var moved =
                Membership.changed(
                        before.get().getQueue(), request.getPutList(), request.getRemoveList());
        var flaws = Membership.flaws(moved, request.getSharesList());
        if (!flaws.isEmpty()) {
            return Refusals.mistakes(flaws);
        }
        var wanted = Membership.shared(moved, request.getSharesList());
        return change(scene, id, "members-changed", wanted);
    }

    private static Outcome<Queue> change(Scene scene, String queueId, String kind, Queue wanted) {
        var before = QueueRows.find(scene.tx(), scene.tenantId(), queueId);
        if (before.isEmpty()) {
            return Refusals.unknown();
        }
        var old = before.get().getQueue();
        if (old.equals(wanted)) {
            return done(before.get());
        }
        if (scene.isStale(before.get().getRevision())) {
            return Refusals.stale(before.get().getRevision());
        }
        var flaws = QueueChecks.flaws(wanted, Surroundings.of(scene.tenant(), wanted));
        if (!flaws.isEmpty()) {
            return Refusals.mistakes(flaws);
        }
        long revision = scene.revise();
        QueueRows.update(scene.tx(), scene.tenantId(), wanted, revision);
        scene.note(new Audit.Entry(kind, queueId, Definitions.of(old), Definitions.of(wanted)));
        return new Outcome.Done<>(wanted, revision);
    }

    public Uni<Outcome<Queue>> delete(DeleteQueueRequest request) {
        var id = request.getQueueId();
        Outcome<Queue> gone = new Outcome.Done<>(Queue.newBuilder().setQueueId(id).build(), 0);
        return edits.make(
                request.getEdit(),
                request,
                new Edits.Deed<>(scene -> delete(scene, id), scene -> gone));
    }

    private static Outcome<Queue> delete(Scene scene, String queueId) {
        var before = QueueRows.find(scene.tx(), scene.tenantId(), queueId);
        if (before.isEmpty()) {
            return Refusals.unknown();
        }
        if (scene.isStale(before.get().getRevision())) {
            return Refusals.stale(before.get().getRevision());
        }
        var references = References.toQueue(scene.tenant(), queueId);
        if (!references.isEmpty()) {
            return Refusals.referredTo(references);
        }
        long revision = scene.revise();
        QueueRows.delete(scene.tx(), scene.tenantId(), queueId);
        var old = before.get().getQueue();
        scene.note(new Audit.Entry("queue-deleted", queueId, Definitions.of(old), null));
        return new Outcome.Done<>(old, revision);
    }

    private static Outcome<Queue> done(KeptQueue kept) {
        return new Outcome.Done<>(kept.getQueue(), kept.getRevision());
    }

    private static Edits.Deed<Queue> deed(String queueId, Function<Scene, Outcome<Queue>> deed) {
        return new Edits.Deed<>(deed, scene -> kept(scene, queueId));
    }

    private static Outcome<Queue> kept(Scene scene, String queueId) {
        return QueueRows.find(scene.tx(), scene.tenantId(), queueId)
                .map(QueueEdits::done)
                .orElseGet(Refusals::unknown);
    }
}
