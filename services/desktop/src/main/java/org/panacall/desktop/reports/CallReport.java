// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.reports;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.panacall.desktop.Wire;
import org.panacall.desktop.access.Caller;
import org.panacall.proto.reporting.v1.CallRecord;
import org.panacall.proto.reporting.v1.LegRecord;
import org.panacall.proto.reporting.v1.RecordingNotice;

/**
 * What became of a call, as JSON.
 *
 * @param queueEnd how its last wait in a queue ended
 * @param agent extension of who talked
 * @param recordingNotice the proof that the caller knew of a recording; absent: there is none
 * @param talkRecordings of each talk that was to be recorded; empty: none was
 * @param answered whether two people talked
 * @param rating what the caller rated the talk with, 1 for the worst; absent: he did not
 */
public record CallReport(
        String id,
        String direction,
        String from,
        String to,
        String carrier,
        String origin,
        Instant startedAt,
        Instant answeredAt,
        Instant queuedAt,
        Instant talkStartedAt,
        Instant endedAt,
        String flow,
        String queue,
        String queueEnd,
        String agent,
        String agentId,
        boolean answered,
        Duration waitTime,
        Duration talkTime,
        Integer rating,
        Wire.End endReason,
        Notice recordingNotice,
        List<TalkRecording> talkRecordings,
        List<Leg> legs) {

    /** One party's part of it. */
    public record Leg(
            String id,
            String role,
            String direction,
            String party,
            String agentId,
            String codec,
            Instant startedAt,
            Instant answeredAt,
            Instant endedAt,
            Wire.End endReason,
            Integer sipStatus,
            Quality quality) {}

    /**
     * A notice heard to its end.
     *
     * @param prompts ids, with a comma between them; as that version of the flow has them
     */
    public record Notice(Instant playedAt, String language, String prompts, long flowVersion) {}

    /**
     * What became of the wish to record a talk.
     *
     * @param outcome recorded, no-notice, no-room or failed
     * @param recording its id at /recordings; absent unless it is recorded
     * @param leg of the agent
     */
    public record TalkRecording(String outcome, String recording, String leg, Instant at) {}

    /** What media measured. */
    public record Quality(long packetsReceived, long packetsLost, double jitterMs, double mos) {}

    /** A record as the caller may see it. */
    public static CallReport of(CallRecord record, Caller caller) {
        return new CallReport(
                record.getCallId(),
                Wire.word(record.getDirection()),
                Wire.text(caller.shown(record.getFromNumber())),
                Wire.text(caller.shown(record.getToNumber())),
                Wire.text(record.getCarrier()),
                Wire.text(record.getOrigin()),
                Wire.time(record.hasStartedAt(), record.getStartedAt()),
                Wire.time(record.hasAnsweredAt(), record.getAnsweredAt()),
                Wire.time(record.hasQueuedAt(), record.getQueuedAt()),
                Wire.time(record.hasTalkStartedAt(), record.getTalkStartedAt()),
                Wire.time(record.hasEndedAt(), record.getEndedAt()),
                Wire.text(record.getFlowId()),
                Wire.text(record.getQueueId()),
                Wire.text(record.getQueueEnd()),
                Wire.text(record.getAgentExtension()),
                Wire.text(record.getAgentId()),
                record.hasTalkStartedAt(),
                Wire.duration(record.hasWait(), record.getWait()),
                Wire.duration(record.hasTalk(), record.getTalk()),
                record.getRating() == 0 ? null : record.getRating(),
                record.hasEndReason() ? Wire.end(record.getEndReason()) : null,
                record.hasRecordingNotice() ? notice(record.getRecordingNotice()) : null,
                record.getTalkRecordingsList().stream().map(CallReport::talkRecording).toList(),
                record.getLegsList().stream().map(leg -> leg(leg, caller)).toList());
    }

    private static Notice notice(RecordingNotice notice) {
        return new Notice(
                Wire.time(notice.hasPlayedAt(), notice.getPlayedAt()),
                notice.getLanguage(),
                notice.getPrompts(),
                notice.getFlowVersion());
    }

    private static TalkRecording talkRecording(org.panacall.proto.reporting.v1.TalkRecording talk) {
        return new TalkRecording(
                Wire.word(talk.getOutcome().name(), "TALK_RECORDING_OUTCOME_"),
                Wire.text(talk.getRecordingId()),
                Wire.text(talk.getLegId()),
                Wire.time(talk.hasAt(), talk.getAt()));
    }

    private static Leg leg(LegRecord leg, Caller caller) {
        return new Leg(
                leg.getLegId(),
                Wire.word(leg.getRole()),
                Wire.word(leg.getDirection()),
                Wire.text(caller.shown(leg.getParty())),
                Wire.text(leg.getAgentId()),
                Wire.text(leg.getCodec()),
                Wire.time(leg.hasStartedAt(), leg.getStartedAt()),
                Wire.time(leg.hasAnsweredAt(), leg.getAnsweredAt()),
                Wire.time(leg.hasEndedAt(), leg.getEndedAt()),
                leg.hasEndReason() ? Wire.end(leg.getEndReason()) : null,
                leg.getSipStatus() == 0 ? null : leg.getSipStatus(),
                leg.hasQuality()
                        ? new Quality(
                                leg.getQuality().getPacketsReceived(),
                                leg.getQuality().getPacketsLost(),
                                leg.getQuality().getJitterMs(),
                                leg.getQuality().getMos())
                        : null);
    }
}
