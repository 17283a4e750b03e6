// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.b2bua;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.stream.Stream;
import org.panacall.sipingress.core.call.Call;
import org.panacall.sipingress.core.call.CallEvent;
import org.panacall.sipingress.core.call.CallEvent.TalkRecording;
import org.panacall.sipingress.core.call.CallIds;
import org.panacall.sipingress.core.call.CallTable;
import org.panacall.sipingress.core.call.Control;
import org.panacall.sipingress.core.call.Controller;
import org.panacall.sipingress.core.call.Refusal;
import org.panacall.sipingress.core.command.IngressEffect;
import org.panacall.sipingress.core.command.Order;
import org.panacall.sipingress.core.dialog.UserAgentCommand;
import org.panacall.sipingress.core.leg.Direction;
import org.panacall.sipingress.core.leg.Leg;
import org.panacall.sipingress.core.leg.LegState;
import org.panacall.sipingress.core.plan.Destination;
import org.panacall.sipingress.core.plan.DialPlan;
import org.panacall.sipingress.core.plan.TenantId;

/** Orders of controllers: who may give them, and each carried out once. */
final class Orders {

    private static final int EPOCHS_MAX = 10_000;
    private static final Optional<Refusal> DONE = Optional.empty();

    private final CallTable table;
    private final CallIds ids;
    private final Endings endings;
    private final Talks talks;
    private final Routing routing;
    private final Originations originations;
    private final LiveFlows live;
    private final LinkedHashMap<Leadership, Long> epochs = new LinkedHashMap<>();

    /**
     * What has one leader at a time: with acd a tenant, with ivr the runs of one name, since
     * several instances take a tenant's callers through its flows.
     */
    private record Leadership(TenantId tenant, Controller.Kind kind, String runs) {
        static Leadership of(TenantId tenant, Controller controller) {
            var runs = controller.kind() == Controller.Kind.IVR ? controller.instance() : "";
            return new Leadership(tenant, controller.kind(), runs);
        }
    }

    Orders(CallTable table, CallIds ids, Talks talks, Routing routing, Rules rules) {
        this.table = table;
        this.ids = ids;
        this.talks = talks;
        this.routing = routing;
        this.endings = rules.endings();
        this.originations = rules.originations();
        this.live = rules.live();
    }

    /** Rules that orders lead to. */
    record Rules(Endings endings, Originations originations, LiveFlows live) {}

    /** Whether nothing was ever heard of the call. */
    boolean isNew(Order.CreateCall order) {
        return table.call(order.call()).isEmpty() && table.gone(order.call()).isEmpty();
    }

    /** Creates a call; idempotent by its id. */
    Optional<Refusal> create(Order.CreateCall order, Optional<DialPlan> plan, Emitted out) {
        if (!isNew(order)) return DONE;
        var tenant = plan.flatMap(known -> known.tenant(order.tenant()));
        if (tenant.isEmpty()) return Optional.of(Refusal.wrongState("tenant unknown"));
        if (isStale(order.tenant(), order.stamp())) return Optional.of(stale());
        var target = order.leg().target();
        var facts =
                new Call.Facts(
                        Direction.OUTBOUND,
                        order.leg().callerNumber(),
                        target.party(),
                        "",
                        order.origin(),
                        Optional.empty(),
                        ids.traceparent());
        var call = new Call(order.call(), tenant.get(), facts, out.now());
        var control = new Control.Theirs(order.stamp().controller(), Optional.empty(), out.now());
        call.control(control);
        table.add(call);
        out.fact(
                call,
                new CallEvent.CallStarted(
                        Direction.OUTBOUND,
                        facts.from(),
                        facts.to(),
                        "",
                        order.origin(),
                        Optional.empty()));
        originations.begin(call, order.leg(), out);
        out.fact(call, new CallEvent.ControllerChanged(control.controller(), ""));
        call.memory().keep(order.stamp().effectId(), DONE);
        return DONE;
    }

    /** An order on a call that exists, or existed. */
    Optional<Refusal> handle(Order order, Emitted out) {
        var known = table.call(order.call());
        var memory =
                known.map(Call::memory)
                        .or(() -> table.gone(order.call()).map(CallTable.Gone::memory));
        var before = memory.flatMap(kept -> kept.of(order.stamp().effectId()));
        if (before.isPresent() && !cameBack(known, order)) return before.get();
        if (known.isEmpty() || known.get().end().isPresent()) {
            return Optional.of(new Refusal(Refusal.Kind.CALL_UNKNOWN, "no such call here"));
        }
        var call = known.get();
        var refusal = mayOrder(call, order, out).or(() -> carryOut(call, order, out));
        out.touch(call);
        call.memory().keep(order.stamp().effectId(), refusal);
        return refusal;
    }

