// SPDX-License-Identifier: Apache-2.0
package org.panacall.engine;

import java.time.Instant;
import java.util.List;

/** What one turn of an engine emitted, all at one moment; the journal keeps it as one message. */
public record Turn<E>(Instant at, List<E> events) {

    public Turn {
        events = List.copyOf(events);
    }
}
