// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.panacall.acd.core.AcdEvent.CallDequeued.Cause;
import org.panacall.acd.core.agent.Agent;
import org.panacall.acd.core.call.EndReason;
import org.panacall.acd.core.call.QueuedCall;
import org.panacall.acd.core.call.Target;
import org.panacall.acd.core.id.CallId;
import org.panacall.acd.core.id.LegId;
import org.panacall.acd.core.id.QueueId;
import org.panacall.acd.core.plan.QueuePlan;
import org.panacall.acd.core.rules.Action;
import org.panacall.acd.core.rules.Apology;
import org.panacall.acd.core.rules.Overflow.Followed;
import org.panacall.acd.core.rules.Why;
import org.panacall.acd.core.state.AcdState;
import org.panacall.acd.core.state.Conditions;
import org.panacall.acd.core.state.Turn;

/**
 * What becomes of calls that their queues do not keep. Whatever fails, a call ends in a place where
 * it is kept, or with a spoken reason.
 */
final class Overflowing {

    private static final int CHAIN_MAX = 32;

    private final Turn turn;
    private final AcdState state;
    private final Orders orders;

    Overflowing(Turn turn) {
        this.turn = turn;
        state = turn.state();
        orders = new Orders(turn);
    }

    /**
     * A call has just come to a queue's line: it stays, or the queue's rules say what else.
     *
     * @param before what is left of the rule that brought it here
     * @param room whether the queue had room for it
     */
    void entered(CallId id, QueuePlan queue, boolean room, List<Action> before) {
        var call = state.queued(id).orElseThrow();
        var rule = new Conditions(turn, queue).atEntry(call, room);
        if (rule.isPresent()) {
            var why = rule.get().when();
            begin(call, why, chain(rule.get().then(), before), why.bars());
        } else if (!room) {
            begin(call, Why.FULL, before, true);
        } else {
            entertain(call);
        }
    }

    /** It stays here, in the place that was promised if it had one. */
    private void entertain(QueuedCall call) {
        new Queueing(turn).takeOldPlace(call);
        state.queued(call.id()).ifPresent(orders::entertain);
    }

    private static List<Action> chain(List<Action> first, List<Action> then) {
        var chain = new ArrayList<>(first);
        chain.addAll(then);
        return chain.subList(0, Math.min(chain.size(), CHAIN_MAX));
    }

    /** A call that waits is looked at for its queue's rules. */
    void look(QueuedCall call) {
        var queue = call.queue().flatMap(state.plan()::queue);
        if (queue.isEmpty() || !call.waits()) {
            state.lookAgain(call.id(), Optional.empty());
            return;
        }
        var conditions = new Conditions(turn, queue.get());
        var rule =
                conditions
                        .whileWaiting(call)
                        .filter(
                                known ->
                                        call.overflow().steps()
                                                < turn.limits().overflows().steps());
        if (rule.isPresent()) {
            begin(call, rule.get().when(), rule.get().then(), false);
        } else {
            state.lookAgain(call.id(), conditions.nextLook(call));
        }
    }

    /** A call whose queue or person is not to be had, and for which nothing else was said. */
    void unreachable(QueuedCall call, List<Action> otherwise) {
        begin(call, Why.UNREACHABLE, otherwise, true);
    }

    private void begin(QueuedCall call, Why why, List<Action> actions, boolean barred) {
        follow(call.id(), new Followed(why, actions, barred));
    }

    /** What was tried came to nothing: the next, while the rule has one. */
    void goOn(QueuedCall call) {
        goOn(call, "failed");
    }

    /** A telephone outside that a flow asked for has an outcome, of which that may want to hear. */
    void goOn(QueuedCall call, String outcome) {
        if (call.target() instanceof Target.ToNumber && !call.withFlow()) {
            new Queueing(turn).notReached(call, outcome);
            return;
        }
        call.overflow().present().ifPresent(followed -> follow(call.id(), followed));
    }

