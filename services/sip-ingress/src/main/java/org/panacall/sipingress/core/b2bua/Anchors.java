// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.b2bua;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.panacall.sipingress.core.anchor.Anchoring;
import org.panacall.sipingress.core.call.Call;
import org.panacall.sipingress.core.call.CallEvent;
import org.panacall.sipingress.core.call.CallId;
import org.panacall.sipingress.core.call.CallSettings;
import org.panacall.sipingress.core.call.CallTable;
import org.panacall.sipingress.core.call.Control;
import org.panacall.sipingress.core.command.IngressEffect;
import org.panacall.sipingress.core.dialog.UserAgentCommand;
import org.panacall.sipingress.core.leg.EndReason;
import org.panacall.sipingress.core.leg.Leg;
import org.panacall.sipingress.core.leg.MediaState;
import org.panacall.sipingress.core.plan.Destination;
import org.panacall.sipingress.core.sdp.Negotiation;
import org.panacall.sipingress.core.sdp.Sdp;

/**
 * Gets calls to another media node, or anchors them anew at an edge that has forgotten them: opens
 * the legs elsewhere, re-INVITEs their parties, and has media go on where it was. A bounded number
 * of calls at once; talks first, then calls of queues, then all others.
 */
final class Anchors {

    /** A call that is moved so often in a row has other troubles. */
    private static final int MOVES_MAX = 5;

    private final CallSettings settings;
    private final CallTable table;
    private final Endings endings;
    private final Talks talks;
    private final Routing routing;
    private final List<LinkedHashSet<CallId>> waiting =
            List.of(new LinkedHashSet<>(), new LinkedHashSet<>(), new LinkedHashSet<>());
    private final LinkedHashSet<CallId> underWay = new LinkedHashSet<>();

    Anchors(CallSettings settings, CallTable table, Endings endings, Talks talks, Routing routing) {
        this.routing = routing;
        this.settings = settings;
        this.table = table;
        this.endings = endings;
        this.talks = talks;
    }

    /** A media node forgot its legs: all its calls go elsewhere. */
    void nodeLost(String node, Emitted out) {
        for (var call : List.copyOf(table.all())) {
            if (call.node().equals(Optional.of(node)) && !isLeaving(call, node)) {
                move(call, Optional.empty(), out);
            }
        }
    }

    /** It is on its way from that node already, and has nothing new there. */
    private static boolean isLeaving(Call call, String node) {
        if (!call.isMoving()) return false;
        var way = call.anchoring().orElseThrow();
        return way.left().isEmpty() && !way.node().equals(Optional.of(node));
    }

    /** A media node wants to be rid of its legs: its calls go elsewhere, and it closes theirs. */
    void nodeDrains(String node, Emitted out) {
        for (var call : List.copyOf(table.all())) {
            if (call.node().equals(Optional.of(node)) && !call.isMoving()) {
                move(call, Optional.of(node), out);
            }
        }
    }

    /** Goes on where a dead holder was: on the way to another node, or with parties to be told. */
    void adopted(Call call, Emitted out) {
        boolean underWay =
                call.legs().stream()
                        .anyMatch(
                                leg ->
                                        leg.isAnswered()
                                                && leg.media() instanceof MediaState.Opening);
        if (underWay) {
            move(call, Optional.empty(), out);
            return;
        }
        for (var leg : call.legs()) {
            if (leg.isAnswered() && leg.reoffer().isWanted()) reoffer(leg, out);
        }
    }

    /** The node of one call could not be made to do what it should; it may have other legs yet. */
    void nodeFailed(Call call, Emitted out) {
        if (!call.isMoving()) move(call, call.node(), out);
    }

    /** The edge has forgotten where legs send and receive. */
    void edgeForgot(Emitted out) {
        for (var call : List.copyOf(table.all())) {
            if (call.end().isPresent() || call.isMoving()) continue;
            call.legs().forEach(leg -> leg.reoffer().want());
            if (call.legs().stream().noneMatch(Leg::isAnswered)) continue;
            call.anchoring(Optional.of(Anchoring.staying(out.now())));
            enqueue(call, out);
        }
    }

    /** A call has business at another node. */
    void go(Call call, String node, Emitted out) {
        move(call, call.node(), out);
        if (call.isMoving()) call.anchoring().orElseThrow().goesTo(node);
    }

