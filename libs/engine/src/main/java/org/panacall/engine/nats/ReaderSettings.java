// SPDX-License-Identifier: Apache-2.0
package org.panacall.engine.nats;

import java.util.Optional;

/**
 * What an {@link EventReader} reads, and how.
 *
 * @param stream created with these settings when absent
 * @param durable name under which the server remembers what was acknowledged; empty for a live
 *     reader. Instances that share a name share the work and lose the order between them
 * @param batchSize messages the sink gets at once, at most
 */
public record ReaderSettings(StreamSettings stream, Optional<String> durable, int batchSize) {

    private static final int BATCH_SIZE = 256;

    /** Goes on after a restart where it was. */
    public static ReaderSettings durable(StreamSettings stream, String name) {
        return new ReaderSettings(stream, Optional.of(name), BATCH_SIZE);
    }

    /** Sees what happens from now on. */
    public static ReaderSettings live(StreamSettings stream) {
        return new ReaderSettings(stream, Optional.empty(), BATCH_SIZE);
    }
}
