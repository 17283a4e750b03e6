// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.leg;

import java.time.Instant;

/**
 * Where a leg stands.
 *
 * <pre>
 * inbound:  Opening → Offered → Answered → Ended
 * outbound: Opening → Calling → Ringing → Answered → Ended
 * </pre>
 *
 * <p>From every state but Ended a leg may end.
 */
public sealed interface LegState {

    /** Media is being asked for an address. */
    record Opening() implements LegState {

        /** Their INVITE waits for us. */
        public Offered offered() {
            return new Offered();
        }

        /** Our INVITE is on its way. */
        public Calling calling(Instant answerBy) {
            return new Calling(answerBy);
        }
    }

    /** Their INVITE waits for our final answer. */
    record Offered() implements LegState {

        public Answered answered(Instant now) {
            return new Answered(now);
        }
    }

    /** Our INVITE has no answer but 100 yet. */
    record Calling(Instant answerBy) implements LegState {

        public Ringing ringing() {
            return new Ringing(answerBy);
        }

        public Answered answered(Instant now) {
            return new Answered(now);
        }
    }

    /** Their device rings. */
    record Ringing(Instant answerBy) implements LegState {

        public Answered answered(Instant now) {
            return new Answered(now);
        }
    }

    /** A dialog stands. */
    record Answered(Instant since) implements LegState {}

    /**
     * Over.
     *
     * @param status final status of an INVITE that failed; 0 when it had been answered
     * @param at for its party, who may have hung up before we heard of it
     */
    record Ended(EndReason reason, int status, Instant at) implements LegState {}
}
