// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.nats;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;
import org.panacall.acd.Wording;
import org.panacall.acd.core.agent.Agent;
import org.panacall.acd.core.agent.AgentState;
import org.panacall.acd.core.agent.Intent;
import org.panacall.acd.core.agent.Notes;
import org.panacall.acd.core.agent.Presence;
import org.panacall.acd.core.agent.Shift;
import org.panacall.acd.core.id.AgentId;
import org.panacall.acd.core.id.CallId;
import org.panacall.acd.core.id.Extension;
import org.panacall.acd.core.id.OfferId;
import org.panacall.acd.core.id.SipIngress;
import org.panacall.proto.acd.v1.AgentChanged;
import org.panacall.proto.acd.v1.AgentIntent;
import org.panacall.proto.acd.v1.AgentNotes;
import org.panacall.proto.acd.v1.AgentPresence;
import org.panacall.proto.acd.v1.AgentShift;
import org.panacall.proto.acd.v1.OwnCall;

/** Agents as messages, and back. */
final class AgentForm {

    private AgentForm() {}

    static AgentChanged write(Agent agent) {
        var message =
                AgentChanged.newBuilder()
                        .setState(Wording.state(agent))
                        .setRegistered(agent.registered())
                        .setExtension(agent.extension().value())
                        .setSince(Wording.time(agent.state().since()))
                        .setSaysReady(agent.intent().ready())
                        .setSaidReason(agent.intent().reason())
                        .setSaid(said(agent.intent().wish()))
                        .setCause(Wording.cause(agent.intent().author()))
                        .setForcedBy(Wording.forcedBy(agent.intent().author()))
                        .setPresence(presence(agent.presence()))
                        .setShift(shift(agent.shift()))
                        .setMissedInRow(agent.shift().missedInRow());
        agent.call().ifPresent(call -> message.setCallId(call.value()));
        switch (agent.state()) {
            case AgentState.Resting resting -> {
                message.setRestsInOwnCall(agent.talksElsewhere());
                rest(message, resting);
            }
            case AgentState.Offered offered -> {
                message.setOfferId(offered.offer().value());
                rest(message, offered.before());
            }
            case AgentState.WrapUp wrapUp ->
                    message.setWrapUpUntil(Wording.time(wrapUp.until())).setNotes(notes(wrapUp));
            case AgentState.OnCall talk -> {
                talk.unfinished().map(AgentForm::notes).ifPresent(message::setNotes);
            }
        }
        return message.build();
    }

    private static void rest(AgentChanged.Builder message, AgentState.Resting resting) {
        message.setRestSince(Wording.time(resting.since()));
        switch (resting) {
            case AgentState.NotReady not ->
                    message.setReason(not.reason()).setOverdue(not.overdue());
            case AgentState.Ready ready -> {
                message.setRestReady(true).setIdleSince(Wording.time(ready.idleSince()));
                ready.pausedUntil().map(Wording::time).ifPresent(message::setPausedUntil);
            }
        }
    }

    private static AgentIntent said(Intent.Wish wish) {
        return switch (wish) {
            case READY -> AgentIntent.AGENT_INTENT_READY;
            case NOT_READY -> AgentIntent.AGENT_INTENT_NOT_READY;
            case SIGNED_OUT -> AgentIntent.AGENT_INTENT_SIGNED_OUT;
        };
    }

    private static AgentPresence presence(Presence presence) {
        var message = AgentPresence.newBuilder().setMobile(presence.mobile());
        presence.leases()
                .forEach(
                        (device, until) ->
                                message.putRegisteredUntil(device.value(), Wording.time(until)));
        presence.ownCalls()
                .forEach(
                        (call, own) ->
                                message.addOwnCalls(
                                        OwnCall.newBuilder()
                                                .setCallId(call.value())
                                                .setSipIngress(own.sipIngress().address())
                                                .setSince(Wording.time(own.since()))));
        return message.build();
    }

    private static AgentShift shift(Shift shift) {
        var message = AgentShift.newBuilder().setSince(Wording.time(shift.since()));
        shift.leftAt().map(Wording::time).ifPresent(message::setLeftAt);
        shift.breaks()
                .forEach((code, time) -> message.putNotReadyTimes(code, Wording.duration(time)));
        return message.build();
    }

    private static AgentNotes notes(AgentState.WrapUp wrapUp) {
        return AgentNotes.newBuilder()
                .setCallId(wrapUp.call().value())
                .setSince(Wording.time(wrapUp.since()))
                .setUntil(Wording.time(wrapUp.until()))
                .setMode(Wording.mode(wrapUp.notes().mode()))
                .setTime(Wording.duration(wrapUp.notes().time()))
                .setExtension(Wording.duration(wrapUp.notes().extension()))
                .build();
    }

