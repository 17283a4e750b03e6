// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.agent;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.panacall.acd.core.agent.AgentState.NotReady;
import org.panacall.acd.core.agent.AgentState.Offered;
import org.panacall.acd.core.agent.AgentState.OnCall;
import org.panacall.acd.core.agent.AgentState.Ready;
import org.panacall.acd.core.agent.AgentState.Resting;
import org.panacall.acd.core.agent.AgentState.WrapUp;
import org.panacall.acd.core.id.AgentId;
import org.panacall.acd.core.id.CallId;
import org.panacall.acd.core.id.Extension;
import org.panacall.acd.core.id.OfferId;

/**
 * A person and what he is doing. Immutable: each change gives the next one, which an event carries
 * whole.
 *
 * @param registeredUntil when the lease of his phone runs out; empty while none is registered
 * @param sequence number of the last event about him
 */
public record Agent(
        AgentId id,
        Extension extension,
        AgentState state,
        Intent intent,
        Optional<Instant> registeredUntil,
        long sequence) {

    /** Reason of an agent who would be ready but for his phone. */
    public static final String UNREGISTERED = "unregistered";

    /** Somebody of whom nothing is known but that he exists. */
    public static Agent unknown(AgentId id, Extension extension, Intent intent, Instant now) {
        var state = new NotReady(UNREGISTERED, now);
        return new Agent(id, extension, state, intent, Optional.empty(), 0);
    }

    public boolean registered() {
        return registeredUntil.isPresent();
    }

    public boolean resting() {
        return state instanceof Resting;
    }

    /** Whether a queue may offer him a call at this moment. */
    public boolean free() {
        return state instanceof Ready ready && ready.pausedUntil().isEmpty();
    }

    /**
     * Whether he talks on one of his devices in a call that is none of ours. No device is watched
     * for that yet.
     */
    public boolean talksElsewhere() {
        return false;
    }

    /** The call that occupies him. */
    public Optional<CallId> call() {
        return switch (state) {
            case Offered offered -> Optional.of(offered.call());
            case OnCall onCall -> Optional.of(onCall.call());
            case WrapUp wrapUp -> Optional.of(wrapUp.call());
            case Resting resting -> Optional.empty();
        };
    }

    public Agent numbered(long next) {
        return new Agent(id, extension, state, intent, registeredUntil, next);
    }

    public Agent movedTo(Extension other) {
        return new Agent(id, other, state, intent, registeredUntil, sequence);
    }

    /** Says something of himself. Ends a wrap-up; an offer or a talk goes on. */
    public Agent says(Intent said, Instant now) {
        var heard = new Agent(id, extension, state, said, registeredUntil, sequence);
        return switch (state) {
            case Resting resting -> heard.resumed(resting, now);
            case WrapUp wrapUp -> heard.rest(now);
            case Offered offered -> heard;
            case OnCall onCall -> heard;
        };
    }

    /** His phone is registered until then; empty: it is gone, or its lease ran out. */
    public Agent registered(Optional<Instant> until, Instant now) {
        var leased = new Agent(id, extension, state, intent, until, sequence);
        return state instanceof Resting resting ? leased.resumed(resting, now) : leased;
    }

    /** His phone registered again before its lease ran out. */
    public Agent renewed(Instant until) {
        return new Agent(id, extension, state, intent, Optional.of(until), sequence);
    }

    /**
     * When something is due about him.
     *
     * @param leaseGuard added to his phone's lease
     */
    public Optional<Instant> deadline(Duration leaseGuard) {
        var lease = registeredUntil.map(until -> until.plus(leaseGuard));
        var own =
                switch (state) {
                    case WrapUp wrapUp -> Optional.of(wrapUp.until());
                    case Ready ready -> ready.pausedUntil();
                    case NotReady not -> Optional.<Instant>empty();
                    case Offered offered -> Optional.<Instant>empty();
                    case OnCall onCall -> Optional.<Instant>empty();
                };
        return Stream.of(lease, own).flatMap(Optional::stream).min(Instant::compareTo);
    }

    public Agent offered(OfferId offer, CallId call, Instant now) {
        return in(resting(state).offered(offer, call, now));
    }

    public Agent placed(CallId call, Instant now) {
        return in(
                state instanceof WrapUp wrapUp
                        ? wrapUp.placed(call, now)
                        : resting(state).placed(call, now));
    }

    public Agent accepted(Instant now) {
        return in(offered(state).accepted(now));
    }

    /** He took what goes on in another call. */
    public Agent acceptedIn(CallId other, Instant now) {
        offered(state);
        return in(new OnCall(other, now));
    }

    /** Goes last in the idle order and is left in peace for a moment. */
    public Agent missed(Instant now, Duration pause) {
        return resumed(offered(state).before().missed(now, pause), now);
    }

    /** He answered and was gone before the two were joined: as if he had missed the offer. */
    public Agent notJoined(Instant now, Duration pause) {
        var rested = rest(now);
        return rested.in(resting(rested.state).missed(now, pause));
    }

    /** The offer went without his doing: he keeps his place. */
    public Agent withdrawn(Instant now) {
        return resumed(offered(state).before(), now);
    }

    /** The end of a talk. */
    public Agent hungUp(Instant now, Duration wrapUp) {
        return state instanceof OnCall talk && !wrapUp.isZero()
                ? in(talk.wrapUp(now, wrapUp))
                : rest(now);
    }

    /** Comes to rest anew. */
    public Agent rest(Instant now) {
        return in(wantsCalls() ? Ready.from(now) : new NotReady(whyNot(), now));
    }

    /** The pause after a missed offer is over. */
    public Agent rested() {
        return state instanceof Ready ready ? in(ready.rested()) : this;
    }

    /** Goes on in a rest, unless what he says or his phone speak against it by now. */
    private Agent resumed(Resting rest, Instant now) {
        return switch (rest) {
            case Ready ready -> wantsCalls() ? in(ready.resumed(now)) : rest(now);
            case NotReady not ->
                    !wantsCalls() && not.reason().equals(whyNot()) ? in(not) : rest(now);
        };
    }

    private boolean wantsCalls() {
        return intent.ready() && registered();
    }

    private String whyNot() {
        return intent.ready() ? UNREGISTERED : intent.reason();
    }

    private Agent in(AgentState next) {
        return new Agent(id, extension, next, intent, registeredUntil, sequence);
    }

    private static Resting resting(AgentState state) {
        if (state instanceof Resting resting) {
            return resting;
        }
        throw new IllegalStateException("an occupied agent cannot take a call");
    }

    private static Offered offered(AgentState state) {
        if (state instanceof Offered offered) {
            return offered;
        }
        throw new IllegalStateException("an agent without offer cannot end one");
    }
}
