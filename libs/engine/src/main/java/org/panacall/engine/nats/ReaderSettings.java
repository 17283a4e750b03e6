// SPDX-License-Identifier: Apache-2.0
package org.panacall.engine.nats;

import java.time.Duration;
import java.util.Optional;

/**
 * What an {@link EventReader} reads, and how.
 *
 * @param stream created with these settings when absent
 * @param durable name under which the server remembers what was acknowledged; empty for a live
 *     reader. Instances that share a name share the work and lose the order between them
 * @param batchSize messages the sink gets at once, at most
 * @param gather how long a batch waits for more messages after its first
 */
public record ReaderSettings(
        StreamSettings stream, Optional<String> durable, int batchSize, Duration gather) {

    private static final int BATCH_SIZE = 256;
    private static final Duration NOT_FOR_LONG = Duration.ofMillis(1);

    /** Goes on after a restart where it was. */
    public static ReaderSettings durable(StreamSettings stream, String name) {
        return new ReaderSettings(stream, Optional.of(name), BATCH_SIZE, NOT_FOR_LONG);
    }

    /** The same with larger batches, for a sink that pays by the batch. */
    public ReaderSettings gathering(Duration longest) {
        return new ReaderSettings(stream, durable, batchSize, longest);
    }

    /** Sees what happens from now on. */
    public static ReaderSettings live(StreamSettings stream) {
        return new ReaderSettings(stream, Optional.empty(), BATCH_SIZE, NOT_FOR_LONG);
    }
}