    /**
     * A call that came back to whom hands it over is handed over once more: an heir may not know
     * that it was back in between, and it would be nobody's.
     */
    private static boolean cameBack(Optional<Call> known, Order order) {
        return order instanceof Order.HandOver
                && known.flatMap(Call::controller)
                        .filter(order.stamp().controller()::equals)
                        .isPresent();
    }

    private Optional<Refusal> mayOrder(Call call, Order order, Emitted out) {
        if (order instanceof Order.HangUpCall end && end.byOperator()) return DONE;
        if (order instanceof Order.RunFlow) return DONE;
        var stamp = order.stamp();
        var sender = stamp.controller();
        if (isStale(call.tenant().id(), stamp)) return Optional.of(stale());
        if (live.tookByOrder(call, sender, out)) return DONE;
        return switch (call.control()) {
            case Control.Theirs theirs when theirs.controller().equals(sender) -> DONE;
            case Control.Theirs theirs
                    when theirs.controller().kind() == sender.kind()
                            && sender.kind() != Controller.Kind.IVR
                            && stamp.epoch() > 0 -> {
                // A new leader goes on with the calls of the old one.
                routing.succeed(call, sender, out);
                yield DONE;
            }
            case Control.Asked(var target, var request, var until)
                    when kindFor(target) == sender.kind() -> {
                // Its first order may overtake its answer to our request.
                routing.took(call, request, sender, out);
                yield DONE;
            }
            case Control.Kept kept when sender.kind() == Controller.Kind.ACD -> {
                routing.took(call, call.requests().last(), sender, out);
                yield DONE;
            }
            default ->
                    Optional.of(new Refusal(Refusal.Kind.NOT_CONTROLLER, "somebody else decides"));
        };
    }

    private static Controller.Kind kindFor(Destination.HandOver target) {
        return switch (target) {
            case Destination.Flow flow -> Controller.Kind.IVR;
            case Destination.Queue queue -> Controller.Kind.ACD;
            case Destination.Rung rung -> Controller.Kind.ACD;
        };
    }

    private boolean isStale(TenantId tenant, Order.Stamp stamp) {
        var key = Leadership.of(tenant, stamp.controller());
        long newest = epochs.getOrDefault(key, 0L);
        if (stamp.epoch() < newest) return true;
        if (stamp.epoch() > newest) {
            if (epochs.size() == EPOCHS_MAX) epochs.pollFirstEntry();
            epochs.put(key, stamp.epoch());
        }
        return false;
    }

    private static Refusal stale() {
        return new Refusal(Refusal.Kind.STALE, "a newer leader has spoken");
    }

    private Optional<Refusal> carryOut(Call call, Order order, Emitted out) {
        return switch (order) {
            case Order.CreateCall create -> DONE;
            case Order.AddLeg(var stamp, var id, var plan) -> {
                if (call.leg(plan.leg()).isPresent()) yield DONE;
                if (call.legs().size() >= Call.LEGS_MAX) {
                    yield Optional.of(new Refusal(Refusal.Kind.OVERLOADED, "too many legs"));
                }
                if (call.node().isEmpty()) yield wrongState("the call has no media yet");
                originations.begin(call, plan, out);
                yield DONE;
            }
            case Order.HangUpCall(var stamp, var id, var reason, var operator) -> {
                endings.hangUp(call, reason, out);
                yield DONE;
            }
            case Order.HandOver(var stamp, var id, var target) -> {
                routing.ask(call, target, out);
                yield DONE;
            }
            case Order.RunFlow(var stamp, var id, var flow) -> live.ask(call, flow, out);
            case Order.HandBack(var stamp, var id, var exit) ->
                    routing.back(call, exit, out)
                            ? DONE
                            : wrongState("no way back by that exit is known");
            case Order.OfLeg ofLeg ->
                    call.leg(ofLeg.leg())
                            .map(leg -> carryOut(call, leg, ofLeg, out))
                            .orElse(Optional.of(legUnknown()));
        };
    }