    private void move(Call call, Optional<String> left, Emitted out) {
        if (call.end().isPresent()) return;
        var since = call.isMoving() ? call.anchoring().orElseThrow().since() : out.now();
        if (call.moves().count(out.now(), settings.reanchoring().limit()) > MOVES_MAX) {
            endings.hangUp(call, EndReason.us("media-lost"), out);
            return;
        }
        call.anchoring(Optional.of(Anchoring.moving(since, left)));
        talks.forget(call, out);
        enqueue(call, out);
    }

    private void enqueue(Call call, Emitted out) {
        out.touch(call);
        waiting.forEach(line -> line.remove(call.id()));
        underWay.remove(call.id());
        waiting.get(urgency(call)).add(call.id());
    }

    private static int urgency(Call call) {
        if (call.hasTalk() || call.rooming().wish().isPresent()) return 0;
        boolean queued =
                call.control() instanceof Control.Kept
                        || call.control() instanceof Control.Theirs theirs
                                && theirs.target()
                                        .filter(Destination.Flow.class::isInstance)
                                        .isEmpty();
        return queued ? 1 : 2;
    }

    /** Lets waiting calls go on their way as far as there is room; tells whether any did. */
    boolean begin(Emitted out) {
        if (waiting.stream().allMatch(line -> line.isEmpty())) return false;
        underWay.removeIf(id -> table.call(id).filter(Anchors::isAnchoring).isEmpty());
        boolean any = false;
        while (underWay.size() < settings.reanchoring().atOnce()) {
            var line = waiting.stream().filter(calls -> !calls.isEmpty()).findFirst();
            if (line.isEmpty()) break;
            var call = table.call(line.get().removeFirst()).filter(Anchors::isAnchoring);
            if (call.isEmpty()) continue;
            underWay.add(call.get().id());
            begin(call.get(), out);
            any = true;
        }
        return any;
    }

    private static boolean isAnchoring(Call call) {
        return call.end().isEmpty() && call.anchoring().isPresent();
    }

    private void begin(Call call, Emitted out) {
        out.touch(call);
        var way = call.anchoring().orElseThrow();
        if (way.isMoving()) {
            way.opening(out.now().plus(settings.mediaTimeout()));
            out.keep(call);
            open(call, way, out);
        } else {
            way.offered(out.now().plus(settings.reanchoring().patience()));
            for (var leg : call.legs()) if (leg.isAnswered()) reoffer(leg, out);
            finish(call);
        }
    }

    /** Asks for one leg first, which finds the node, then for all others there. */
    private void open(Call call, Anchoring way, Emitted out) {
        var left = call.legs().stream().filter(Anchors::isWithoutMedia).toList();
        if (left.isEmpty()) {
            restore(call, way, out);
        } else if (way.node().isEmpty()) {
            ask(call, left.getFirst(), way, out);
        } else {
            left.forEach(leg -> ask(call, leg, way, out));
        }
    }

    private static boolean isWithoutMedia(Leg leg) {
        return !leg.isEnded() && leg.media() instanceof MediaState.Opening;
    }

    private void ask(Call call, Leg leg, Anchoring way, Emitted out) {
        if (!way.ask(leg.id(), leg.audio())) return;
        leg.mediaAsked(out.now().plus(settings.mediaTimeout()));
        out.effect(
                new IngressEffect.OpenMedia(
                        call.id(), leg.id(), call.tenant().id(), way.node(), leg.audio()));
    }

    /** A leg has media again; the other legs follow it to the same node. */
    void opened(Call call, Leg leg, String node, Emitted out) {
        if (!call.isMoving() || call.end().isPresent()) return;
        var way = call.anchoring().orElseThrow();
        var audio = leg.audio();
        if (!leg.isEnded() && audio.isPresent() && way.isOutdated(leg.id(), audio)) {
            configure(call, leg, out);
        }
        way.goesTo(node);
        open(call, way, out);
    }

    private static void configure(Call call, Leg leg, Emitted out) {
        var node = call.node().orElseThrow();
        var audio = leg.audio().orElseThrow();
        out.effect(new IngressEffect.ConfigureMedia(call.id(), leg.id(), node, audio));
    }

    /** A node would not take a leg, though perhaps not one of those asked on this way. */
    void refused(Call call, Leg leg, Emitted out) {
        if (call.anchoring().filter(way -> way.hasAsked(leg.id())).isPresent()) refused(call, out);
    }

    /** No node would take the call: once more after a pause, as long as there is hope. */
    private void refused(Call call, Emitted out) {
        if (call.end().isPresent()) return;
        var way = call.anchoring().orElseThrow();
        if (way.lasted(out.now()).compareTo(settings.reanchoring().limit()) >= 0) {
            out.count(IngressEffect.Counted.MOVE_FAILED);
            endings.hangUp(call, EndReason.us("media-lost"), out);
            return;
        }
        way.node().ifPresent(node -> close(call, node, out));
        talks.forget(call, out);
        way.resting(out.now().plus(settings.reanchoring().pause()));
        underWay.remove(call.id());
        out.touch(call);
    }

