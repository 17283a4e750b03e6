// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.b2bua;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.panacall.sipingress.core.call.Call;
import org.panacall.sipingress.core.call.CallEvent;
import org.panacall.sipingress.core.call.CallIds;
import org.panacall.sipingress.core.call.CallSettings;
import org.panacall.sipingress.core.call.Control;
import org.panacall.sipingress.core.call.Controller;
import org.panacall.sipingress.core.call.LegPair;
import org.panacall.sipingress.core.call.Notice;
import org.panacall.sipingress.core.command.IngressEffect;
import org.panacall.sipingress.core.dialog.UserAgentCommand;
import org.panacall.sipingress.core.fallback.Lines;
import org.panacall.sipingress.core.leg.EndReason;
import org.panacall.sipingress.core.leg.Leg;
import org.panacall.sipingress.core.leg.LegPlan;
import org.panacall.sipingress.core.leg.LegRole;
import org.panacall.sipingress.core.leg.LegState;
import org.panacall.sipingress.core.leg.Program;
import org.panacall.sipingress.core.plan.Destination;
import org.panacall.sipingress.core.plan.Destination.HandOver;
import org.panacall.sipingress.core.plan.Sayings;

/**
 * Who decides about a call: what the dial plan says, then whom it was handed over to. When a
 * service refuses, or ivr is away, the caller is kept: flow → fallback queue → apology. When acd is
 * away he waits for it in a line of ours, and {@link Keeping} looks after him.
 */
final class Routing {

    private static final Duration SILENCE = Duration.ofMillis(700);

    /** A phone need not ring any longer. */
    private static final EndReason TAKEN = new EndReason(EndReason.Fault.NONE, "taken-by-acd");

    private static final EndReason NOBODY = EndReason.us("nobody-to-take-it");
    private static final EndReason LOST = EndReason.us("controller-lost");

    private final CallSettings settings;
    private final CallIds ids;
    private final Talks talks;
    private final Endings endings;
    private final Originations originations;
    private final Lines lines = new Lines();

    Routing(CallSettings settings, CallIds ids, Talks talks, Endings endings, Originations origin) {
        this.settings = settings;
        this.ids = ids;
        this.talks = talks;
        this.endings = endings;
        this.originations = origin;
    }

    /** The caller's media is there: does what the dial plan says. */
    void begin(Call call, Destination destination, Emitted out) {
        var caller = call.primary();
        switch (destination) {
            case HandOver target -> ask(call, target, out);
            case Destination.Echo echo -> {
                call.control(new Control.Ours(Control.Task.ECHO, Optional.empty()));
                answer(call, caller, out);
                talks.echo(call, caller, out);
            }
            case Destination.AgentCode(var ready) -> {
                ours(call, Control.Task.AGENT_CODE, out);
                out.effect(
                        new IngressEffect.SetAgentState(
                                call.id(), call.tenant().id(), caller.party(), ready));
            }
            case Destination.Outside(var number) -> {
                call.control(new Control.Ours(Control.Task.THROUGH, Optional.empty()));
                var plan =
                        new LegPlan(
                                ids.leg(),
                                LegRole.CALLEE,
                                new LegPlan.Target.Number(number),
                                call.tenant().defaultCallerNumber(),
                                "",
                                settings.ringTimeout(),
                                "");
                originations.begin(call, plan, out);
            }
        }
    }

    /** 200 to a caller who waits for it. */
    void answer(Call call, Leg leg, Emitted out) {
        if (!(leg.state() instanceof LegState.Offered offered)) return;
        if (leg.local().isEmpty()) {
            leg.wantAnswer();
            return;
        }
        leg.awaitAnswer(!leg.hasOffer());
        out.sip(new UserAgentCommand.Accept(leg.id(), leg.describe()));
        leg.becomes(offered.answered(out.now()));
        call.answered(out.now());
        leg.audio().ifPresent(audio -> connected(call, leg, out));
        if (call.control() instanceof Control.Kept) entertain(call, out);
        out.touch(call);
    }

    /** A leg is answered and knows how to speak. */
    void connected(Call call, Leg leg, Emitted out) {
        var codec = leg.audio().orElseThrow().codec();
        out.fact(call, new CallEvent.LegConnected(leg.id(), codec));
        out.tell(call, new Notice.LegAnswered(leg.id()));
    }

    /** Who waits for acd while it is away. */
    Lines lines() {
        return lines;
    }

    /** Asks a service to take the call. While acd is away, and others wait for it, he waits too. */
    void ask(Call call, HandOver target, Emitted out) {
        boolean flow = target instanceof Destination.Flow;
        call.waitsSince(flow ? Optional.empty() : Optional.of(call.waitsSince().orElse(out.now())));
        if (!flow && lines.of(call.tenant().id()).isPresent()) {
            keep(call, target, out);
            return;
        }
        var patience = flow ? settings.controllerTimeout() : settings.queuePatience();
        long request = request(call, target, patience, out);
        call.control(new Control.Asked(target, request, out.now().plus(patience)));
    }

