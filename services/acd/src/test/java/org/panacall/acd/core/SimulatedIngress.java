// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.panacall.acd.core.AcdCommand.HearEffectFailed.Failure;
import org.panacall.acd.core.AcdCommand.SeenCall;
import org.panacall.acd.core.call.Caller;
import org.panacall.acd.core.call.EndReason;
import org.panacall.acd.core.id.AgentId;
import org.panacall.acd.core.id.CallId;
import org.panacall.acd.core.id.Extension;
import org.panacall.acd.core.id.LegId;
import org.panacall.acd.core.rules.HeldCall;
import org.panacall.acd.core.rules.HeldCall.Leg;
import org.panacall.acd.core.waiting.SimulatedPatients;
import org.panacall.acd.core.waiting.SimulatedPlays;
import org.panacall.simkit.Agenda;
import org.panacall.simkit.Dice;

/**
 * A sip-ingress, its callers and its agents' phones, as far as acd can tell. It loses notices and
 * fails commands as often as it is told to.
 */
public final class SimulatedIngress {

    /** How people and phones behave, as probabilities and mean times. */
    public record Habits(
            double answers,
            double rejects,
            double noticesLost,
            double commandsFail,
            Duration patience,
            Duration talk) {}

    private final Agenda agenda;
    private final Dice dice;
    private final Habits habits;
    private final Consumer<AcdCommand> acd;
    private final Map<CallId, HeldCall> calls = new TreeMap<>();
    private final Map<CallId, Instant> lanes = new TreeMap<>();
    private final TreeSet<String> doneEffects = new TreeSet<>();
    private final TreeSet<Extension> phones = new TreeSet<>();
    private long epoch;
    private int lost;
    private Instant began = Instant.EPOCH;
    private final SimulatedPlays plays;
    private final SimulatedPatients patients = new SimulatedPatients(this::rung);

    public SimulatedIngress(Agenda agenda, Dice dice, Habits habits, Consumer<AcdCommand> acd) {
        this.agenda = agenda;
        this.dice = dice;
        this.habits = habits;
        this.acd = acd;
        plays = new SimulatedPlays(agenda, dice, this::tell);
    }

    /** A caller has come to us, answered by a flow perhaps, and gives up after a while. */
    public void arrive(CallId id, Caller caller) {
        var leg = caller.leg();
        var state = caller.answered() ? Leg.ANSWERED : Leg.RINGING;
        var call = new HeldCall(leg, caller.number().value(), state);
        call.noticed = caller.heardRecordingNotice();
        calls.put(id, call);
        agenda.in(dice.wait(habits.patience()), () -> giveUp(id, leg));
    }

    /** Patience is for waiting; a talk ends by itself. */
    private void giveUp(CallId id, LegId leg) {
        var call = calls.get(id);
        if (call != null && !call.joined) {
            hangUp(id, leg, "caller-hung-up");
        }
    }

    public void phone(Extension extension, boolean registered) {
        if (registered) {
            phones.add(extension);
        } else {
            phones.remove(extension);
        }
    }

    /** All calls vanish at once, and nobody is told. */
    public void crash(Instant now) {
        calls.clear();
        began = now;
    }

    /** How long it has been there. */
    public Duration holdingFor(Instant now) {
        return Duration.between(began, now);
    }

    public int live() {
        return calls.size();
    }

    /** Phones that ring or are off the hook. */
    public long busyPhones() {
        return calls.values().stream()
                .mapToLong(
                        call ->
                                call.agents.keySet().stream()
                                        .filter(leg -> call.legs.get(leg) != Leg.ENDED)
                                        .count())
                .sum();
    }

    public List<SeenCall> list() {
        return calls.entrySet().stream().map(e -> e.getValue().seen(e.getKey())).toList();
    }

    /** A phone dials by itself, and talks for a while. */
    void dial(CallId id, LegId leg, Extension phone) {
        var call = new HeldCall(leg, phone.value(), Leg.ANSWERED);
        call.dialledBy = Optional.of(phone);
        calls.put(id, call);
        hint(new AcdCommand.HearOwnCallBegan(id, phone, Clinic.INGRESS));
        agenda.in(
                dice.wait(habits.talk()),
                () -> {
                    if (calls.remove(id) != null) {
                        hint(new AcdCommand.HearOwnCallEnded(id));
                    }
                });
    }

    private void hint(AcdCommand command) {
        if (!dice.chance(habits.noticesLost())) {
            agenda.in(Duration.ofMillis(dice.between(1, 20)), () -> acd.accept(command));
        }
    }

    /** Carries an effect out after a moment; those of one call in their order. */
    public void carryOut(AcdEffect effect, Instant now) {
        var wanted = now.plusMillis(dice.between(1, 10));
        var before = lanes.getOrDefault(effect.order().call(), wanted);
        var at = before.isAfter(wanted) ? before : wanted;
        lanes.put(effect.order().call(), at);
        agenda.at(at, () -> command(effect));
    }