    /** Has a node close the legs that it has in vain. What it measured is of no use. */
    private static void close(Call call, String node, Emitted out) {
        for (var leg : call.legs()) {
            if (leg.local().isEmpty()) continue;
            out.effect(new IngressEffect.CloseMedia(call.id(), leg.id(), node));
        }
    }

    private void restore(Call call, Anchoring way, Emitted out) {
        way.offered(out.now().plus(settings.reanchoring().patience()));
        talks.restore(call, out);
        way.left()
                .filter(node -> !call.node().equals(Optional.of(node)))
                .ifPresent(node -> close(call, node, out));
        out.effect(new IngressEffect.Moved(way.lasted(out.now())));
        out.keep(call);
        finish(call);
    }

    /** Nobody is waited for any more: the next call may go. */
    private static void finish(Call call) {
        if (call.legs().stream().noneMatch(leg -> !leg.isEnded() && leg.reoffer().isOpen())) {
            call.anchoring(Optional.empty());
        }
    }

    // What the parties say.

    /** Offers the leg's present address, now or when the offer under way has been answered. */
    void reoffer(Leg leg, Emitted out) {
        if (leg.local().isEmpty() || !leg.reoffer().begin()) return;
        var offer = Optional.of(leg.describeAnew());
        out.sip(new UserAgentCommand.Reinvite(leg.id(), offer));
    }

    /** The party took our offer. */
    void accepted(Call call, Leg leg, Optional<String> body, Emitted out) {
        if (leg.isEnded()) return;
        leg.reoffer().accepted();
        out.touch(call);
        // The leg is on its way to yet another address: that will be told when it is there.
        if (leg.local().isEmpty()) return;
        var answer = body.flatMap(Sdp::parse);
        var agreed = answer.flatMap(sdp -> Negotiation.ofAnswer(sdp, leg.audioIndex()));
        if (agreed.isEmpty()) {
            declined(call, leg, out);
            return;
        }
        boolean first = leg.audio().isEmpty();
        boolean held = leg.heldByParty();
        leg.agreed(agreed.get().audio());
        configure(call, leg, out);
        out.fact(call, new CallEvent.LegReanchored(leg.id(), call.node().orElseThrow()));
        if (first) routing.farEndSpeaks(call, leg, out);
        if (leg.heldByParty() != held) talks.holdChanged(call, leg, false, out);
        if (leg.reoffer().isWanted()) reoffer(leg, out);
        over(call);
    }

    /** The party refused our offer; the edge has taken the new address all the same, mostly. */
    void rejected(Call call, Leg leg, int status, Emitted out) {
        // The dialog is lost: the user agent says so next.
        if (leg.isEnded() || status == 481 || status == 408) return;
        declined(call, leg, out);
    }

    private void declined(Call call, Leg leg, Emitted out) {
        out.touch(call);
        var again = out.now().plus(settings.reanchoring().pause());
        if (!leg.reoffer().refused(again)) out.count(IngressEffect.Counted.REANCHOR_REFUSED);
        over(call);
    }

    private static void over(Call call) {
        if (!call.isMoving()) finish(call);
    }

    // Time.

    Stream<Instant> due(Call call) {
        var retries =
                call.legs().stream()
                        .filter(leg -> !leg.isEnded())
                        .flatMap(leg -> leg.reoffer().retryAt().stream());
        return Stream.concat(call.anchoring().flatMap(Anchoring::due).stream(), retries);
    }

    void expire(Call call, Emitted out) {
        for (var leg : call.legs()) {
            boolean due = leg.reoffer().retryAt().filter(at -> !at.isAfter(out.now())).isPresent();
            if (!leg.isEnded() && due) retry(leg, out);
        }
        var way = call.anchoring();
        if (way.flatMap(Anchoring::due).filter(at -> !at.isAfter(out.now())).isEmpty()) return;
        switch (way.get().step()) {
            case OPENING -> refused(call, out);
            case RESTING -> {
                way.get().waiting();
                enqueue(call, out);
            }
            case OFFERED -> call.anchoring(Optional.empty());
            case WAITING -> {
                // Has no deadline.
            }
        }
    }

    private void retry(Leg leg, Emitted out) {
        if (leg.local().isPresent()) {
            reoffer(leg, out);
        } else {
            leg.reoffer().accepted();
        }
    }
}
