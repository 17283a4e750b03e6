// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.call;

import java.util.Optional;
import org.panacall.acd.core.id.AgentId;
import org.panacall.acd.core.id.Extension;
import org.panacall.acd.core.id.QueueId;

/** For whom a call is meant. */
public sealed interface Target {

    /** Whoever serves the queue. */
    record ToQueue(QueueId queue) implements Target {}

    /** One person; the queue, when there is one, if he is not to be had. */
    record ToPerson(AgentId person, Extension extension, Optional<QueueId> fallback)
            implements Target {}
}
