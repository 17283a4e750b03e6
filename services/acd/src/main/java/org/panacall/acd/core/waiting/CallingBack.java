// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.waiting;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.panacall.acd.core.AcdEffect;
import org.panacall.acd.core.AcdEffect.NewLeg;
import org.panacall.acd.core.AcdEvent;
import org.panacall.acd.core.call.Caller;
import org.panacall.acd.core.call.Offer;
import org.panacall.acd.core.call.Place;
import org.panacall.acd.core.call.PlacedCall;
import org.panacall.acd.core.call.Plan;
import org.panacall.acd.core.call.QueuedCall;
import org.panacall.acd.core.call.Sound;
import org.panacall.acd.core.id.CallId;
import org.panacall.acd.core.id.CallbackId;
import org.panacall.acd.core.id.LegId;
import org.panacall.acd.core.id.PartyNumber;
import org.panacall.acd.core.id.PlayId;
import org.panacall.acd.core.id.QueueId;
import org.panacall.acd.core.state.AcdState;
import org.panacall.acd.core.state.Turn;
import org.panacall.acd.core.waiting.Callback.State;

/**
 * Keeps promises to call patients back. A stand-in waits in the patient's place; an agent is rung
 * for it like for any other call, hears that it is a callback, and the patient is dialled. So there
 * are never more callbacks under way than agents who were free, and nobody is overtaken.
 */
public final class CallingBack {

    private static final Duration WHISPER_MAX = Duration.ofSeconds(8);
    private static final String WHISPER = "callback/whisper";

    private final Turn turn;
    private final AcdState state;
    private final Promises promises;

    public CallingBack(Turn turn) {
        this.turn = turn;
        state = turn.state();
        promises = new Promises(turn);
    }

    private Callbacks callbacks() {
        return state.waits().callbacks();
    }

    /**
     * Promises a caller to call him back, in his place. Another promise to the same number is kept
     * instead, as it is older.
     *
     * @param automatic he did not ask for it
     */
    public void promise(QueuedCall call, PartyNumber number, boolean automatic) {
        var queue = call.queue().orElseThrow();
        var expires = turn.now().plus(promises.rules(queue).rules().expiresAfter());
        var terms = new Callback.Terms(turn.now(), expires, automatic);
        var before = callbacks().to(number, queue);
        if (before.isPresent()) {
            if (!automatic && !(before.get().state() instanceof State.Apologising)) {
                promises.change(before.get().on(terms));
            }
            return;
        }
        var caller = call.caller();
        var patient =
                new Caller(
                        caller.leg(),
                        number,
                        caller.dialled(),
                        true,
                        caller.sipIngress(),
                        caller.attributes());
        begin(turn.ids().callback(), queue, patient, call.place(), terms);
    }

    private void begin(
            CallbackId id, QueueId queue, Caller patient, Place place, Callback.Terms terms) {
        promises.change(new Callback(id, queue, patient, place, terms, 0, new State.InLine(), 0));
    }

    /** Promises somebody who is not on the line to call him back, at the end of the line. */
    public void promise(CallbackId id, QueueId queue, Caller patient) {
        var expires = turn.now().plus(promises.rules(queue).rules().expiresAfter());
        var terms = new Callback.Terms(turn.now(), expires, false);
        callbacks()
                .to(patient.number(), queue)
                .ifPresentOrElse(
                        open -> promises.change(open.on(terms)),
                        () -> begin(id, queue, patient, place(), terms));
    }

    private Place place() {
        return new Place(turn.now(), state.nextArrival(), turn.ids().play());
    }

    /** Nobody is to be called back any more. */
    public void cancel(CallbackId id) {
        callbacks()
                .callback(id)
                .ifPresent(
                        callback ->
                                promises.end(callback, Callback.End.CANCELLED, Optional.empty()));
    }