    private void follow(CallId id, Followed followed) {
        var left = followed;
        while (!left.rest().isEmpty()) {
            var action = left.rest().getFirst();
            var rest = left.rest().subList(1, left.rest().size());
            left = new Followed(left.why(), rest, left.barred());
            var call = state.queued(id).orElseThrow();
            var steps = call.overflow().steps();
            if (steps < turn.limits().overflows().steps() && take(call, action, left)) {
                return;
            }
        }
        exhausted(state.queued(id).orElseThrow(), left);
    }

    /** Nothing succeeded. */
    private void exhausted(QueuedCall call, Followed followed) {
        if (followed.barred() || call.queue().isEmpty()) {
            var apology = Apology.of(followed.why());
            tell(call, endOf(followed.why()), apology.promptId(), apology);
        } else {
            keep(call, followed);
        }
    }

    private static EndReason endOf(Why why) {
        return why == Why.CLOSED ? EndReason.CLOSED : EndReason.OVERFLOW;
    }

    private void keep(QueuedCall call, Followed followed) {
        overflowed(call, new Action.KeepWaiting(), followed, Optional.empty());
        state.queued(call.id()).ifPresent(this::entertain);
    }

    /** Whether it is under way, or done. */
    private boolean take(QueuedCall call, Action action, Followed left) {
        return switch (action) {
            case Action.ToQueue(var queue) -> toQueue(call, queue, action, left);
            case Action.ToPerson person -> toPerson(call, person, left);
            case Action.ToNumber number -> {
                var rules = state.plan().rules();
                var allowed = rules.outside().isEmpty() || rules.leadsTo(number.number());
                if (allowed) {
                    toNumber(call, number, left);
                }
                yield allowed;
            }
            case Action.ToFlow flow -> {
                toFlow(call, flow, left);
                yield true;
            }
            // Not of rules: see handBack.
            case Action.BackToFlow back -> false;
            case Action.Announce(var promptId) -> {
                overflowed(call, action, left, Optional.empty());
                tell(call, endOf(left.why()), promptId, Apology.of(left.why()));
                yield true;
            }
            case Action.TakeMessage(var own) -> {
                var flow = state.plan().rules().voicemail(own);
                flow.ifPresent(taker -> toFlow(call, new Action.TakeMessage(taker), left));
                yield flow.isPresent();
            }
            case Action.KeepWaiting wait -> {
                var possible = left.why() != Why.FULL && call.queue().isPresent();
                if (possible) {
                    keep(call, left);
                }
                yield possible;
            }
        };
    }

    private void toFlow(QueuedCall call, Action flow, Followed left) {
        overflowed(call, flow, left, Optional.empty());
        new Offering(turn).dequeue(call, Cause.OVERFLOW);
        state.queued(call.id()).ifPresent(orders::resume);
    }

    /**
     * Gives a call back to the flow that had it, unless it has gone to and fro often enough.
     *
     * @param otherwise should nobody take it there
     */
    boolean handBack(QueuedCall call, String exit, Optional<QueueId> otherwise) {
        if (call.overflow().steps() >= turn.limits().overflows().steps()) {
            return false;
        }
        var rest = otherwise.stream().map(queue -> (Action) new Action.ToQueue(queue)).toList();
        var left = new Followed(Why.UNREACHABLE, rest, true);
        overflowed(call, new Action.BackToFlow(exit), left, Optional.empty());
        state.queued(call.id()).ifPresent(now -> orders.handBack(now, exit));
        return true;
    }

    private boolean toQueue(QueuedCall call, QueueId id, Action action, Followed left) {
        var queue = state.plan().queue(id);
        var again = call.overflow().visits(id) >= turn.limits().overflows().visits();
        if (queue.isEmpty() || again || call.queue().equals(Optional.of(id))) {
            return false;
        }
        if (!hasRoom(queue.get()) && !queue.get().conduct().receivesBeyondCapacity()) {
            return false;
        }
        overflowed(call, action, left, Optional.empty());
        move(call, queue.get(), left.rest());
        return true;
    }

