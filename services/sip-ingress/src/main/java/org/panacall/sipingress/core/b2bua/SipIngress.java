// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.b2bua;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.panacall.engine.Core;
import org.panacall.engine.Decision;
import org.panacall.sipingress.core.admission.Admission;
import org.panacall.sipingress.core.admission.Door;
import org.panacall.sipingress.core.call.Call;
import org.panacall.sipingress.core.call.CallFact;
import org.panacall.sipingress.core.call.CallId;
import org.panacall.sipingress.core.call.CallIds;
import org.panacall.sipingress.core.call.CallSettings;
import org.panacall.sipingress.core.call.CallTable;
import org.panacall.sipingress.core.call.Notice;
import org.panacall.sipingress.core.call.Refusal;
import org.panacall.sipingress.core.call.Watchers;
import org.panacall.sipingress.core.command.IngressCommand;
import org.panacall.sipingress.core.command.IngressEffect;
import org.panacall.sipingress.core.command.Order;
import org.panacall.sipingress.core.dialog.LegId;
import org.panacall.sipingress.core.dialog.UserAgent;
import org.panacall.sipingress.core.dialog.UserAgentCommand;
import org.panacall.sipingress.core.dialog.UserAgentOutput;
import org.panacall.sipingress.core.leg.EndReason;
import org.panacall.sipingress.core.leg.Leg;
import org.panacall.sipingress.core.leg.LegState;

/**
 * The back-to-back user agent: SIP on one side, orders of controllers on the other, calls between.
 *
 * <p>Owned by a single thread. Acts first and checkpoints afterwards, so {@link #apply} has nothing
 * to rebuild: what an heir needs to go on with a call is in the events themselves.
 */
public final class SipIngress implements Core<IngressCommand, CallFact, IngressEffect, Refusal> {

    private static final int STORED_ALONG_MAX = 200;
    private static final EndReason LOST = new EndReason(EndReason.Fault.UNKNOWN, "dialog-lost");

    private final UserAgent userAgent;
    private final CallTable table = new CallTable();
    private final Watchers watchers;
    private final Talks talks;
    private final Endings endings;
    private final Routing routing;
    private final Arrivals arrivals;
    private final PartySignals signals;
    private final Anchors anchors;
    private final Keeping keeping;
    private final LiveFlows live;
    private final MediaReports media;
    private final Orders orders;
    private final Deadlines deadlines;
    private final Admission admission;
    private Door.Room toldRoom = new Door.Room(false, 0);
    private final Adoption adoption;
    private final LinkedHashSet<Call> unstored = new LinkedHashSet<>();
    private boolean draining;

    public SipIngress(UserAgent userAgent, CallIds ids, CallSettings settings) {
        this.userAgent = userAgent;
        watchers = new Watchers(settings.controllerGrace());
        talks = new Talks(ids, settings.musicPrompt());
        endings = new Endings(settings, talks);
        var originations = new Originations(settings, table, ids);
        routing = new Routing(settings, ids, talks, endings, originations);
        arrivals = new Arrivals(settings, table, ids, endings);
        anchors = new Anchors(settings, table, endings, talks, routing);
        keeping = new Keeping(settings, table, ids, routing, originations);
        live = new LiveFlows(settings, endings, talks, routing);
        var rules = new Orders.Rules(endings, originations, live);
        signals = new PartySignals(endings, talks, routing, anchors, live);
        media = new MediaReports(table, anchors, talks, routing, rules);
        orders = new Orders(table, ids, talks, routing, rules);
        deadlines = new Deadlines(settings, watchers, endings, routing, anchors);
        admission = new Admission(settings.admission());
        var heirs = new Adoption.Rules(settings.mediaTimeout(), endings, routing, talks, anchors);
        adoption = new Adoption(userAgent, table, heirs);
        // OPTIONS says no until there is a dial plan.
        userAgent.handle(new UserAgentCommand.Drain(true), Instant.EPOCH);
    }

    /** Calls after this id, in order of ids, for lists. */
    public Collection<Call> callsAfter(CallId id) {
        return table.after(id);
    }

