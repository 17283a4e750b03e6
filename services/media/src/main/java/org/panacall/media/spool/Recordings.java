// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.spool;

import java.util.Optional;

/** What this node has for recording; nothing when it has no key. */
public record Recordings(Optional<Spool> spool, Optional<Delivery> delivery)
        implements AutoCloseable {

    /** What was said is written; what was not delivered waits for the next start. */
    @Override
    public void close() {
        spool.ifPresent(Spool::close);
        delivery.ifPresent(Delivery::close);
    }
}