    private void command(AcdEffect effect) {
        var order = effect.order();
        if (order.epoch() < epoch) {
            return;
        }
        epoch = order.epoch();
        var call = calls.get(order.call());
        var known = call != null || effect instanceof AcdEffect.CreateCall;
        if (known && !doneEffects.add(order.effectId())) {
            return;
        }
        if (effect instanceof AcdEffect.CreateCall create) {
            var leg = create.leg();
            calls.put(order.call(), new HeldCall(leg.leg(), leg.party().value(), Leg.RINGING));
            ring(order.call(), create.leg());
        } else if (call == null) {
            acd.accept(new AcdCommand.HearEffectFailed(effect, Failure.CALL_GONE));
        } else if (call.flow.isPresent()) {
            acd.accept(new AcdCommand.HearEffectFailed(effect, Failure.NOT_CONTROLLER));
        } else if (dice.chance(habits.commandsFail()) && !isHangUp(effect)) {
            acd.accept(new AcdCommand.HearEffectFailed(effect, Failure.REFUSED));
        } else {
            carryOut(effect, order.call(), call);
        }
    }

    private static boolean isHangUp(AcdEffect effect) {
        return effect instanceof AcdEffect.HangUpLeg || effect instanceof AcdEffect.HangUpCall;
    }

    private void carryOut(AcdEffect effect, CallId id, HeldCall call) {
        switch (effect) {
            case AcdEffect.AnswerLeg answer -> call.legs.replace(answer.leg(), Leg.ANSWERED);
            case AcdEffect.AddLeg add -> ring(id, add.leg());
            case AcdEffect.JoinLegs join -> join(id, call, join);
            case AcdEffect.HangUpLeg hangUp -> hangUp(id, hangUp.leg(), "cancelled");
            case AcdEffect.HangUpCall hangUp ->
                    List.copyOf(call.legs.keySet()).forEach(leg -> hangUp(id, leg, "hung-up"));
            case AcdEffect.HandOver handOver -> flow(id, call, handOver.flow());
            case AcdEffect.HandBack handBack -> flow(id, call, handBack.exit());
            case AcdEffect.Play play -> play(id, call, play);
            case AcdEffect.CreateCall create -> {}
            case AcdEffect.RingLeg ring -> {}
        }
    }

    /** A flow has it for a while, then gives it to a queue, or the caller has what he wants. */
    private void flow(CallId id, HeldCall call, String flow) {
        call.flow = Optional.of(flow);
        call.beenWithFlow = true;
        agenda.in(
                dice.wait(Duration.ofSeconds(20)),
                () -> {
                    if (!calls.containsKey(id)) {
                        return;
                    }
                    if (dice.chance(0.5)) {
                        var caller = Clinic.caller(call.first.value(), true, call.number, Map.of());
                        var queue = new AcdCommand.Destination.Queue(Clinic.REGISTRY);
                        call.flow = Optional.empty();
                        var live = call.live();
                        acd.accept(new AcdCommand.EnqueueCall(id, caller, queue, "", live));
                    } else {
                        calls.remove(id);
                    }
                });
    }

    private void play(CallId id, HeldCall call, AcdEffect.Play play) {
        if (call.legs.get(play.leg()) != Leg.ENDED) {
            plays.begin(id, play);
        }
    }

    private void ring(CallId id, AcdEffect.NewLeg leg) {
        var call = calls.get(id);
        if (call == null || call.agents.containsKey(leg.leg())) {
            return;
        }
        call.legs.put(leg.leg(), Leg.RINGING);
        if (leg.agent().isPresent()) {
            var busy = busy(leg.agent().get(), id) || dials(leg.party().value());
            call.agents.put(leg.leg(), leg.agent().get());
            var mobile = leg.party().isOutside();
            if (!mobile && !phones.contains(new Extension(leg.party().value()))) {
                soon(id, leg.leg(), "unreachable", 480);
                return;
            }
            if (busy) {
                soon(id, leg.leg(), "busy", 486);
                return;
            }
        }
        leg.agent().ifPresentOrElse(agent -> {}, () -> patients.dialled(id, leg));
        var fate = dice.weighted(weights());
        switch (fate) {
            case 0 -> agenda.in(seconds(1, 12), () -> answer(id, leg.leg()));
            case 1 -> agenda.in(seconds(0, 5), () -> end(id, leg.leg(), "rejected", 486));
            default -> agenda.in(leg.ringTimeout(), () -> end(id, leg.leg(), "no-answer", 487));
        }
    }

    /** Whether he is rung or told something, and does not talk yet, nor leaves a message. */
    private boolean rung(LegId leg) {
        return calls.values().stream()
                .filter(call -> !call.joined && !call.beenWithFlow)
                .anyMatch(call -> call.legs.getOrDefault(leg, Leg.ENDED) != Leg.ENDED);
    }