    public Optional<Call> call(CallId id) {
        return table.call(id);
    }

    public int calls() {
        return table.all().size();
    }

    /**
     * Whether all calls could go on elsewhere: nobody is being rung, nobody waits for an answer,
     * nor a controller for word of an end.
     */
    public boolean isSettled() {
        return table.all().stream().allMatch(call -> call.endDue().isEmpty())
                && table.all().stream()
                        .flatMap(call -> call.legs().stream())
                        .allMatch(leg -> leg.isAnswered() || leg.isEnded());
    }

    /** Processes whose calls we go on with, and whose names parties may still use. */
    public Set<String> formerHolders() {
        var holders = new TreeSet<String>();
        table.all().forEach(call -> holders.addAll(call.formerHolders()));
        return holders;
    }

    public int legs() {
        return table.legs();
    }

    /** Callers who wait for our answer. */
    public int setups() {
        return table.setups();
    }

    /** Callers who are kept while acd is away. */
    public int kept() {
        return routing.lines().callers();
    }

    /** How many calls may wait for us or a service at once, at present. */
    public int window() {
        return admission.window();
    }

    /** New calls are taken: there is a dial plan, and no drain. */
    public boolean takesCalls() {
        return arrivals.plan().isPresent() && !draining;
    }

    @Override
    public Decision<CallFact, IngressEffect, Refusal> handle(IngressCommand command, Instant now) {
        var out = new Emitted(now);
        var refusal = decide(command, out);
        return finish(out, refusal);
    }

    @Override
    public Decision<CallFact, IngressEffect, Refusal> tick(Instant now) {
        var out = new Emitted(now);
        if (isDue(userAgent.nextDeadline(), now)) take(userAgent.tick(now), out);
        for (var call : table.due(now)) deadlines.expire(call, out);
        return finish(out, Optional.empty());
    }

    private static boolean isDue(Optional<Instant> deadline, Instant now) {
        return deadline.isPresent() && !deadline.get().isAfter(now);
    }

    @Override
    public Optional<Instant> nextDeadline() {
        return Stream.of(userAgent.nextDeadline(), table.nextDue(), routing.lines().due())
                .flatMap(Optional::stream)
                .min(Instant::compareTo);
    }

    @Override
    public void apply(CallFact event) {
        // Calls are not rebuilt from their events.
    }

    private Optional<Refusal> decide(IngressCommand command, Emitted out) {
        return switch (command) {
            case Order order when draining && order instanceof Order.CreateCall ->
                    Optional.of(new Refusal(Refusal.Kind.DRAINING, "no new calls"));
            case Order.CreateCall create when orders.isNew(create) && admission.room() <= 0 -> {
                out.count(IngressEffect.Counted.REFUSED_OVERLOADED);
                yield Optional.of(new Refusal(Refusal.Kind.OVERLOADED, "too many calls wait"));
            }
            case Order.CreateCall create -> orders.create(create, arrivals.plan(), out);
            case Order order -> orders.handle(order, out);
            case IngressCommand.Plain plain -> {
                take(plain, out);
                yield Optional.empty();
            }
        };
    }

