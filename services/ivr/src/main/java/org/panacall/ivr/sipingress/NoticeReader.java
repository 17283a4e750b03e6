// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.sipingress;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.panacall.defaults.ProtoTimes;
import org.panacall.engine.id.Ids;
import org.panacall.ivr.core.Caller;
import org.panacall.ivr.core.EndReason;
import org.panacall.ivr.core.IvrCommand;
import org.panacall.ivr.core.IvrCommand.NoteCallAdopted;
import org.panacall.ivr.core.IvrCommand.NoteCallEnded;
import org.panacall.ivr.core.IvrCommand.NoteCallFound;
import org.panacall.ivr.core.IvrCommand.NoteCallMissing;
import org.panacall.ivr.core.IvrCommand.NoteControlLost;
import org.panacall.ivr.core.IvrCommand.NoteKeyPressed;
import org.panacall.ivr.core.IvrCommand.NoteLegAnswered;
import org.panacall.ivr.core.IvrCommand.NoteLegEnded;
import org.panacall.ivr.core.IvrCommand.NotePlayEnded;
import org.panacall.ivr.core.IvrCommand.NoteRoomEnded;
import org.panacall.ivr.core.IvrCommand.NoteSpeech;
import org.panacall.ivr.core.IvrCommand.PlayEnd;
import org.panacall.ivr.core.IvrCommand.Recorded;
import org.panacall.ivr.core.IvrCommand.Seen;
import org.panacall.ivr.core.IvrCommand.Speech;
import org.panacall.ivr.core.IvrCommand.SpeechOutcome;
import org.panacall.ivr.core.id.CallId;
import org.panacall.ivr.core.id.LegId;
import org.panacall.ivr.core.id.TenantId;
import org.panacall.proto.call.v1.Fault;
import org.panacall.proto.call.v1.LegRole;
import org.panacall.proto.sipingress.v1.CallNotice;
import org.panacall.proto.sipingress.v1.LegState;
import org.panacall.proto.sipingress.v1.LiveCall;
import org.panacall.proto.sipingress.v1.LiveLeg;
import org.panacall.proto.sipingress.v1.PlayEnded;
import org.panacall.proto.sipingress.v1.PlayOutcome;
import org.panacall.proto.sipingress.v1.RoomOutcome;
import org.panacall.proto.sipingress.v1.SpeechNoticed;

/** Makes commands for the core of what one sip-ingress tells. */
final class NoticeReader {

    private final String address;
    private final Consumer<IvrCommand> core;
    private final Supplier<List<Caller>> callers;
    private final OrphanKeeper orphans;
    private final CallControl control;

    /**
     * @param address of the sip-ingress that tells
     * @param callers whose calls we know to be there
     * @param orphans takes calls that are ours though no run knows them
     */
    NoticeReader(
            String address,
            Consumer<IvrCommand> core,
            Supplier<List<Caller>> callers,
            OrphanKeeper orphans,
            CallControl control) {
        this.address = address;
        this.core = core;
        this.callers = callers;
        this.orphans = orphans;
        this.control = control;
    }

    void read(CallNotice notice) {
        if (notice.hasSnapshotRequired()) {
            reconcile();
            return;
        }
        var call = new CallId(notice.getCallId());
        switch (notice.getNoticeCase()) {
            case LEG_ANSWERED ->
                    core.accept(new NoteLegAnswered(call, leg(notice.getLegAnswered().getLegId())));
            case LEG_ENDED -> {
                var ended = notice.getLegEnded();
                var reason = reason(ended.getEndReason());
                core.accept(new NoteLegEnded(call, leg(ended.getLegId()), reason));
            }
            case KEY_PRESSED -> {
                var key = notice.getKeyPressed();
                core.accept(new NoteKeyPressed(call, leg(key.getLegId()), key.getKey()));
            }
            case PLAY_ENDED ->
                    PlayIds.number(notice.getPlayEnded().getPlayId())
                            .ifPresent(
                                    play ->
                                            core.accept(
                                                    new NotePlayEnded(
                                                            call,
                                                            play,
                                                            end(notice.getPlayEnded()))));
            case SPEECH_NOTICED -> {
                var noticed = notice.getSpeechNoticed();
                PlayIds.number(noticed.getPlayId())
                        .ifPresent(
                                play -> core.accept(new NoteSpeech(call, play, speech(noticed))));
            }
            case CALL_ENDED ->
                    core.accept(
                            new NoteCallEnded(call, reason(notice.getCallEnded().getEndReason())));
            case ROOM_ENDED -> {
                var ended = notice.getRoomEnded();
                boolean full = ended.getOutcome() == RoomOutcome.ROOM_OUTCOME_FULL;
                core.accept(new NoteRoomEnded(call, ended.getRoom(), full));
            }
            case CONTROL_LOST -> core.accept(new NoteControlLost(call));
            case CALL_ADOPTED -> control.call(notice.getCallId()).ifPresent(this::adopted);
            // Nothing that a flow waits for.
            case LEG_RINGING, LEG_HELD, SNAPSHOT_REQUIRED, NOTICE_NOT_SET -> {}
        }
    }

