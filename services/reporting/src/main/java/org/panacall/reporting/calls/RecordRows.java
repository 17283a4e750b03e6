// SPDX-License-Identifier: Apache-2.0
package org.panacall.reporting.calls;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import io.vertx.mutiny.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.panacall.defaults.ProtoTimes;
import org.panacall.proto.call.v1.EndReason;
import org.panacall.proto.reporting.v1.CallRecord;
import org.panacall.proto.reporting.v1.LegRecord;
import org.panacall.proto.reporting.v1.RecordingNotice;
import org.panacall.proto.sipingress.v1.LegQuality;

/** Rows as the contract's messages. */
final class RecordRows {

    private RecordRows() {}

    static CallRecord.Builder call(Row row) {
        var record =
                CallRecord.newBuilder()
                        .setCallId(row.getString("call_id"))
                        .setTenantId(row.getString("tenant_id"))
                        .setDirection(Words.direction(row.getString("direction")))
                        .setFromNumber(row.getString("from_number"))
                        .setToNumber(row.getString("to_number"))
                        .setCarrier(row.getString("carrier"))
                        .setOrigin(row.getString("origin"))
                        .setFlowId(row.getString("flow_id"))
                        .setQueueId(row.getString("queue_id"))
                        .setQueueEnd(row.getString("queue_end"))
                        .setRating(row.getInteger("rating"))
                        .setAgentId(row.getString("agent_id"))
                        .setAgentExtension(row.getString("agent_extension"))
                        .setSuperseded(row.getBoolean("superseded"));
        set(row, "started_at", record::setStartedAt);
        set(row, "answered_at", record::setAnsweredAt);
        set(row, "queued_at", record::setQueuedAt);
        set(row, "talk_started_at", record::setTalkStartedAt);
        set(row, "ended_at", record::setEndedAt);
        if (row.getOffsetDateTime("notice_at") != null) {
            var notice =
                    RecordingNotice.newBuilder()
                            .setLanguage(row.getString("notice_language"))
                            .setPrompts(row.getString("notice_prompts"))
                            .setFlowVersion(row.getLong("notice_version"));
            set(row, "notice_at", notice::setPlayedAt);
            record.setRecordingNotice(notice);
        }
        if (row.getOffsetDateTime("ended_at") != null) {
            record.setEndReason(end(row));
        }
        var ended = Optional.ofNullable(row.getOffsetDateTime("ended_at"));
        // acd may have heard of a hang-up late: nobody waits after it.
        var waitEnd =
                Stream.of("talk_started_at", "dequeued_at", "ended_at")
                        .map(row::getOffsetDateTime)
                        .flatMap(Stream::ofNullable)
                        .findFirst()
                        .map(end -> ended.filter(end::isAfter).orElse(end));
        between(row.getOffsetDateTime("queued_at"), waitEnd).ifPresent(record::setWait);
        between(row.getOffsetDateTime("talk_started_at"), ended).ifPresent(record::setTalk);
        return record;
    }

    /** The talk of who goes on to a flow is over when the agent has left. */
    static void talked(CallRecord.Builder record) {
        record.getLegsList().stream()
                .filter(leg -> !leg.getAgentId().isEmpty() && leg.hasEndedAt())
                .filter(leg -> leg.getAgentId().equals(record.getAgentId()))
                .map(leg -> Timestamps.between(record.getTalkStartedAt(), leg.getEndedAt()))
                .filter(talk -> Durations.isPositive(talk))
                .filter(talk -> Durations.compare(talk, record.getTalk()) < 0)
                .max(Durations.comparator())
                .filter(talk -> record.hasTalk())
                .ifPresent(record::setTalk);
    }

    static LegRecord leg(Row row) {
        var record =
                LegRecord.newBuilder()
                        .setLegId(row.getString("leg_id"))
                        .setRole(Words.role(row.getString("role")))
                        .setDirection(Words.direction(row.getString("direction")))
                        .setParty(row.getString("party"))
                        .setAgentId(row.getString("agent_id"))
                        .setCodec(row.getString("codec"))
                        .setSipStatus(row.getInteger("sip_status"));
        set(row, "started_at", record::setStartedAt);
        set(row, "answered_at", record::setAnsweredAt);
        set(row, "ended_at", record::setEndedAt);
        if (row.getOffsetDateTime("ended_at") != null) {
            record.setEndReason(end(row)).setQuality(quality(row));
        }
        return record.build();
    }

    private static EndReason end(Row row) {
        return EndReason.newBuilder()
                .setFault(Words.fault(row.getString("end_fault")))
                .setReason(row.getString("end_reason"))
                .build();
    }

    private static LegQuality quality(Row row) {
        return LegQuality.newBuilder()
                .setPacketsReceived(row.getLong("packets_received"))
                .setPacketsLost(row.getLong("packets_lost"))
                .setJitterMs(row.getDouble("jitter_ms"))
                .setMos(row.getDouble("mos"))
                .build();
    }

    private static void set(Row row, String column, Consumer<Timestamp> setter) {
        var at = row.getOffsetDateTime(column);
        if (at != null) {
            setter.accept(ProtoTimes.timestamp(at.toInstant()));
        }
    }

    private static Optional<Duration> between(OffsetDateTime from, Optional<OffsetDateTime> to) {
        return from == null
                ? Optional.empty()
                : to.map(end -> java.time.Duration.between(from, end))
                        .map(length -> Durations.fromMillis(Math.max(0, length.toMillis())));
    }
}
