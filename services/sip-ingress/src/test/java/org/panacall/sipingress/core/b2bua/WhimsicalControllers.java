// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.b2bua;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.panacall.simkit.Dice;
import org.panacall.sipingress.core.call.CallId;
import org.panacall.sipingress.core.call.Controller;
import org.panacall.sipingress.core.call.Notice;
import org.panacall.sipingress.core.call.Refusal;
import org.panacall.sipingress.core.command.IngressCommand;
import org.panacall.sipingress.core.command.IngressEffect;
import org.panacall.sipingress.core.command.Order;
import org.panacall.sipingress.core.dialog.LegId;
import org.panacall.sipingress.core.leg.EndReason;
import org.panacall.sipingress.core.leg.LegPlan;
import org.panacall.sipingress.core.leg.LegRole;
import org.panacall.sipingress.core.leg.PlayId;
import org.panacall.sipingress.core.leg.Program;
import org.panacall.sipingress.core.leg.Prompt;
import org.panacall.sipingress.core.leg.RecordingPlan;
import org.panacall.sipingress.core.plan.Destination;
import org.panacall.sipingress.core.room.RoomWish;

/**
 * ivr and acd that mostly work, sometimes refuse, forget, repeat themselves, or die. acd may be
 * away for minutes; then it goes on with what it held, and hears what happened meanwhile.
 */
final class WhimsicalControllers {

    private static final Controller IVR = new Controller(Controller.Kind.IVR, "ivr-1");

    private static final Destination.Terms WITH_WAY_BACK =
            new Destination.Terms(
                    Optional.empty(),
                    false,
                    Optional.of(
                            new Destination.WayBack(
                                    "main", "Ym9vaw==", List.of("no-answer", "busy"))));

    private static final RecordingPlan RECORD =
            new RecordingPlan(
                    "RECORDING_KIND_CALL",
                    "registry",
                    "",
                    "ru",
                    Duration.ofHours(2),
                    Optional.empty(),
                    "",
                    Duration.ZERO,
                    "103");

    private static final List<Refusal.Kind> GONE =
            List.of(Refusal.Kind.CALL_UNKNOWN, Refusal.Kind.NOT_CONTROLLER);

    private final World world;
    private final Dice dice;
    private final double[] moods;
    private final TreeMap<CallId, Controller> held = new TreeMap<>();
    private final LinkedHashMap<LegId, LegId> partners = new LinkedHashMap<>();
    private long epoch = 1;
    private boolean ivrAlive = true;
    private boolean acdAway;
    private final ArrayDeque<IngressEffect.Tell> unheard = new ArrayDeque<>();
    private int count;

    WhimsicalControllers(World world, Dice dice) {
        this.world = world;
        this.dice = dice;
        moods = dice.swarm(6);
        world.controllersAre(this::asked, this::told);
        watch(IVR, true);
        watch(acd(), true);
    }

    private Controller acd() {
        return new Controller(Controller.Kind.ACD, "acd-" + epoch);
    }

    /** Calls that a controller believes to hold. */
    TreeMap<CallId, Controller> held() {
        return held;
    }

    private void watch(Controller controller, boolean watching) {
        world.send(new IngressCommand.WatchController(controller, watching));
    }

    /** ivr dies or comes back; acd's leader is succeeded. */
    void stumble() {
        if (acdAway || dice.chance(0.5)) {
            ivrAlive = !ivrAlive;
            watch(IVR, ivrAlive);
            if (!ivrAlive) held.values().removeIf(IVR::equals);
        } else {
            var old = acd();
            epoch++;
            watch(old, false);
            watch(acd(), true);
            var next = acd();
            held.replaceAll((call, holder) -> holder.equals(old) ? next : holder);
        }
    }

    /** acd goes away, for about so long. */
    void leave(Duration mean) {
        if (acdAway) return;
        acdAway = true;
        watch(acd(), false);
        world.agenda().in(dice.wait(mean), this::comeBack);
    }

    private void comeBack() {
        acdAway = false;
        watch(acd(), true);
        while (!unheard.isEmpty()) told(unheard.poll());
    }

    private void later(int meanMillis, Runnable act) {
        world.agenda().in(dice.wait(Duration.ofMillis(meanMillis)), act);
    }

    private void asked(IngressEffect.AskController ask) {
        boolean flow = ask.target() instanceof Destination.Flow;
        var call = ask.handed().call();
        if (flow ? !ivrAlive : acdAway) {
            int asked = (int) ask.patience().toMillis();
            later(asked, () -> world.send(new IngressCommand.ControllerAway(call, ask.request())));
            return;
        }
        if (dice.chance(0.05)) {
            later(20, () -> world.send(new IngressCommand.ControllerRefused(call, ask.request())));
            return;
        }
        if (dice.chance(0.05)) return;
        var controller = flow ? IVR : acd();
        later(
                dice.chance(0.1) ? 3_000 : 20,
                () -> {
                    if (!flow && acdAway) return;
                    held.put(call, controller);
                    world.send(new IngressCommand.ControllerTook(call, ask.request(), controller));
                    later(50, () -> begin(call, ask.handed().leg()));
                });
        // Orders may overtake the answer to the request.
        if (dice.chance(0.1))
            later(10, () -> order(new Order.AnswerLeg(stamp(flow), call, ask.handed().leg())));
    }

    private Order.Stamp stamp(boolean flow) {
        return new Order.Stamp("effect-" + ++count, flow ? 0 : epoch, flow ? IVR : acd());
    }

