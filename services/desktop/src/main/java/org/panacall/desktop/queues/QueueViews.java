// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.queues;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestResponse;
import org.panacall.desktop.access.Caller;
import org.panacall.desktop.acd.AcdClient;
import org.panacall.desktop.directory.DirectoryClient;
import org.panacall.desktop.editing.Revisions;
import org.panacall.desktop.problems.Away;
import org.panacall.proto.acd.v1.QueueStatus;
import org.panacall.proto.directory.v1.KeptQueue;
import org.panacall.proto.directory.v1.Queue;

/** Puts together what the directory knows of queues and what acd does. */
@ApplicationScoped
class QueueViews {

    private final DirectoryClient directory;
    private final AcdClient acd;

    QueueViews(DirectoryClient directory, AcdClient acd) {
        this.directory = directory;
        this.acd = acd;
    }

    /** All queues in their order; one that acd has not heard of yet has no figures. */
    List<QueueView> all(Caller caller) {
        var now = new LinkedHashMap<String, QueueStatus>();
        acd.queues(caller.tenantId()).forEach(queue -> now.put(queue.getQueueId(), queue));
        return directory.tenant(caller.tenantId()).getQueuesList().stream()
                .map(queue -> QueueView.of(queue, now.get(queue.getQueueId()), caller))
                .toList();
    }

    /** An answer about a queue as it is kept, with its tag. */
    RestResponse.ResponseBuilder<QueueView> answer(KeptQueue kept, Caller caller) {
        return Revisions.tagged(one(kept.getQueue(), caller), kept.getRevision());
    }

    /**
     * The queue as it was last heard of, while the directory is away; it cannot be changed then.
     */
    Optional<RestResponse<QueueView>> last(String queueId, Caller caller) {
        return directory.tenant(caller.tenantId()).getQueuesList().stream()
                .filter(queue -> queue.getQueueId().equals(queueId))
                .findFirst()
                .map(queue -> RestResponse.ok(one(queue, caller)));
    }

    /** Configuration must be seen and changed while acd is away too. */
    private QueueView one(Queue queue, Caller caller) {
        var status =
                Away.unless(() -> acd.queues(caller.tenantId())).stream()
                        .flatMap(List::stream)
                        .filter(one -> one.getQueueId().equals(queue.getQueueId()))
                        .findFirst();
        return QueueView.of(queue, status.orElse(null), caller);
    }

    /** How many wait in a queue; acd has to be there to tell. */
    int waiting(Caller caller, String queueId) {
        return acd.queues(caller.tenantId()).stream()
                .filter(queue -> queue.getQueueId().equals(queueId))
                .mapToInt(QueueStatus::getWaiting)
                .sum();
    }
}