    boolean hasRoom(QueuePlan queue) {
        return state.line(queue.id()).size() < queue.capacity();
    }

    /** Sends a call on to a queue, to its end of line. */
    void move(QueuedCall call, QueuePlan queue, List<Action> otherwise) {
        new Offering(turn).dequeue(call, Cause.OVERFLOW);
        var room = hasRoom(queue);
        new Queueing(turn).queue(call.id(), call.caller(), new Target.ToQueue(queue.id()), "");
        entered(call.id(), queue, room, otherwise);
    }

    /** He is rung beside the queue's agents, and the call keeps its place meanwhile. */
    private boolean toPerson(QueuedCall call, Action.ToPerson action, Followed left) {
        var agent =
                state.plan()
                        .personAt(action.extension())
                        .flatMap(person -> state.agent(person.id()))
                        .filter(Agent::resting)
                        .filter(known -> !known.talksElsewhere())
                        .filter(known -> known.presence().reachable());
        if (agent.isEmpty()) {
            return false;
        }
        overflowed(call, action, left, Optional.empty());
        var now = state.queued(call.id()).orElseThrow();
        orders.entertain(now);
        new Offering(turn).ring(now, agent.get(), turn.limits().rings().person());
        return true;
    }

    /** Rings the telephone outside for which a flow sent the call. */
    void dial(QueuedCall call, Target.ToNumber target) {
        var ring = target.terms().ringTimeout().orElse(turn.limits().rings().number());
        var left = new Followed(Why.UNREACHABLE, List.of(), true);
        toNumber(call, new Action.ToNumber(target.number(), "", ring), left);
    }

    private void toNumber(QueuedCall call, Action.ToNumber action, Followed left) {
        var leg = turn.ids().leg();
        overflowed(call, action, left, Optional.of(leg));
        var now = state.queued(call.id()).orElseThrow();
        orders.entertain(now);
        orders.forward(now, leg, action);
    }

    private void overflowed(QueuedCall call, Action action, Followed left, Optional<LegId> leg) {
        var limits = turn.limits();
        var until =
                switch (action) {
                    case Action.ToNumber number ->
                            turn.now().plus(number.ringTimeout()).plus(limits.guards().ring());
                    case Action.ToFlow flow -> turn.now().plus(limits.overflows().handedOver());
                    case Action.TakeMessage take ->
                            turn.now().plus(limits.overflows().handedOver());
                    case Action.BackToFlow back -> turn.now().plus(limits.overflows().handedOver());
                    default -> turn.now();
                };
        turn.emit(
                new AcdEvent.CallOverflowed(
                        turn.stamp(call.id()),
                        call.id(),
                        call.queue(),
                        action,
                        left,
                        new AcdEvent.CallOverflowed.Ringing(leg, until)));
    }

    /** Lets the caller hear why, then ends his call. */
    void tell(QueuedCall call, EndReason end, String promptId, Apology apology) {
        if (call.inLine()) {
            new Offering(turn).dequeue(call, Cause.OVERFLOW);
        }
        var reason = new QueuedCall.State.Told.Reason(end, promptId, apology, turn.ids().play());
        var until = turn.now().plus(turn.limits().overflows().announcement());
        turn.emit(new AcdEvent.CallTold(turn.stamp(call.id()), call.id(), reason, until));
        state.queued(call.id()).ifPresent(now -> orders.tell(now, reason));
    }

    /** The telephone outside answered. */
    void join(QueuedCall call, QueuedCall.State.Dialled dialled) {
        new Offering(turn).dequeue(call, Cause.OVERFLOW);
        turn.emit(new AcdEvent.NumberAnswered(turn.stamp(call.id()), call.id()));
        orders.join(call, dialled.leg());
    }

    /** It does not answer, or cannot be reached. */
    void notForwarded(QueuedCall call, LegId leg) {
        orders.hangUp(call, leg, EndReason.NO_ANSWER);
        goOn(call, "no-answer");
    }
}
