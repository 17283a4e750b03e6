// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.rules;

import java.time.Duration;
import org.panacall.acd.core.id.Extension;
import org.panacall.acd.core.id.PartyNumber;
import org.panacall.acd.core.id.QueueId;

/** One thing to try with a call that does not stay in its queue. */
public sealed interface Action {

    /** Another queue, at the end of its line and by its rules. */
    record ToQueue(QueueId queue) implements Action {}

    /** A person, ready or not. */
    record ToPerson(Extension extension) implements Action {}

    /**
     * A telephone outside.
     *
     * @param label names it for people
     */
    record ToNumber(PartyNumber number, String label, Duration ringTimeout) implements Action {

        public ToNumber {
            if (!number.isOutside()) {
                throw new IllegalArgumentException("an external number begins with +");
            }
            if (ringTimeout.isNegative() || ringTimeout.isZero()) {
                throw new IllegalArgumentException("a number must ring for some time");
            }
        }
    }

    /** A flow, which decides from then on. */
    record ToFlow(String flow) implements Action {

        public ToFlow {
            if (flow.isEmpty()) {
                throw new IllegalArgumentException("which flow?");
            }
        }
    }

    /** Back to the flow that had it, by this exit. Nothing that a queue's rules can say. */
    record BackToFlow(String exit) implements Action {}

    /** An announcement, after which the call ends. */
    record Announce(String promptId) implements Action {}

    /**
     * A message of the caller.
     *
     * @param flow takes it; empty: the tenant's, if it has one
     */
    record TakeMessage(String flow) implements Action {}

    /** The queue after all. */
    record KeepWaiting() implements Action {}
}