    /** Gives a call back to its flow, if that has drawn such an exit. */
    boolean back(Call call, String exit, Emitted out) {
        return call.control().wanted().filter(wanted -> back(call, wanted, exit, out)).isPresent();
    }

    private boolean back(Call call, HandOver from, String exit, Emitted out) {
        var flow = from.backBy(exit);
        flow.ifPresent(back -> ask(call, back, out));
        return flow.isPresent();
    }

    /** Asks acd once more for a caller who is kept. */
    void askAgain(Call call, Emitted out) {
        if (call.control() instanceof Control.Kept(var target, var until)) {
            request(call, target, settings.controllerTimeout(), out);
        }
    }

    static long request(Call call, HandOver target, Duration patience, Emitted out) {
        long request = call.requests().next();
        out.touch(call);
        var handed = IngressEffect.Handed.of(call);
        out.effect(new IngressEffect.AskController(request, handed, target, patience));
        return request;
    }

    /** The service that was asked says that it controls the call. */
    void took(Call call, long request, Controller controller, Emitted out) {
        switch (call.control()) {
            case Control.Asked(var target, var asked, var until) when asked == request -> {
                call.requests().taken(request);
                give(call, controller, Optional.of(target), out);
            }
            case Control.Kept(var target, var until)
                    when controller.kind() == Controller.Kind.ACD -> {
                call.requests().taken(request);
                dropOthers(call, call.primary(), TAKEN, out);
                give(call, controller, Optional.of(target), out);
            }
            default -> {
                // Its first order was faster, and it may have handed the call on by now.
                if (call.requests().isTaken(request)) return;
                if (call.controller().equals(Optional.of(controller))) return;
                var holder = call.controller().orElse(settings.us());
                out.tell(controller, call, new Notice.ControlLost(holder));
            }
        }
    }

    /** Another instance of the controlling service goes on. */
    void succeed(Call call, Controller successor, Emitted out) {
        if (call.control() instanceof Control.Theirs(var before, var target, var since)) {
            out.tell(before, call, new Notice.ControlLost(successor));
            give(call, successor, target, out);
        }
    }

    void give(Call call, Controller controller, Optional<HandOver> target, Emitted out) {
        if (!call.former().equals(Optional.of(controller))) leave(call, controller, out);
        call.former(Optional.empty());
        call.control(new Control.Theirs(controller, target, out.now()));
        var name = target.map(HandOver::target).orElse("");
        out.fact(call, new CallEvent.ControllerChanged(controller, name));
    }

    /** Who decided before, and was hoped to go on, need not any more. */
    private static void leave(Call call, Controller successor, Emitted out) {
        call.former()
                .ifPresent(former -> out.tell(former, call, new Notice.ControlLost(successor)));
        call.former(Optional.empty());
    }

    /** The service that was asked does not want the call. */
    void refused(Call call, long request, Emitted out) {
        switch (call.control()) {
            case Control.Asked(var target, var asked, var until) when asked == request ->
                    fallBack(call, target, out);
            case Control.Kept(var target, var until) when call.requests().last() == request -> {
                dropOthers(call, call.primary(), NOBODY, out);
                fallBack(call, target, out);
            }
            // Else it is an answer that is of no use any more.
            default -> {}
        }
    }

    /** Nobody answers for the service that was asked, or not in time. */
    void away(Call call, long request, Emitted out) {
        if (call.control() instanceof Control.Asked(var target, var asked, var until)
                && asked == request) {
            if (target instanceof Destination.Flow) {
                fallBack(call, target, out);
            } else {
                keep(call, target, out);
            }
        }
    }

    /** Lets a caller wait in the line of his tenant until acd is there again. */
    void keep(Call call, HandOver target, Emitted out) {
        var until =
                call.control() instanceof Control.Kept kept
                        ? kept.until()
                        : out.now().plus(settings.keeping().limit());
        call.control(new Control.Kept(call.tenant().meant(target), until));
        out.fact(call, new CallEvent.ControllerChanged(settings.us(), target.target()));
    }

    /** Nobody takes a caller who was kept. */
    void giveUp(Call call, Emitted out) {
        dropOthers(call, call.primary(), NOBODY, out);
        apologise(call, out);
    }

    /**
     * The controller has been away for too long. A talk goes on, and begins with an agent who has
     * answered already; all else gets its fallback.
     */
    void controllerLost(Call call, Control.Theirs lost, Emitted out) {
        if (call.hasTalk()) return;
        if (lost.target().isEmpty()) {
            endings.hangUp(call, LOST, out);
            return;
        }
        var target = lost.target().get();
        if (target instanceof Destination.Flow) {
            dropOthers(call, call.primary(), LOST, out);
            out.tell(call, new Notice.ControlLost(settings.us()));
            fallBack(call, target, out);
            return;
        }
        // It may come back and go on, and must not take late news of its loss for a new one.
        call.former(Optional.of(lost.controller()));
        var agent = call.legs().stream().filter(Routing::isAgentThere).findFirst();
        dropOthers(call, agent.orElse(call.primary()), LOST, out);
        if (agent.isPresent()) {
            serve(call, agent.get(), out);
        } else {
            keep(call, target, out);
        }
    }

