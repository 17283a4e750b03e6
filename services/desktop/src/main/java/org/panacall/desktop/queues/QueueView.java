// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.queues;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
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
 * @param now null when nobody can tell
 * @param agents extensions of those who serve it
 * @param settings all else that is configured
 */
@Schema(name = "Queue")
public record QueueView(
        String id,
        @JsonUnwrapped QueueNow now,
        List<String> agents,
        @Schema(hidden = true) Map<String, Object> settings) {

    /** What of it can be set. */
    public static final Settings SETTINGS =
            new Settings(Queue.getDescriptor(), Set.of("queueId"), QueueNow.NAMES);

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
        return new QueueView(
                queue.getQueueId(),
                status == null ? null : QueueNow.of(status),
                agents(queue),
                Masks.shown(SETTINGS.write(queue), caller));
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
