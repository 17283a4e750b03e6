// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.events;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.panacall.desktop.access.Caller;

/**
 * What one reader may see. Supervisors and systems see all of their tenant. Agents see how queues
 * and colleagues stand, and of calls only those that they are part of, from then on.
 *
 * <p>One thread.
 */
final class Audience {

    private static final int CALLS_MAX = 100;

    private final Caller caller;
    private final Map<String, Boolean> ownCalls =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                    return size() > CALLS_MAX;
                }
            };

    Audience(Caller caller) {
        this.caller = caller;
    }

    /** The event as this reader may see it; empty when it is not for him. */
    Optional<Map<String, Object>> view(Told told) {
        if (!told.tenantId().equals(caller.tenantId())) {
            return Optional.empty();
        }
        return switch (told) {
            case LiveEvent event -> view(event);
            case FloorChange change -> Optional.of(change.shownTo(caller));
        };
    }

    private Optional<Map<String, Object>> view(LiveEvent event) {
        if (caller.seesAll()) {
            return Optional.of(event.fields());
        }
        var own = event.agentId().equals(caller.id());
        if (own && !event.callId().isEmpty()) {
            ownCalls.put(event.callId(), true);
        }
        if (own || ownCalls.containsKey(event.callId())) {
            return Optional.of(event.shownTo(caller));
        }
        return event.type().startsWith("agent.") || event.type().startsWith("queue.")
                ? Optional.of(event.withoutCall())
                : Optional.empty();
    }
}
