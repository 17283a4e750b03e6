// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.queues;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.panacall.desktop.Wire;
import org.panacall.desktop.access.Caller;
import org.panacall.desktop.access.Masks;
import org.panacall.desktop.editing.Settings;
import org.panacall.proto.acd.v1.QueueStatus;
import org.panacall.proto.directory.v1.Queue;
import org.panacall.proto.directory.v1.QueueMember;

/**
 * A queue: how it stands, and beside that its settings. Figures are absent while nobody can tell
 * them.
 *
 * @param longestWait absent while nobody waits
 * @param agents extensions of those who serve it
 * @param settings all else that is configured
 */
@Schema(name = "Queue")
public record QueueView(
        String id,
        Integer waiting,
        Duration longestWait,
        Integer agentsReady,
        Integer agentsOnCall,
        Integer agentsRegistered,
        List<String> agents,
        @Schema(hidden = true) Map<String, Object> settings) {

    /** What of it can be set. */
    public static final Settings SETTINGS =
            new Settings(
                    Queue.getDescriptor(),
                    Set.of("queueId"),
                    Set.of(
                            "waiting",
                            "longestWait",
                            "agentsReady",
                            "agentsOnCall",
                            "agentsRegistered"));

    /** Beside the figures, not in an object of their own. */
    @Override
    @JsonAnyGetter
    public Map<String, Object> settings() {
        return settings;
    }

    /**
     * A queue as the caller may see it.
     *
     * @param status null when nobody can tell
     */
    static QueueView of(Queue queue, QueueStatus status, Caller caller) {
        var settings = Masks.shown(SETTINGS.write(queue), caller);
        if (status == null) {
            return new QueueView(
                    queue.getQueueId(), null, null, null, null, null, agents(queue), settings);
        }
        return new QueueView(
                queue.getQueueId(),
                status.getWaiting(),
                Wire.duration(status.getWaiting() > 0, status.getLongestWait()),
                status.getAgentsReady(),
                status.getAgentsOnCall(),
                status.getAgentsRegistered(),
                agents(queue),
                settings);
    }

    /** Names that may stand in a request, but only as they are. */
    static Map<String, Object> fixed(Queue queue) {
        return Map.of("id", queue.getQueueId(), "agents", agents(queue));
    }

    /** Where there are members, the plain list has nothing to say. */
    static List<String> agents(Queue queue) {
        return queue.getMembersCount() > 0
                ? queue.getMembersList().stream().map(QueueMember::getExtension).toList()
                : List.copyOf(queue.getAgentExtensionsList());
    }
}