    private Order.Stamp stamp(CallId call) {
        return stamp(IVR.equals(held.get(call)));
    }

    private Optional<Refusal> order(Order order) {
        var refusal = world.send(order);
        if (dice.chance(0.05)) {
            var again = world.send(order);
            if (!again.equals(refusal)) throw new AssertionError("a repeat answered otherwise");
        }
        // Who is told that a call is not his forgets it: it ended or went elsewhere.
        if (refusal.map(Refusal::kind).filter(GONE::contains).isPresent())
            held.remove(order.call());
        return refusal;
    }

    private boolean holds(CallId call) {
        return held.containsKey(call) && (IVR.equals(held.get(call)) || !acdAway);
    }

    private void begin(CallId call, LegId caller) {
        if (!holds(call)) {
            if (held.containsKey(call)) later(5_000, () -> act(call, caller));
            return;
        }
        order(new Order.AnswerLeg(stamp(call), call, caller));
        var prompt = Program.once(new Prompt.Stored("greeting", "ru", ""));
        order(new Order.Play(stamp(call), call, caller, new PlayId("play-" + ++count), prompt));
        later(3_000, () -> act(call, caller));
    }

    private void act(CallId call, LegId caller) {
        var holder = held.get(call);
        if (holder == null) return;
        if (!holds(call)) {
            later(5_000, () -> act(call, caller));
            return;
        }
        switch (dice.weighted(moods)) {
            case 0, 1 -> {
                if (holder.equals(IVR)) {
                    handOver(call);
                } else {
                    addLeg(call, caller);
                    if (dice.chance(0.2)) handBack(call);
                }
            }
            case 2 -> order(new Order.HoldLeg(stamp(call), call, caller, dice.chance(0.5)));
            case 3 -> {
                var done = new EndReason(EndReason.Fault.NONE, "flow-ended");
                order(new Order.HangUpCall(stamp(call), call, done, dice.chance(0.2)));
            }
            case 4 -> confer(call, caller, holder.equals(IVR));
            default -> order(new Order.EchoLeg(stamp(call), call, caller));
        }
        if (held.containsKey(call)) later(5_000, () -> act(call, caller));
    }

    private void handOver(CallId call) {
        var targets =
                List.of(
                        new Destination.Queue("registry"),
                        new Destination.Person("103", "registry"),
                        new Destination.Person("103", "registry", WITH_WAY_BACK),
                        new Destination.Telephone("+74951112233", "", WITH_WAY_BACK),
                        new Destination.Flow("closed"));
        var refusal = order(new Order.HandOver(stamp(call), call, dice.oneOf(targets)));
        if (refusal.isEmpty()) held.remove(call);
    }

    private void confer(CallId call, LegId caller, boolean byFlow) {
        var room = new RoomWish(dice.oneOf(List.of("700", "701")), 3, List.of(), true);
        if (byFlow && dice.chance(0.7)) {
            order(new Order.JoinRoom(stamp(call), call, caller, room));
        } else {
            order(new Order.LeaveRoom(stamp(call), call, caller));
        }
    }

    private void handBack(CallId call) {
        var exit = dice.chance(0.8) ? "no-answer" : "failed";
        var refusal = order(new Order.HandBack(stamp(call), call, exit));
        if (refusal.isEmpty()) held.remove(call);
    }

    private void addLeg(CallId call, LegId caller) {
        var leg = new LegId("agent-" + ++count);
        var target = new LegPlan.Target.Extension("103");
        var ring = Duration.ofSeconds(dice.between(1, 15));
        var plan = new LegPlan(leg, LegRole.AGENT, target, "+79161234567", "", ring, "agent_103");
        order(new Order.AddLeg(stamp(call), call, plan));
        partners.put(leg, caller);
    }

    /** The agent, or his supervisor, has a flow run. */
    private void runFlow(CallId call) {
        var person = new Controller(Controller.Kind.SIP_INGRESS, "desktop-1");
        var stamp = new Order.Stamp("effect-" + ++count, 0, person);
        order(new Order.RunFlow(stamp, call, new Destination.Flow("rating")));
    }

    private void told(IngressEffect.Tell tell) {
        if (acdAway && tell.to().kind() == Controller.Kind.ACD) {
            unheard.add(tell);
            return;
        }
        switch (tell.notice()) {
            case Notice.CallEnded ended -> held.remove(tell.call());
            case Notice.ControlLost lost -> held.remove(tell.call(), tell.to());
            case Notice.LegEnded(var leg, var reason, var status, var flow) when !flow.isEmpty() ->
                    held.remove(tell.call(), tell.to());
            case Notice.LegAnswered(var leg) -> {
                var caller = partners.get(leg);
                if (caller != null) later(10, () -> join(tell.call(), caller, leg));
            }
            default -> {
                // Not needed to go on.
            }
        }
    }

    private void join(CallId call, LegId caller, LegId leg) {
        var afterTalk = dice.chance(0.5) ? "rating" : "";
        var record = dice.chance(0.5) ? Optional.of(RECORD) : Optional.<RecordingPlan>empty();
        var terms = new Order.JoinLegs.Terms(afterTalk, record, dice.chance(0.2));
        if (holds(call)) order(new Order.JoinLegs(stamp(call), call, caller, leg, terms));
        if (dice.chance(0.2)) later(2_000, () -> runFlow(call));
    }
}