    /**
     * @param sequence of the event that tells it
     */
    static Agent read(AgentId id, long sequence, AgentChanged changed) {
        return new Agent(
                id,
                new Extension(changed.getExtension()),
                state(changed),
                intent(changed),
                presence(changed),
                shift(changed),
                sequence);
    }

    private static Intent intent(AgentChanged changed) {
        var wish =
                switch (changed.getSaid()) {
                    case AGENT_INTENT_READY -> Intent.Wish.READY;
                    case AGENT_INTENT_NOT_READY -> Intent.Wish.NOT_READY;
                    case AGENT_INTENT_SIGNED_OUT -> Intent.Wish.SIGNED_OUT;
                    case AGENT_INTENT_UNSPECIFIED, UNRECOGNIZED ->
                            changed.getSaysReady() ? Intent.Wish.READY : Intent.Wish.NOT_READY;
                };
        return new Intent(
                wish,
                changed.getSaidReason(),
                Wording.author(changed.getCause(), changed.getForcedBy()));
    }

    private static Presence presence(AgentChanged changed) {
        var leases = new TreeMap<Extension, Instant>();
        changed.getPresence()
                .getRegisteredUntilMap()
                .forEach((device, at) -> leases.put(new Extension(device), Wording.time(at)));
        // Before agents had several devices.
        if (!changed.hasPresence() && changed.hasRegisteredUntil()) {
            var until = Wording.time(changed.getRegisteredUntil());
            leases.put(new Extension(changed.getExtension()), until);
        }
        var own = new TreeMap<CallId, Presence.OwnCall>();
        for (var call : changed.getPresence().getOwnCallsList()) {
            own.put(
                    new CallId(call.getCallId()),
                    new Presence.OwnCall(
                            new SipIngress(call.getSipIngress()), Wording.time(call.getSince())));
        }
        return new Presence(leases, changed.getPresence().getMobile(), own);
    }

    private static Shift shift(AgentChanged changed) {
        var told = changed.getShift();
        var breaks = new TreeMap<String, Duration>();
        told.getNotReadyTimesMap()
                .forEach((code, time) -> breaks.put(code, Wording.duration(time)));
        var leftAt =
                told.hasLeftAt()
                        ? Optional.of(Wording.time(told.getLeftAt()))
                        : Optional.<Instant>empty();
        return new Shift(Wording.time(told.getSince()), leftAt, breaks, changed.getMissedInRow());
    }

    private static AgentState state(AgentChanged changed) {
        var since = Wording.time(changed.getSince());
        if (changed.getRestsInOwnCall()) {
            return rest(changed);
        }
        return switch (changed.getState()) {
            case AGENT_STATE_NOT_READY, AGENT_STATE_READY -> rest(changed);
            case AGENT_STATE_OFFERED ->
                    new AgentState.Offered(
                            new OfferId(changed.getOfferId()),
                            new CallId(changed.getCallId()),
                            since,
                            rest(changed));
            case AGENT_STATE_ON_CALL ->
                    new AgentState.OnCall(
                            new CallId(changed.getCallId()),
                            since,
                            changed.hasNotes()
                                    ? Optional.of(notes(changed.getNotes()))
                                    : Optional.empty());
            case AGENT_STATE_WRAP_UP ->
                    changed.hasNotes() ? notes(changed.getNotes()) : timed(changed, since);
            case AGENT_STATE_UNSPECIFIED, UNRECOGNIZED ->
                    throw new IllegalStateException("an agent without a state");
        };
    }

    /** Before there were kinds of wrap-up. */
    private static AgentState.WrapUp timed(AgentChanged changed, Instant since) {
        var until = Wording.time(changed.getWrapUpUntil());
        return new AgentState.WrapUp(
                new CallId(changed.getCallId()),
                since,
                until,
                Notes.timed(Duration.between(since, until)));
    }

    private static AgentState.WrapUp notes(AgentNotes told) {
        return new AgentState.WrapUp(
                new CallId(told.getCallId()),
                Wording.time(told.getSince()),
                Wording.time(told.getUntil()),
                new Notes(
                        Wording.mode(told.getMode()),
                        Wording.duration(told.getTime()),
                        Wording.duration(told.getExtension())));
    }

    private static AgentState.Resting rest(AgentChanged changed) {
        var since = Wording.time(changed.getRestSince());
        if (!changed.getRestReady()) {
            return new AgentState.NotReady(changed.getReason(), since, changed.getOverdue());
        }
        var paused =
                changed.hasPausedUntil()
                        ? Optional.of(Wording.time(changed.getPausedUntil()))
                        : Optional.<Instant>empty();
        return new AgentState.Ready(since, Wording.time(changed.getIdleSince()), paused);
    }
}
