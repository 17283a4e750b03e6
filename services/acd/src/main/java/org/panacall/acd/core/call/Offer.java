// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.call;

import java.time.Duration;
import java.time.Instant;
import org.panacall.acd.core.id.AgentId;
import org.panacall.acd.core.id.LegId;
import org.panacall.acd.core.id.OfferId;

/**
 * A call presented to an agent: his phone rings.
 *
 * @param leg the leg of his phone
 * @param since when it was made
 * @param ringTimeout after it sip-ingress gives the leg up
 * @param expiresAt after it we give the offer up, should sip-ingress not tell
 */
public record Offer(
        OfferId id,
        AgentId agent,
        LegId leg,
        Instant since,
        Duration ringTimeout,
        Instant expiresAt) {

    /** Why an offer came to nothing. */
    public enum End {
        NO_ANSWER,
        REJECTED,
        /** The phone could not be reached. */
        UNREACHABLE,
        /** The caller hung up first. */
        ABANDONED,
        WITHDRAWN,
        /** Another agent was rung too and answered first. */
        ANSWERED_ELSEWHERE;

        /** Whether the agent goes last in line for it. */
        public boolean missed() {
            return this == NO_ANSWER || this == REJECTED || this == UNREACHABLE;
        }
    }
}
