// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.b2bua;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.panacall.sipingress.core.call.Call;
import org.panacall.sipingress.core.call.CallSettings;
import org.panacall.sipingress.core.call.Control;
import org.panacall.sipingress.core.call.Watchers;
import org.panacall.sipingress.core.command.IngressEffect;
import org.panacall.sipingress.core.leg.EndReason;
import org.panacall.sipingress.core.leg.Leg;
import org.panacall.sipingress.core.leg.LegQuality;
import org.panacall.sipingress.core.leg.LegState;
import org.panacall.sipingress.core.leg.MediaState;
import org.panacall.sipingress.core.plan.Destination;

/**
 * When a call wants to be looked at, and what happens then. Both read the same state, so that
 * nothing has to be cancelled.
 */
final class Deadlines {

    private final CallSettings settings;
    private final Watchers watchers;
    private final Endings endings;
    private final Routing routing;
    private final Anchors anchors;

    Deadlines(
            CallSettings settings,
            Watchers watchers,
            Endings endings,
            Routing routing,
            Anchors anchors) {
        this.anchors = anchors;
        this.settings = settings;
        this.watchers = watchers;
        this.endings = endings;
        this.routing = routing;
    }

    Optional<Instant> next(Call call) {
        var ofLegs = call.legs().stream().flatMap(leg -> of(call, leg).stream());
        var ofCall =
                call.end().isPresent()
                        ? call.endDue().stream()
                        : Stream.concat(
                                anchors.due(call),
                                Stream.of(
                                                ofControl(call),
                                                silenceEnds(call),
                                                Optional.of(limit(call)))
                                        .flatMap(Optional::stream));
        return Stream.concat(ofLegs, ofCall).min(Instant::compareTo);
    }

    void expire(Call call, Emitted out) {
        out.touch(call);
        for (var leg : List.copyOf(call.legs())) {
            if (isDue(of(call, leg), out)) expire(call, leg, out);
        }
        endings.tellEnd(call, out);
        if (call.end().isEmpty()) anchors.expire(call, out);
        if (call.end().isEmpty() && isDue(ofControl(call), out)) expireControl(call, out);
        if (call.end().isEmpty() && isDue(silenceEnds(call), out)) {
            var silent = new EndReason(EndReason.Fault.UNKNOWN, "media-timeout");
            endings.hangUp(call, silent, out);
        }
        if (call.end().isEmpty() && isDue(Optional.of(limit(call)), out)) {
            endings.hangUp(call, EndReason.us("too-long"), out);
        }
    }

    private static boolean isDue(Optional<Instant> deadline, Emitted out) {
        return deadline.isPresent() && !deadline.get().isAfter(out.now());
    }

    private Instant limit(Call call) {
        return call.startedAt().plus(settings.callLimit());
    }

    private static Optional<Instant> of(Call call, Leg leg) {
        // The call's way to another node has a deadline of its own.
        if (call.isMoving() && !leg.isEnded() && leg.media() instanceof MediaState.Opening) {
            return answerBy(leg);
        }
        return switch (leg.media()) {
            case MediaState.Opening opening -> Optional.of(leg.mediaBy());
            case MediaState.Closing closing -> Optional.of(leg.mediaBy());
            case MediaState.Open open -> answerBy(leg);
            case MediaState.Closed closed -> Optional.empty();
        };
    }

    private static Optional<Instant> answerBy(Leg leg) {
        return switch (leg.state()) {
            case LegState.Calling(var by) -> Optional.of(by);
            case LegState.Ringing(var by) -> Optional.of(by);
            default -> Optional.empty();
        };
    }

    private void expire(Call call, Leg leg, Emitted out) {
        switch (leg.media()) {
            case MediaState.Open open ->
                    endings.hangUp(call, leg, EndReason.faultOf(leg.role(), "no-answer"), out);
            case MediaState.Opening opening when call.isMoving() && !leg.isEnded() ->
                    endings.hangUp(call, leg, EndReason.faultOf(leg.role(), "no-answer"), out);
            case MediaState.Opening opening -> {
                endings.mediaClosed(call, leg, LegQuality.UNKNOWN, out);
                endings.hangUp(call, leg, EndReason.us("no-media"), out);
            }
            case MediaState.Closing closing ->
                    endings.mediaClosed(call, leg, LegQuality.UNKNOWN, out);
            case MediaState.Closed closed -> {
                // Has no deadline.
            }
        }
    }

    private Optional<Instant> ofControl(Call call) {
        return switch (call.control()) {
            case Control.Nobody nobody -> Optional.empty();
            case Control.Ours(var task, var until) -> until;
            case Control.Kept(var target, var until) -> Optional.of(until);
            case Control.Asked asked ->
                    routing.musicAt(call, asked).or(() -> Optional.of(asked.until()));
            case Control.Theirs(var controller, var target, var since) ->
                    call.hasTalk() ? Optional.empty() : watchers.lostAt(controller, since);
        };
    }

    private void expireControl(Call call, Emitted out) {
        switch (call.control()) {
            case Control.Nobody nobody -> {
                // Has no deadline.
            }
            case Control.Ours ours -> routing.said(call, out);
            case Control.Asked asked when asked.until().isAfter(out.now()) ->
                    routing.entertain(call, out);
            case Control.Asked asked -> routing.away(call, asked.request(), out);
            case Control.Kept kept -> {
                out.count(IngressEffect.Counted.KEPT_TOO_LONG);
                routing.giveUp(call, out);
            }
            case Control.Theirs theirs -> routing.controllerLost(call, theirs, out);
        }
    }

    /** Nobody has sent anything for the limit, not even RTCP, though nobody is held. */
    private Optional<Instant> silenceEnds(Call call) {
        var heard =
                call.legs().stream()
                        .filter(leg -> call.hasTalk() ? call.isJoined(leg.id()) : leg.isAnswered())
                        .toList();
        if (heard.stream().anyMatch(leg -> leg.isHeld() || leg.silentSince().isEmpty())) {
            return Optional.empty();
        }
        return heard.stream()
                .map(Deadlines::silentSince)
                .max(Instant::compareTo)
                .map(since -> since.plus(silenceLimit(call)));
    }

    /** Before its answer a party need not send anything. */
    private static Instant silentSince(Leg leg) {
        var since = leg.silentSince().orElseThrow();
        return leg.state() instanceof LegState.Answered(var answeredAt) && answeredAt.isAfter(since)
                ? answeredAt
                : since;
    }

    /** Who only waits has nothing to say: a muted phone may send nothing for a while. */
    private Duration silenceLimit(Call call) {
        boolean inFlow =
                switch (call.control()) {
                    case Control.Asked(var target, var request, var until) -> isFlow(target);
                    case Control.Kept kept -> false;
                    case Control.Theirs(var controller, var target, var since) ->
                            target.filter(Deadlines::isFlow).isPresent();
                    case Control.Ours ours -> true;
                    case Control.Nobody nobody -> true;
                };
        return call.hasTalk() || inFlow ? settings.silenceLimit() : settings.waitingSilenceLimit();
    }

    private static boolean isFlow(Destination.HandOver target) {
        return target instanceof Destination.Flow;
    }
}