    private static boolean isAgentThere(Leg leg) {
        return leg.role() == LegRole.AGENT && leg.isAnswered() && leg.audio().isPresent();
    }

    /** Ends all legs but the first and this one. */
    private void dropOthers(Call call, Leg kept, EndReason reason, Emitted out) {
        for (var leg : List.copyOf(call.legs())) {
            if (leg != kept && leg != call.primary()) endings.hangUp(call, leg, reason, out);
        }
    }

    private void fallBack(Call call, HandOver failed, Emitted out) {
        if (failed instanceof Destination.Flow(var id, var entry) && entry.orEnd()) {
            endings.hangUp(call, EndReason.hungUp(LegRole.AGENT), out);
            return;
        }
        if (back(call, failed, "unavailable", out) || back(call, failed, "failed", out)) return;
        var flow = failed instanceof Destination.Flow;
        var queue = flow ? failed.next().or(call.facts()::fallbackQueue) : failed.next();
        if (queue.isPresent()) {
            ask(call, new Destination.Queue(queue.get()), out);
        } else {
            apologise(call, out);
        }
    }

    /**
     * When a caller who is sent on and hears nothing gets music: soon, as another leader may have
     * to take over first. Empty when there is no need.
     */
    Optional<Instant> musicAt(Call call, Control.Asked asked) {
        return isSilent(call) && !(asked.target() instanceof Destination.Flow)
                ? Optional.of(asked.until().minus(settings.queuePatience()).plus(SILENCE))
                : Optional.empty();
    }

    private static boolean isSilent(Call call) {
        return call.primary().isAnswered() && call.primary().sounding().isEmpty();
    }

    /** Lets a caller who hears nothing hear music until whoever takes him plays something else. */
    void entertain(Call call, Emitted out) {
        if (!isSilent(call)) return;
        say(call, Sayings.music(settings.musicPrompt(), call.tenant().language()), out);
    }

    /** Nobody is left to take the call: says so and hangs up. */
    private void apologise(Call call, Emitted out) {
        ours(call, Control.Task.APOLOGY, out);
        answer(call, call.primary(), out);
        say(call, Sayings.apology(call.tenant().language()), out);
    }

    private void say(Call call, Program program, Emitted out) {
        var caller = call.primary();
        var play = ids.play();
        caller.playing(play);
        talks.play(call, caller, play, program, out);
    }

    private void ours(Call call, Control.Task task, Emitted out) {
        var until = out.now().plus(settings.apologyLimit());
        ours(call, new Control.Ours(task, Optional.of(until)), out);
    }

    private void ours(Call call, Control.Ours task, Emitted out) {
        leave(call, settings.us(), out);
        call.control(task);
        out.touch(call);
    }

    /** acd did what the agent's code asked for, or did not: a beep, or a refusal. */
    void agentCodeAnswered(Call call, boolean done, Emitted out) {
        var caller = call.primary();
        if (!caller.isOffered()) return;
        if (!done) {
            endings.hangUp(call, EndReason.us("agent-state-not-set"), out);
            return;
        }
        answer(call, caller, out);
        say(call, Sayings.beep(), out);
    }

    /** Something that we say by ourselves has been said, or would not end. */
    void said(Call call, Emitted out) {
        if (!(call.control() instanceof Control.Ours(var task, var until))) return;
        switch (task) {
            case APOLOGY -> endings.hangUp(call, NOBODY, out);
            case AGENT_CODE -> {
                boolean done = call.primary().wasAnswered();
                var none = new EndReason(EndReason.Fault.NONE, "code-done");
                endings.hangUp(call, done ? none : EndReason.us("agent-state-not-set"), out);
            }
            case ECHO, THROUGH, RING_GROUP -> {
                // These end with their parties.
            }
        }
    }

    /** The far end answered before, but how to speak with it is agreed only now. */
    void farEndSpeaks(Call call, Leg far, Emitted out) {
        connected(call, far, out);
        farEndAnswered(call, far, out);
    }

    /** Whom we rang by ourselves answered: the far end of a call, or an agent of the ring group. */
    void farEndAnswered(Call call, Leg far, Emitted out) {
        if (call.control() instanceof Control.Kept && far.role() == LegRole.AGENT) {
            serve(call, far, out);
        } else if (call.control().isThrough()) {
            talk(call, far, out);
        }
    }

    /** Lets an agent and a caller talk of whom acd knows nothing. */
    private void serve(Call call, Leg agent, Emitted out) {
        ours(call, new Control.Ours(Control.Task.RING_GROUP, Optional.empty()), out);
        out.count(IngressEffect.Counted.SERVED_BY_RING_GROUP);
        talk(call, agent, out);
    }

    private void talk(Call call, Leg far, Emitted out) {
        var caller = call.primary();
        answer(call, caller, out);
        talks.join(call, new LegPair(caller.id(), far.id()), out);
    }
}