    private void take(IngressCommand.Plain command, Emitted out) {
        switch (command) {
            case IngressCommand.TakeDatagram(var datagram, var from) ->
                    out.sip(new UserAgentCommand.Received(datagram, from));
            case IngressCommand.UsePlan(var plan) -> {
                arrivals.use(plan);
                out.sip(new UserAgentCommand.Drain(draining));
            }
            case IngressCommand.Drain(var on) -> {
                draining = on;
                out.sip(new UserAgentCommand.Drain(on || arrivals.plan().isEmpty()));
            }
            case IngressCommand.HangUpAll all ->
                    List.copyOf(table.all()).forEach(call -> endings.shutDown(call, out));
            case IngressCommand.MediaOpened opened -> media.opened(opened, out);
            case IngressCommand.MediaRefused(var leg) -> media.refused(leg, out);
            case IngressCommand.MediaAway(var leg) -> media.away(leg, out);
            case IngressCommand.MediaFailed(var leg) -> media.failed(leg, out);
            case IngressCommand.MediaClosed(var leg, var quality) ->
                    media.closed(leg, quality, out);
            case IngressCommand.MediaLost(var node) -> anchors.nodeLost(node, out);
            case IngressCommand.MediaDrains(var node) -> anchors.nodeDrains(node, out);
            case IngressCommand.EdgeForgot forgot -> anchors.edgeForgot(out);
            case IngressCommand.KeyHeard heard -> media.key(heard, out);
            case IngressCommand.SpeechHeard heard -> media.speech(heard, out);
            case IngressCommand.PlayFinished over -> media.played(over, out);
            case IngressCommand.RoomPlaced placed -> media.roomPlaced(placed, out);
            case IngressCommand.RoomAnswered answered -> media.roomAnswered(answered, out);
            case IngressCommand.TalkAnswered(var what) -> media.talk(what, out);
            case IngressCommand.AudioChanged(var leg, var heard) -> media.audio(leg, heard, out);
            case IngressCommand.ControllerTook took -> controllerTook(took, out);
            case IngressCommand.ControllerRefused(var id, var request) ->
                    table.call(id).ifPresent(call -> refused(call, request, out));
            case IngressCommand.ControllerAway(var id, var request) ->
                    table.call(id).ifPresent(call -> away(call, request, out));
            case IngressCommand.AgentCodeAnswered(var id, var done) ->
                    table.call(id).ifPresent(call -> routing.agentCodeAnswered(call, done, out));
            case IngressCommand.WatchController watch -> watch(watch, out);
            case IngressCommand.AdoptCalls(var calls) -> adoption.take(calls, arrivals.plan(), out);
        }
    }

    /** A call that ended meanwhile is told to who took it, or he would keep it. */
    private void controllerTook(IngressCommand.ControllerTook took, Emitted out) {
        var call = table.call(took.call());
        if (call.isPresent() && call.get().end().isEmpty()) {
            if (!live.took(call.get(), took.request(), took.controller(), out)) {
                routing.took(call.get(), took.request(), took.controller(), out);
            }
            return;
        }
        var reason =
                call.flatMap(Call::end)
                        .or(() -> table.gone(took.call()).map(CallTable.Gone::reason))
                        .orElse(LOST);
        out.effect(
                new IngressEffect.Tell(
                        took.controller(),
                        took.call(),
                        call.map(known -> known.facts().traceparent()).orElse(""),
                        out.now(),
                        new Notice.CallEnded(reason)));
    }

    private void refused(Call call, long request, Emitted out) {
        if (!live.failed(call, request, out)) keeping.refused(call, request, out);
    }

    private void away(Call call, long request, Emitted out) {
        if (!live.failed(call, request, out)) keeping.away(call, request, out);
    }

    private void watch(IngressCommand.WatchController watch, Emitted out) {
        if (watch.watching()) {
            watchers.came(watch.controller());
        } else {
            watchers.went(watch.controller(), out.now());
        }
        for (var call : table.all()) {
            if (call.controller().equals(Optional.of(watch.controller()))) out.touch(call);
        }
    }

    /**
     * Lets the user agent do what was decided, and decides on what comes of it, until all is done.
     */
    private Decision<CallFact, IngressEffect, Refusal> finish(
            Emitted out, Optional<Refusal> refusal) {
        List.copyOf(out.touched()).forEach(call -> talks.settle(call, out));
        do {
            for (var next = out.nextSip(); next.isPresent(); next = out.nextSip()) {
                take(userAgent.handle(next.get(), out.now()), out);
            }
        } while (anchors.begin(out) | keeping.go(out));
        for (var call : List.copyOf(out.touched())) {
            admission.note(call.id(), call.waitsForUs(), out.now());
            boolean recorded = call.isOver() && call.isFinished();
            if (recorded && call.endDue().isEmpty()) {
                table.remove(call);
            } else {
                table.schedule(call, deadlines.next(call));
            }
            if (recorded) {
                unstored.remove(call);
            } else {
                unstored.add(call);
            }
        }
        store(out);
        makeRoom(out);
        return new Decision<>(out.facts(), out.effects(), refusal);
    }

