// SPDX-License-Identifier: Apache-2.0
package org.panacall.engine;

import java.util.List;
import java.util.Optional;

/** What a core made of a command: what has happened, what is to be done, or why not. */
public record Decision<E, F, R>(List<E> events, List<F> effects, Optional<R> refusal) {

    public Decision {
        events = List.copyOf(events);
        effects = List.copyOf(effects);
    }
}
