// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.queues;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Duration;
import java.util.List;
import org.panacall.desktop.Page;
import org.panacall.desktop.Wire;
import org.panacall.desktop.access.Access;
import org.panacall.desktop.acd.AcdClient;
import org.panacall.desktop.directory.DirectoryClient;
import org.panacall.desktop.problems.Problem;
import org.panacall.desktop.problems.ProblemKind;
import org.panacall.proto.acd.v1.QueueStatus;

/** Queues as they are now. */
@Path("/api/v1/queues")
@RunOnVirtualThread
public class QueuesResource {

    /**
     * A queue.
     *
     * @param longestWait absent while nobody waits
     * @param agents extensions
     */
    public record Queue(
            String id,
            String name,
            String extension,
            int waiting,
            Duration longestWait,
            int agentsReady,
            int agentsOnCall,
            int agentsRegistered,
            List<String> agents) {}

    private final Access access;
    private final AcdClient acd;
    private final DirectoryClient directory;

    QueuesResource(Access access, AcdClient acd, DirectoryClient directory) {
        this.access = access;
        this.acd = acd;
        this.directory = directory;
    }

    /** All queues. */
    @GET
    public Page<Queue> list(@Context HttpHeaders headers) {
        return Page.whole(queues(access.caller(headers).tenantId()));
    }

    /** One queue. */
    @GET
    @Path("/{id}")
    public Queue one(String id, @Context HttpHeaders headers) {
        return queues(access.caller(headers).tenantId()).stream()
                .filter(queue -> queue.id.equals(id))
                .findFirst()
                .orElseThrow(() -> new Problem(ProblemKind.NOT_FOUND, "There is no such queue."));
    }

    private List<Queue> queues(String tenantId) {
        return acd.queues(tenantId).stream().map(queue -> queue(tenantId, queue)).toList();
    }

    /** Who and what belongs to it is the directory's, how it stands acd's. */
    private Queue queue(String tenantId, QueueStatus status) {
        var defined =
                directory.tenant(tenantId).getQueuesList().stream()
                        .filter(queue -> queue.getQueueId().equals(status.getQueueId()))
                        .findFirst()
                        .orElseGet(org.panacall.proto.directory.v1.Queue::getDefaultInstance);
        return new Queue(
                status.getQueueId(),
                status.getName(),
                Wire.text(defined.getExtension()),
                status.getWaiting(),
                Wire.duration(status.getWaiting() > 0, status.getLongestWait()),
                status.getAgentsReady(),
                status.getAgentsOnCall(),
                status.getAgentsRegistered(),
                defined.getAgentExtensionsList());
    }
}