    /** Whether a queue calls callers back who gave up after so long. */
    public boolean wantsBack(QueuedCall call) {
        var queue = call.queue();
        var number = call.caller().number();
        if (queue.isEmpty() || !number.isOutside() || callbacks().isStandIn(call)) {
            return false;
        }
        var rules = promises.rules(queue.get());
        var waited = Duration.between(call.place().since(), turn.now());
        return rules.automatic().filter(least -> waited.compareTo(least) >= 0).isPresent()
                && callbacks().count(queue.get()) < rules.rules().capacity();
    }

    /** The open promise to somebody who rings himself. */
    public Optional<Callback> openTo(QueuedCall call) {
        return call.queue().flatMap(queue -> callbacks().to(call.caller().number(), queue));
    }

    /** He rang himself: his call has the place from now on, and nobody dials him. */
    public void rangAgain(Callback callback, QueuedCall call) {
        if (callback.state() instanceof State.Apologising) {
            new Apologies(turn).hangUp(callback);
        }
        promises.end(callback, Callback.End.RANG_AGAIN, Optional.of(call.id()));
    }

    /** Its queue is gone: it goes on in another one, unless there is one to the same number. */
    public void moveOn(QueuedCall standIn, Optional<QueueId> queue) {
        callbacks().of(standIn.id()).ifPresent(callback -> moveOn(callback, queue));
    }

    private void moveOn(Callback callback, Optional<QueueId> queue) {
        var number = callback.caller().number();
        queue.filter(next -> callbacks().to(number, next).isEmpty())
                .ifPresentOrElse(
                        next -> promises.change(callback.to(next)),
                        () -> promises.end(callback, Callback.End.QUEUE_GONE, Optional.empty()));
    }

    /** Rings a device of an agent in a call of its own, where calls come in at present. */
    public void ring(QueuedCall standIn, NewLeg leg) {
        var call = Callback.callOf(leg.leg());
        var order = turn.order(call, standIn.sipIngress(), call.value() + ":create");
        turn.act(new AcdEffect.CreateCall(order, leg, AcdEffect.CreateCall.CALLBACK));
    }

    /** Whether a stand-in leaves the line for a while, as its patient is rung for another queue. */
    public boolean rests(QueuedCall call) {
        var rung = callbacks().of(call.id()).filter(one -> call.waits()).filter(this::isRung);
        rung.ifPresent(this::rest);
        return rung.isPresent();
    }

    /** Where a stand-in's calls are to be made: where the last call came in. */
    public void settle(QueuedCall standIn) {
        state.waits()
                .ingress()
                .filter(alive -> standIn.waits() && callbacks().isStandIn(standIn))
                .filter(alive -> !alive.equals(standIn.sipIngress()))
                .ifPresent(
                        alive ->
                                turn.emit(
                                        new AcdEvent.CallMoved(
                                                turn.stamp(standIn.id()), standIn.id(), alive)));
    }

    /** Those to the same patient in other queues rest meanwhile; their agents are rung no more. */
    public List<CallId> rivals(QueuedCall standIn) {
        return callbacks().of(standIn.id()).stream()
                .flatMap(callback -> callbacks().besides(callback).stream())
                .filter(Callback::inLine)
                .map(Callback::standIn)
                .toList();
    }

    private void rest(Callback callback) {
        var until = turn.now().plus(promises.rules(callback.queue()).rules().retryAfter());
        promises.change(callback.in(new State.Resting(until)));
    }

