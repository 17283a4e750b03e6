// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core.flow;

import java.util.Map;
import java.util.Optional;
import org.panacall.ivr.core.id.Extension;
import org.panacall.ivr.core.id.QueueId;

/** To whom a run can hand its call. */
public sealed interface Destination {

    /** The queue or extension, for records. */
    String target();

    /** A queue, with attributes for routing; their order is of no consequence. */
    record ToQueue(QueueId queue, Map<String, String> attributes) implements Destination {
        public ToQueue {
            attributes = Map.copyOf(attributes);
        }

        @Override
        public String target() {
            return queue.value();
        }
    }

    /** A person, and the queue for when he is not to be had. */
    record ToExtension(Extension extension, Optional<QueueId> fallback) implements Destination {
        @Override
        public String target() {
            return extension.value();
        }
    }
}