    /** Takes the calls that an earlier process of our name left behind. */
    void adoptOrphans() {
        var known = callers.get();
        adoptOrphans(control.calls(), known);
    }

    private void adoptOrphans(Map<String, LiveCall> live, List<Caller> known) {
        known.forEach(caller -> live.remove(caller.call().value()));
        live.values().stream().filter(control::isOurs).forEach(this::adopt);
    }

    /**
     * Notices were lost: asks after the runs whose calls are not here. Which calls we know is asked
     * first, so that one that begins meanwhile is not taken for dead. Lost keys and ends of plays
     * are made up for by the runs' deadlines.
     */
    private void reconcile() {
        var known = callers.get();
        var live = control.calls();
        for (var caller : known) {
            var call = live.get(caller.call().value());
            core.accept(call == null ? new NoteCallMissing(caller.call()) : found(caller, call));
        }
        adoptOrphans(live, known);
    }

    /** Says of the calls that are here that they are. */
    void findCallers() {
        var known = callers.get();
        if (!known.isEmpty()) {
            var live = control.calls();
            known.stream()
                    .filter(caller -> live.containsKey(caller.call().value()))
                    .map(caller -> found(caller, live.get(caller.call().value())))
                    .forEach(core);
        }
    }

    private IvrCommand found(Caller caller, LiveCall call) {
        return new NoteCallFound(caller.call(), address, seen(call, caller.leg()));
    }

    private Seen seen(LiveCall call, LegId leg) {
        return new Seen(control.isOurs(call), isAnswered(call, leg));
    }

    /** Goes on with a call that a dead sip-ingress held, or takes it when no run knows it. */
    private void adopted(LiveCall call) {
        callerOf(call)
                .ifPresent(
                        caller -> {
                            var seen = seen(call, caller.leg());
                            core.accept(new NoteCallAdopted(caller.call(), address, seen));
                            if (seen.ours()) {
                                orphans.adopt(caller, seen.answered());
                            }
                        });
    }

    private static Optional<Caller> callerOf(LiveCall call) {
        return call.getLegsList().stream()
                .filter(leg -> leg.getRole() == LegRole.LEG_ROLE_CALLER)
                .filter(leg -> leg.getState() != LegState.LEG_STATE_ENDED)
                .map(leg -> caller(call, leg))
                .findFirst();
    }

    private void adopt(LiveCall call) {
        callerOf(call).ifPresent(caller -> orphans.adopt(caller, isAnswered(call, caller.leg())));
    }

    private static Caller caller(LiveCall call, LiveLeg leg) {
        return new Caller(
                new CallId(call.getCallId()),
                new LegId(leg.getLegId()),
                new TenantId(call.getTenantId()),
                new Caller.Numbers(call.getFromNumber(), call.getToNumber()),
                new Caller.Origin(Ids.next("run"), call.getSipIngress(), ""));
    }

    private static boolean isAnswered(LiveCall call, LegId leg) {
        return call.getLegsList().stream()
                .filter(live -> live.getLegId().equals(leg.value()))
                .anyMatch(live -> live.getState() == LegState.LEG_STATE_ANSWERED);
    }

    private static PlayEnd end(PlayEnded ended) {
        var made = ended.getRecorded();
        var length = ProtoTimes.duration(made.getLength());
        return new PlayEnd(
                ended.getOutcome() == PlayOutcome.PLAY_OUTCOME_COMPLETED,
                ended.hasRecorded()
                        ? Optional.of(new Recorded(made.getRecordingId(), length))
                        : Optional.empty());
    }

    private static Speech speech(SpeechNoticed noticed) {
        return switch (noticed.getOutcome()) {
            case SPEECH_OUTCOME_BEGAN -> Speech.of(SpeechOutcome.BEGAN);
            case SPEECH_OUTCOME_CHOSEN ->
                    new Speech(
                            SpeechOutcome.CHOSEN,
                            noticed.getChoice(),
                            noticed.getConfidencePercent());
            case SPEECH_OUTCOME_UNCLEAR -> Speech.of(SpeechOutcome.UNCLEAR);
            case SPEECH_OUTCOME_FAILED, SPEECH_OUTCOME_UNSPECIFIED, UNRECOGNIZED ->
                    Speech.of(SpeechOutcome.FAILED);
        };
    }

    private static LegId leg(String legId) {
        return new LegId(legId);
    }

    private static EndReason reason(org.panacall.proto.call.v1.EndReason reason) {
        return new EndReason(fault(reason.getFault()), reason.getReason());
    }

    private static EndReason.Fault fault(Fault fault) {
        return switch (fault) {
            case FAULT_NONE -> EndReason.Fault.NONE;
            case FAULT_CALLER -> EndReason.Fault.CALLER;
            case FAULT_AGENT -> EndReason.Fault.AGENT;
            case FAULT_CARRIER -> EndReason.Fault.CARRIER;
            case FAULT_US -> EndReason.Fault.US;
            case FAULT_UNKNOWN, FAULT_UNSPECIFIED, UNRECOGNIZED -> EndReason.Fault.UNKNOWN;
        };
    }
}