    /** An agent took it on one of his devices: he is told what it is. */
    public void taken(QueuedCall standIn, Offer offer, LegId leg) {
        var callback = callbacks().of(standIn.id()).orElseThrow();
        callbacks().besides(callback).stream().filter(Callback::inLine).forEach(this::rest);
        var call = Callback.callOf(leg);
        var agent = state.agent(offer.agent()).orElseThrow();
        var device =
                offer.ringing(leg)
                        .map(Offer.Ring::device)
                        .orElseGet(() -> new PartyNumber(agent.extension().value()));
        var plan =
                new Plan(
                        device,
                        leg,
                        callback.caller().number(),
                        promises.shown(callback),
                        turn.ids().play());
        turn.emit(
                new AcdEvent.CallPlaced(
                        turn.stamp(call),
                        call,
                        agent.id(),
                        new AcdEvent.CallPlaced.Placing(
                                plan, standIn.sipIngress(), turn.now().plus(WHISPER_MAX), "")));
        promises.change(callback.taken(call, agent.id()));
        turn.change(agent.acceptedIn(call, turn.now()));
        whisper((PlacedCall) state.call(call).orElseThrow());
    }

    /** The agent hears that it is a callback, before the patient is dialled. */
    public void whisper(PlacedCall call) {
        var order = turn.order(call, whispering(call).value(), "play");
        var sound = new Sound.Announcement(List.of(WHISPER), promises.language(call.id()), false);
        turn.act(new AcdEffect.Play(order, call.plan().agentLeg(), whispering(call), sound));
    }

    /** Names what the agent is whispered. */
    public static PlayId whispering(PlacedCall call) {
        return new PlayId(call.id().value() + ":w");
    }

    /** Whether the agent of a call is there and is being told that it is a callback. */
    public boolean whispers(PlacedCall call) {
        return call.state() instanceof PlacedCall.State.RingingAgent && isCallback(call);
    }

    public boolean isCallback(PlacedCall call) {
        return callbacks().of(call.id()).isPresent();
    }

    /** Agent and patient talk. */
    public void reached(PlacedCall call) {
        callbacks()
                .of(call.id())
                .ifPresent(
                        callback -> promises.end(callback, Callback.End.REACHED, Optional.empty()));
    }

    /** The patient does not answer: later again, if it has not been tried often enough. */
    public void notReached(PlacedCall call) {
        callbacks()
                .of(call.id())
                .ifPresent(
                        callback -> {
                            var rules = promises.rules(callback.queue()).rules();
                            var until = turn.now().plus(rules.retryAfter());
                            tryAgain(callback, new State.Resting(until));
                        });
    }

    /** The agent's call is over, and the patient was not even dialled for long. */
    public void givenUp(PlacedCall call) {
        callbacks().of(call.id()).ifPresent(callback -> tryAgain(callback, new State.InLine()));
    }

    private void tryAgain(Callback callback, State next) {
        if (callback.attempts() >= promises.rules(callback.queue()).rules().attempts()) {
            promises.end(callback, Callback.End.NOT_REACHED, Optional.empty());
        } else {
            promises.change(callback.in(next));
        }
    }

    /** Whether the patient is rung for another queue. */
    private boolean isRung(Callback callback) {
        return callbacks().besides(callback).stream().anyMatch(Callback::underWay);
    }

    /** Whether he is, or would be as soon as an agent answers whose phone rings. */
    private boolean isAboutToBeRung(Callback callback) {
        return isRung(callback)
                || callbacks().besides(callback).stream()
                        .flatMap(other -> state.queued(other.standIn()).stream())
                        .anyMatch(other -> !other.offers().isEmpty());
    }

    /** Something about a promise is due. */
    public void due(CallbackId id) {
        var callback = callbacks().callback(id).orElseThrow();
        var expired = !callback.terms().expiresAt().isAfter(turn.now());
        switch (callback.state()) {
            case State.Resting resting when isRung(callback) -> rest(callback);
            case State.InLine inLine when isAboutToBeRung(callback) -> rest(callback);
            case State.Resting resting when expired && isAboutToBeRung(callback) -> rest(callback);
            case State.InLine inLine -> new Apologies(turn).expire(callback);
            case State.Resting resting when expired -> new Apologies(turn).expire(callback);
            case State.Resting resting -> promises.change(callback.in(new State.InLine()));
            case State.Apologising apologising -> new Apologies(turn).giveUp(callback);
            case State.AtAgent atAgent -> {}
        }
    }
}
