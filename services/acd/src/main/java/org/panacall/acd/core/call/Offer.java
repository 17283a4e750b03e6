// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.call;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.panacall.acd.core.id.AgentId;
import org.panacall.acd.core.id.LegId;
import org.panacall.acd.core.id.OfferId;
import org.panacall.acd.core.id.PartyNumber;

/**
 * A call presented to an agent: one of his devices rings, or several, of which the first to answer
 * has it.
 *
 * @param rings his devices, in the order in which they ring
 * @param since when it was made
 * @param ringTimeout after it sip-ingress gives the legs up
 * @param expiresAt after it we give the offer up, should sip-ingress not tell
 */
public record Offer(
        OfferId id,
        AgentId agent,
        List<Ring> rings,
        Instant since,
        Duration ringTimeout,
        Instant expiresAt) {

    /**
     * One of his devices.
     *
     * @param device how it is dialled
     * @param at when it rang, or is to ring
     * @param end why it rings no more
     */
    public record Ring(LegId leg, PartyNumber device, Instant at, boolean rung, Optional<End> end) {

        /** A device that rings from the first. */
        public static Ring now(LegId leg, PartyNumber device, Instant now) {
            return new Ring(leg, device, now, true, Optional.empty());
        }

        /** One that rings when nobody has answered by then. */
        public static Ring later(LegId leg, PartyNumber device, Instant at) {
            return new Ring(leg, device, at, false, Optional.empty());
        }

        public boolean ringing() {
            return rung && end.isEmpty();
        }

        boolean due() {
            return !rung && end.isEmpty();
        }
    }

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

        /** Whether the call goes on looking for somebody after it. */
        public boolean goesOn() {
            return this != ABANDONED && this != ANSWERED_ELSEWHERE;
        }
    }

    public Offer {
        rings = List.copyOf(rings);
        if (rings.isEmpty()) {
            throw new IllegalArgumentException("an offer must ring somewhere");
        }
    }

    /** Legs of the devices that ring now. */
    public List<LegId> legs() {
        return rings.stream().filter(Ring::ringing).map(Ring::leg).toList();
    }

    /** The device of a leg that rings now. */
    public Optional<Ring> ringing(LegId leg) {
        return rings.stream().filter(ring -> ring.ringing() && ring.leg().equals(leg)).findFirst();
    }

    /** The device that is to ring next. */
    public Optional<Ring> next() {
        return rings.stream().filter(Ring::due).min(Comparator.comparing(Ring::at));
    }

    /** How long a device of it may ring: all stop together. */
    public Duration ringTimeout(Ring ring) {
        var left = ringTimeout.minus(Duration.between(since, ring.at()));
        return left.isPositive() ? left : Duration.ofSeconds(1);
    }

    /** When something is to be done about it. */
    Instant deadline() {
        return next().map(Ring::at).filter(expiresAt::isAfter).orElse(expiresAt);
    }

    /** Why it came to nothing, when that is so with all devices: what the agent did counts most. */
    public End outcome() {
        var ends = rings.stream().flatMap(ring -> ring.end().stream()).toList();
        return ends.contains(End.REJECTED)
                ? End.REJECTED
                : ends.contains(End.NO_ANSWER) ? End.NO_ANSWER : End.UNREACHABLE;
    }

    /** One more device rings. */
    public Offer rung(LegId leg, Instant now) {
        return with(leg, ring -> new Ring(leg, ring.device(), now, true, Optional.empty()));
    }

    /** A device rings no more. */
    public Offer ended(LegId leg, End end) {
        return with(
                leg,
                ring -> new Ring(leg, ring.device(), ring.at(), ring.rung(), Optional.of(end)));
    }

    private Offer with(LegId leg, UnaryOperator<Ring> change) {
        var changed = new ArrayList<>(rings);
        changed.replaceAll(ring -> ring.leg().equals(leg) ? change.apply(ring) : ring);
        return new Offer(id, agent, changed, since, ringTimeout, expiresAt);
    }
}
