// SPDX-License-Identifier: Apache-2.0
package org.panacall.engine;

import java.time.Instant;
import java.util.Optional;

/**
 * The deterministic heart of an engine service: commands and the time in; events, effects or a
 * refusal out.
 *
 * <p>Owned by a single thread. Same commands and times in, same decisions out: no clock, randomness
 * or I/O inside, and only collections whose order is defined. State changes in {@link #apply}
 * alone, live and on replay; {@link #handle} and {@link #tick} call it for each event they emit, so
 * that a later decision of the same turn sees the earlier event.
 *
 * @param <C> commands, a sealed interface of records in the imperative
 * @param <E> events, a sealed interface of records in the past tense; what the journal keeps
 * @param <F> effects, a sealed interface of records; what adapters are to do, after the events are
 *     durable (journal mode) or at once (checkpoint mode)
 * @param <R> refusals, a sealed interface of records; why a well-formed command was not carried out
 */
public interface Core<C, E, F, R> {

    /** Decides a command and applies what it emits. */
    Decision<E, F, R> handle(C command, Instant now);

    /** Lets deadlines that have passed take effect. Does nothing when none has. */
    Decision<E, F, R> tick(Instant now);

    /** When the next {@link #tick} is due. Timers are state, so a replay restores them for free. */
    Optional<Instant> nextDeadline();

    /** Changes state. Never decides, never fails on an event that this core emitted. */
    void apply(E event);
}