    /** What changed without an event goes along with the next one, whatever call it is of. */
    private void store(Emitted out) {
        if (out.told().isEmpty()) return;
        var next = new LinkedHashSet<>(out.told());
        next.retainAll(unstored);
        unstored.stream().limit(STORED_ALONG_MAX).forEach(call -> next.add(call));
        next.forEach(call -> out.store(call, sequence -> adoption.asItStands(call, sequence)));
        unstored.removeAll(next);
    }

    private void makeRoom(Emitted out) {
        var room = new Door.Room(takesCalls(), Math.max(0, admission.room()));
        if (room.equals(toldRoom)) return;
        toldRoom = room;
        out.effect(new IngressEffect.MakeRoom(room));
    }

    private void take(List<UserAgentOutput> outputs, Emitted out) {
        for (var output : outputs) take(output, out);
    }

    private void take(UserAgentOutput output, Emitted out) {
        switch (output) {
            case UserAgentOutput.Send(var datagram, var to) ->
                    out.effect(new IngressEffect.SendDatagram(datagram, to));
            case UserAgentOutput.Invited(var leg, var invitation) ->
                    arrivals.invited(leg, invitation, out);
            case UserAgentOutput.Malformed malformed ->
                    out.count(IngressEffect.Counted.DATAGRAM_MALFORMED);
            case UserAgentOutput.Dropped dropped ->
                    out.count(IngressEffect.Counted.DATAGRAM_DROPPED);
            case UserAgentOutput.CommandRefused refused ->
                    out.count(IngressEffect.Counted.COMMAND_REFUSED);
            case UserAgentOutput.Provisional said ->
                    of(said.leg(), (call, leg) -> signals.provisional(call, leg, said, out));
            case UserAgentOutput.Accepted(var id, var sdp) ->
                    of(id, (call, leg) -> signals.accepted(call, leg, sdp, out));
            case UserAgentOutput.Acknowledged(var id, var sdp) ->
                    of(id, (call, leg) -> signals.acknowledged(call, leg, sdp, out));
            case UserAgentOutput.Reinvited(var id, var sdp) ->
                    of(id, (call, leg) -> signals.reinvited(call, leg, sdp, out));
            case UserAgentOutput.InfoReceived(var id, var type, var body) ->
                    of(id, (call, leg) -> signals.info(call, leg, body, out));
            case UserAgentOutput.ReinviteAccepted(var id, var sdp) ->
                    of(id, (call, leg) -> anchors.accepted(call, leg, sdp, out));
            case UserAgentOutput.ReinviteRejected(var id, var status) ->
                    of(id, (call, leg) -> anchors.rejected(call, leg, status, out));
            case UserAgentOutput.Rejected(var id, var status, var phrase, var reason) ->
                    over(id, leg -> EndReason.ofStatus(status, leg.role()), status, out);
            case UserAgentOutput.Cancelled(var id, var reason) ->
                    over(id, leg -> EndReason.faultOf(leg.role(), "cancelled"), 487, out);
            case UserAgentOutput.AckMissing(var id) ->
                    over(id, leg -> EndReason.faultOf(leg.role(), "no-ack"), 0, out);
            case UserAgentOutput.ByeReceived(var id, var reason, var at) ->
                    of(id, (call, leg) -> signals.hungUp(call, leg, at, out));
            case UserAgentOutput.Ended(var id) ->
                    of(id, (call, leg) -> endings.clear(call, leg, LOST, out));
        }
    }

    private interface Signal {
        void of(Call call, Leg leg);
    }

    private void of(LegId id, Signal signal) {
        table.ofLeg(id).ifPresent(call -> signal.of(call, call.leg(id).orElseThrow()));
    }

    private interface Reasoning {
        EndReason about(Leg leg);
    }

    private void over(LegId id, Reasoning reasoning, int status, Emitted out) {
        of(
                id,
                (call, leg) -> {
                    var how = new LegState.Ended(reasoning.about(leg), status, out.now());
                    endings.legOver(call, leg, how, out);
                });
    }
}
