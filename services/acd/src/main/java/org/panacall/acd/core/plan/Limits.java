// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.plan;

import java.time.Duration;

/** Bounds of a tenant's calls in number and time. */
public record Limits(int calls, Rings rings, Guards guards, Overflows overflows) {

    /**
     * How long phones ring that no queue has a rule for.
     *
     * @param person a person called by his extension
     * @param placingAgent an agent's own phone when he places a call
     * @param number the number that he calls
     */
    public record Rings(Duration person, Duration placingAgent, Duration number) {}

    /**
     * What keeps a lost word, or an odd phone, from doing harm.
     *
     * @param ring added to each ring, before we give up by ourselves
     * @param pause an agent is left in peace after a missed offer
     * @param telling how long an agent hears that his number is not to be had
     * @param forget how long the last word on a call may take
     * @param missing how long a call may be listed by no sip-ingress, while another adopts it
     * @param lease added to each registration, as phones refresh at the last moment
     * @param goodbye how long a caller may hear that he will be called back
     */
    public record Guards(
            Duration ring,
            Duration pause,
            Duration telling,
            Duration forget,
            Duration missing,
            Duration lease,
            Duration goodbye) {}

    /**
     * What keeps an overflowing call from going round.
     *
     * @param visits how often it may come to one queue
     * @param steps actions that are tried for it in all; after them it stays where it is
     * @param announcement how long a spoken reason may last
     * @param handedOver how long a call that a flow has is remembered
     */
    public record Overflows(int visits, int steps, Duration announcement, Duration handedOver) {}

    /** The usual ones. */
    public static Limits usual() {
        return new Limits(
                20_000,
                new Rings(Duration.ofSeconds(15), Duration.ofSeconds(30), Duration.ofSeconds(60)),
                new Guards(
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(20)),
                new Overflows(2, 12, Duration.ofSeconds(30), Duration.ofHours(1)));
    }
}