    private Optional<Refusal> carryOut(Call call, Leg leg, Order.OfLeg order, Emitted out) {
        if (order instanceof Order.JoinLegs join && endedOf(call, leg, join).isPresent()) {
            // Who hung up before the order came has ended the talk, and so the call.
            endings.hangUp(call, endedOf(call, leg, join).get().reason(), out);
            return DONE;
        }
        if (leg.isEnded()) {
            return order instanceof Order.HangUpLeg ? DONE : wrongState("the leg is over");
        }
        return switch (order) {
            case Order.RingLeg ring -> ring(leg, ring.earlyMedia(), out);
            case Order.AnswerLeg answer -> answer(call, leg, out);
            case Order.Play play -> {
                if (!isAudible(call, leg)) yield wrongState("the leg has no media");
                leg.playing(play.play());
                talks.play(call, leg, play.play(), play.program(), out);
                yield DONE;
            }
            case Order.StopPlay stop -> {
                if (isAudible(call, leg)) talks.stop(call, leg, stop.play(), out);
                yield DONE;
            }
            case Order.SendKeys keys -> {
                if (!leg.isAnswered()) yield wrongState("the leg is not answered");
                var node = call.node().orElseThrow();
                out.effect(new IngressEffect.PlayKeys(call.id(), leg.id(), node, keys.keys()));
                yield DONE;
            }
            case Order.JoinLegs join -> join(call, leg, join, out);
            case Order.EchoLeg echo -> {
                if (!leg.isAnswered()) yield wrongState("the leg is not answered");
                talks.echo(call, leg, out);
                yield DONE;
            }
            case Order.JoinRoom(var stamp, var id, var one, var room) -> {
                boolean busy = call.hasTalk() || leg != call.primary();
                if (busy || !leg.isAnswered()) {
                    yield wrongState("an answered caller who does not talk joins a room");
                }
                talks.enter(call, room, out);
                yield DONE;
            }
            case Order.LeaveRoom leave -> {
                talks.leave(call, out);
                yield DONE;
            }
            case Order.HoldLeg hold -> hold(call, leg, hold.held(), out);
            case Order.HangUpLeg hangUp -> {
                endings.hangUp(call, leg, hangUp.reason(), out);
                yield DONE;
            }
        };
    }

    /** Media has the leg, or had it and will have it again. */
    private static boolean isAudible(Call call, Leg leg) {
        return leg.local().isPresent() || call.isMoving();
    }

    private static Optional<Refusal> ring(Leg leg, boolean earlyMedia, Emitted out) {
        if (leg.isAnswered()) return DONE;
        if (!leg.isOffered()) return wrongState("the leg does not wait for us");
        boolean audible = earlyMedia && leg.hasOffer() && leg.local().isPresent();
        var sdp = audible ? Optional.of(leg.describe()) : Optional.<String>empty();
        out.sip(new UserAgentCommand.Ring(leg.id(), audible ? 183 : 180, sdp));
        return DONE;
    }

    private Optional<Refusal> answer(Call call, Leg leg, Emitted out) {
        if (leg.isAnswered()) return DONE;
        if (!(leg.state() instanceof LegState.Offered)) {
            return wrongState("the leg does not wait for us");
        }
        routing.answer(call, leg, out);
        return DONE;
    }

    private static Optional<LegState.Ended> endedOf(Call call, Leg leg, Order.JoinLegs join) {
        return Stream.concat(Stream.of(leg), call.leg(join.other()).stream())
                .map(Leg::state)
                .filter(LegState.Ended.class::isInstance)
                .map(LegState.Ended.class::cast)
                .findFirst();
    }

    private Optional<Refusal> join(Call call, Leg leg, Order.JoinLegs order, Emitted out) {
        var other = call.leg(order.other());
        if (other.isEmpty()) return Optional.of(legUnknown());
        if (leg == other.get() || !leg.isAnswered() || !other.get().isAnswered()) {
            return wrongState("two answered legs are wanted");
        }
        if (call.partners(leg.id()).contains(other.get())) return DONE;
        talks.join(call, order.pair(), out);
        if (order.terms().noticeMissing()) {
            out.fact(call, TalkRecording.not(order.other(), TalkRecording.Outcome.NO_NOTICE));
        }
        return DONE;
    }

    private Optional<Refusal> hold(Call call, Leg leg, boolean held, Emitted out) {
        if (!leg.isAnswered()) return wrongState("the leg is not answered");
        if (leg.heldByUs() == held) return DONE;
        leg.holdByUs(held);
        talks.holdChanged(call, leg, true, out);
        return DONE;
    }

    private static Refusal legUnknown() {
        return new Refusal(Refusal.Kind.LEG_UNKNOWN, "no such leg in the call");
    }

    private static Optional<Refusal> wrongState(String detail) {
        return Optional.of(Refusal.wrongState(detail));
    }
}
