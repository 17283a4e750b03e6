// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.directory;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.panacall.ivr.core.flow.Flow;
import org.panacall.ivr.core.id.QueueId;

/**
 * Flows as they were read last. Most stay as they are from one configuration to the next, and their
 * expressions take long to compile. For one thread.
 */
final class KnownFlows {

    private record Drawn(org.panacall.proto.directory.v1.Flow flow, Optional<QueueId> fallback) {}

    private Map<Drawn, Flow> before = Map.of();
    private Map<Drawn, Flow> now = new HashMap<>();

    /**
     * @throws IllegalArgumentException when the drawing makes no sense
     */
    Flow read(org.panacall.proto.directory.v1.Flow drawn, Optional<QueueId> fallback) {
        var key = new Drawn(drawn, fallback);
        var known = before.get(key);
        var flow = known == null ? FlowReader.read(drawn, fallback) : known;
        now.put(key, flow);
        return flow;
    }

    /** All of a configuration were read; what is in it no more is forgotten. */
    void turn() {
        before = now;
        now = new HashMap<>();
    }
}
