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
import org.panacall.acd.core.agent.Presence.OwnCall;
import org.panacall.acd.core.id.AgentId;
import org.panacall.acd.core.id.CallId;
import org.panacall.acd.core.id.Extension;
import org.panacall.acd.core.id.OfferId;

/**
 * A person and what he is doing. Immutable: each change gives the next one, which an event carries
 * whole.
 *
 * @param sequence number of the last event about him
 */
public record Agent(
        AgentId id,
        Extension extension,
        AgentState state,
        Intent intent,
        Presence presence,
        Shift shift,
        long sequence) {

    /** Reason of an agent who would be ready but for his phone. */
    public static final String UNREGISTERED = "unregistered";

    /** Reason of one who is not there at all. */
    public static final String SIGNED_OUT = "signed-out";

    /** Somebody of whom nothing is known but that he exists. */
    public static Agent unknown(AgentId id, Extension extension, Intent intent, Instant now) {
        var state = new NotReady(intent.signedIn() ? UNREGISTERED : SIGNED_OUT, now);
        return new Agent(id, extension, state, intent, Presence.NONE, Shift.none(now), 0);
    }

    public boolean registered() {
        return presence.registered();
    }

    /** Present for work: has said so, and can be rung. */
    public boolean signedIn() {
        return intent.signedIn() && presence.reachable();
    }

    public boolean resting() {
        return state instanceof Resting;
    }

    /**
     * Whether a queue may offer him a call at this moment; while he talks elsewhere, only one that
     * rings busy agents, too.
     */
    public boolean free() {
        return state instanceof Ready ready && ready.pausedUntil().isEmpty();
    }

    /** Whether calls that are none of ours leave no room on his devices for one more. */
    public boolean talksElsewhere() {
        return !Capacity.ONE_TALK.holdsAfter(presence.ownCalls().size());
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

    /** The call in our care that has him: offered to him, or with him in it. */
    public Optional<CallId> occupiedBy() {
        return switch (state) {
            case Offered offered -> Optional.of(offered.call());
            case OnCall talk -> Optional.of(talk.call());
            case WrapUp wrapUp -> Optional.empty();
            case Resting resting -> Optional.empty();
        };
    }

    /** The break he is in, be it that his phone rings meanwhile. */
    public Optional<NotReady> pause() {
        return switch (state) {
            case NotReady not -> Optional.of(not);
            case Offered(var offer, var call, var since, NotReady before) -> Optional.of(before);
            case Offered offered -> Optional.empty();
            case Ready ready -> Optional.empty();
            case OnCall onCall -> Optional.empty();
            case WrapUp wrapUp -> Optional.empty();
        };
    }

    public Agent numbered(long next) {
        return new Agent(id, extension, state, intent, presence, shift, next);
    }

    public Agent movedTo(Extension other) {
        return new Agent(id, other, state, intent, presence, shift, sequence);
    }

    /** With what is counted of his shift brought up to date, after he was thus before. */
    public Agent counted(Agent before, Instant now, Duration shiftGap) {
        var ended =
                before.pause()
                        .filter(pause -> before.intent.wish() == Intent.Wish.NOT_READY)
                        .filter(pause -> !samePause(pause));
        var counted =
                ended.map(
                                pause ->
                                        shift.spent(
                                                pause.reason(),
                                                Duration.between(pause.since(), now)))
                        .orElse(shift);
        var present = signedIn() || occupiedBy().isPresent();
        return on(present ? counted.come(now, shiftGap) : counted.left(now));
    }

    private boolean samePause(NotReady other) {
        return pause().filter(
                        pause ->
                                pause.since().equals(other.since())
                                        && pause.reason().equals(other.reason()))
                .isPresent();
    }

    /** Says something of himself. Ends most wrap-ups; an offer or a talk goes on. */
    public Agent says(Intent said, Instant now) {
        var heard = new Agent(id, extension, state, said, presence, shift.took(), sequence);
        return switch (state) {
            case Resting resting -> heard.resumed(resting, now);
            case WrapUp wrapUp -> wrapUp.endedBy(said) ? heard.rest(now) : heard;
            case Offered offered -> heard;
            case OnCall talk -> heard.in(talk.without(said));
        };
    }

    /** A device is registered until then. */
    public Agent registered(Extension device, Instant until, Instant now) {
        return at(presence.with(device, until), now);
    }

    /** A device is gone, or its lease ran out. */
    public Agent unregistered(Extension device, Instant now) {
        return at(presence.without(device), now);
    }

    /** Whether a mobile is among what he can be rung on. */
    public Agent equipped(boolean mobile, Instant now) {
        return at(presence.equipped(mobile), now);
    }

    private Agent at(Presence next, Instant now) {
        var there = new Agent(id, extension, state, intent, next, shift, sequence);
        return state instanceof Resting resting ? there.resumed(resting, now) : there;
    }

    /** A device registered again before its lease ran out. */
    public Agent renewed(Extension device, Instant until) {
        var next = presence.with(device, until);
        return new Agent(id, extension, state, intent, next, shift, sequence);
    }

    /** He dialled by himself. What we do with him goes on. */
    public Agent dialled(CallId call, OwnCall own) {
        return new Agent(id, extension, state, intent, presence.with(call, own), shift, sequence);
    }

    /** A call of his own is over: a talk like any other, for the idle order. */
    public Agent undialled(CallId call, Instant now) {
        var there =
                new Agent(id, extension, state, intent, presence.without(call), shift, sequence);
        return state instanceof Ready ready ? there.in(ready.busyUntil(now)) : there;
    }

    /**
     * When something is due about him.
     *
     * @param leaseGuard added to his phone's lease
     */
    public Optional<Instant> deadline(Duration leaseGuard) {
        var lease = presence.nextLapse().map(until -> until.plus(leaseGuard));
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

    /** A call of ours rings his phone first. Notes do not keep him from it. */
    public Agent placed(CallId call, Instant now) {
        return switch (state) {
            case WrapUp wrapUp -> in(new OnCall(call, now, Optional.of(wrapUp)));
            case Resting resting -> in(new OnCall(call, now, Optional.empty()));
            case Offered offered -> throw occupied();
            case OnCall talk -> throw occupied();
        };
    }

    public Agent accepted(Instant now) {
        return on(shift.took()).in(offered(state).accepted(now));
    }

    /** He took what goes on in another call. */
    public Agent acceptedIn(CallId other, Instant now) {
        offered(state);
        return on(shift.took()).in(new OnCall(other, now, Optional.empty()));
    }

    /** Goes last in the idle order and is left in peace for a moment. */
    public Agent missed(Instant now, Duration pause) {
        return resumed(offered(state).before().missed(now, pause), now);
    }

    /** One more offer of a queue that he missed. */
    public Agent countedMissed() {
        return on(shift.missed());
    }

    /** He answered and was gone before the two were joined: as if he had missed the offer. */
    public Agent notJoined(Instant now, Duration pause) {
        var rested = rest(now);
        return rested.state instanceof Resting resting
                ? rested.in(resting.missed(now, pause))
                : rested;
    }

    /** Missed so many that he gets none until he says something. */
    public Agent givenUp(Instant now) {
        var away = new Agent(id, extension, state, Intent.MISSED_OFFERS, presence, shift, sequence);
        return state instanceof Resting resting ? away.resumed(resting, now) : away;
    }

    /** The offer went without his doing: he keeps his place. */
    public Agent withdrawn(Instant now) {
        return resumed(offered(state).before(), now);
    }

    /** A limit of his break was exceeded, and that is told. */
    public Agent overdue() {
        return state instanceof NotReady not ? in(not.late()) : this;
    }

    /** The end of a talk, or of a call that never came to be one. */
    public Agent hungUp(Instant now, Notes notes) {
        var unfinished =
                state instanceof OnCall talk ? talk.unfinished() : Optional.<WrapUp>empty();
        if (notes.none() || !(state instanceof OnCall talk)) {
            return afterTalk(unfinished, now);
        }
        var own = WrapUp.after(talk.call(), notes, now);
        // Who places a call in the midst of long notes does not get away with short ones.
        var longer = unfinished.filter(before -> before.until().isAfter(own.until())).orElse(own);
        return afterTalk(Optional.of(longer), now);
    }

    /** He writes, or is free. */
    private Agent afterTalk(Optional<WrapUp> notes, Instant now) {
        var unfinished = notes.filter(wrapUp -> !wrapUp.over(now));
        return unfinished.isPresent() ? in(unfinished.get()) : rest(now);
    }

    /** His wrap-up goes on for longer; empty: it cannot. */
    public Optional<Agent> extended() {
        return state instanceof WrapUp wrapUp ? wrapUp.extended().map(this::in) : Optional.empty();
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
        return intent.ready() && presence.reachable();
    }

    private String whyNot() {
        return switch (intent.wish()) {
            case READY -> UNREGISTERED;
            case NOT_READY -> intent.reason();
            case SIGNED_OUT -> SIGNED_OUT;
        };
    }

    private Agent in(AgentState next) {
        return new Agent(id, extension, next, intent, presence, shift, sequence);
    }

    private Agent on(Shift next) {
        return new Agent(id, extension, state, intent, presence, next, sequence);
    }

    private static Resting resting(AgentState state) {
        if (state instanceof Resting resting) {
            return resting;
        }
        throw occupied();
    }

    private static IllegalStateException occupied() {
        return new IllegalStateException("an occupied agent cannot take a call");
    }

    private static Offered offered(AgentState state) {
        if (state instanceof Offered offered) {
            return offered;
        }
        throw new IllegalStateException("an agent without offer cannot end one");
    }
}