    private double[] weights() {
        return new double[] {
            habits.answers(), habits.rejects(), 1 - habits.answers() - habits.rejects()
        };
    }

    private Duration seconds(int least, int most) {
        return Duration.ofMillis(dice.between(least * 1000, most * 1000));
    }

    /** By another call than this one, which may ring several devices of his. */
    private boolean busy(AgentId agent, CallId but) {
        return calls.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(but))
                .map(Map.Entry::getValue)
                .anyMatch(
                        call ->
                                call.agents.entrySet().stream()
                                        .anyMatch(
                                                e ->
                                                        e.getValue().equals(agent)
                                                                && call.legs.get(e.getKey())
                                                                        != Leg.ENDED));
    }

    private boolean dials(String party) {
        return calls.values().stream()
                .flatMap(call -> call.dialledBy.stream())
                .anyMatch(phone -> phone.value().equals(party));
    }

    private void soon(CallId id, LegId leg, String reason, int status) {
        agenda.in(Duration.ofMillis(dice.between(1, 50)), () -> end(id, leg, reason, status));
    }

    private void answer(CallId id, LegId leg) {
        var call = calls.get(id);
        if (call != null && call.legs.get(leg) == Leg.RINGING) {
            call.legs.put(leg, Leg.ANSWERED);
            tell(new AcdCommand.HearLegAnswered(id, leg));
            if (dice.chance(0.02)) {
                // Before he can be joined.
                hangUp(id, leg, "hung-up");
            }
        }
    }

    private void end(CallId id, LegId leg, String reason, int status) {
        var call = calls.get(id);
        if (call != null && call.legs.get(leg) == Leg.RINGING) {
            finish(id, leg, new EndReason(EndReason.Fault.AGENT, reason), status);
        }
    }

    private void hangUp(CallId id, LegId leg, String reason) {
        var call = calls.get(id);
        if (call == null || call.legs.getOrDefault(leg, Leg.ENDED) == Leg.ENDED) {
            return;
        }
        var end = new EndReason(EndReason.Fault.NONE, reason);
        finish(id, leg, end, 0);
        if (call.joined) {
            List.copyOf(call.legs.keySet()).forEach(other -> hangUp(id, other, reason));
        }
    }

    private void finish(CallId id, LegId leg, EndReason reason, int status) {
        var call = calls.get(id);
        call.legs.put(leg, Leg.ENDED);
        plays.stop(leg);
        tell(new AcdCommand.HearLegEnded(id, leg, reason, status));
        if (call.over()) {
            calls.remove(id);
            tell(new AcdCommand.HearCallEnded(id, reason));
        }
    }

    private void join(CallId id, HeldCall call, AcdEffect.JoinLegs join) {
        if (call.legs.get(join.leg()) != Leg.ANSWERED
                || call.legs.get(join.other()) != Leg.ANSWERED) {
            acd.accept(new AcdCommand.HearEffectFailed(join, Failure.REFUSED));
            return;
        }
        call.joined = true;
        boolean recorded = join.recording().filter(talk -> !talk.noticeMissing()).isPresent();
        assertTrue(!recorded || call.noticed, "recorded without the notice");
        plays.stop(join.leg());
        plays.stop(join.other());
        var by = dice.chance(0.5) ? call.first : join.other();
        agenda.in(
                dice.wait(habits.talk()),
                () -> {
                    if (!by.equals(call.first) && join.afterTalk().isPresent()) {
                        afterTalk(id, by, join.afterTalk().get());
                    } else {
                        hangUp(id, by, "hung-up");
                    }
                });
    }

    /** The agent hung up, and the caller goes into a flow. */
    private void afterTalk(CallId id, LegId agent, String flow) {
        var call = calls.get(id);
        if (call == null || call.legs.get(agent) != Leg.ANSWERED) {
            return;
        }
        call.legs.put(agent, Leg.ENDED);
        call.joined = false;
        var end = new EndReason(EndReason.Fault.NONE, "agent-hung-up");
        tell(new AcdCommand.HearLegEnded(id, agent, end, 0, Optional.of(flow)));
        flow(id, call, flow);
    }

    private void tell(AcdCommand.Notice notice) {
        var call = calls.get(notice.call());
        if (call != null && call.flow.isPresent()) {
            return;
        }
        if (dice.chance(habits.noticesLost())) {
            lost++;
            return;
        }
        agenda.in(Duration.ofMillis(dice.between(1, 20)), () -> acd.accept(notice));
    }

    /** Notices that acd never got. */
    public int lost() {
        return lost;
    }

    /** Its caller is served otherwise: acd did not take it. */
    public void forget(CallId id) {
        calls.remove(id);
    }
}
