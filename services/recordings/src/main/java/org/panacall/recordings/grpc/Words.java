// SPDX-License-Identifier: Apache-2.0
package org.panacall.recordings.grpc;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Durations;
import java.time.Instant;
import java.util.Locale;
import org.panacall.defaults.ProtoTimes;
import org.panacall.proto.call.v1.RecordingEnd;
import org.panacall.proto.call.v1.RecordingKind;
import org.panacall.proto.recordings.v1.Recording;
import org.panacall.proto.recordings.v1.RecordingState;
import org.panacall.recordings.Keeping;
import org.panacall.recordings.store.Kept;

/** Rows as the contract's messages. */
final class Words {

    private static final int SAMPLES_A_MILLISECOND = 8;

    private Words() {}

    static Recording recording(Kept kept, Keeping keeping) {
        var label = kept.label();
        return Recording.newBuilder()
                .setRecordingId(label.id())
                .setTenantId(label.tenantId())
                .setKind(RecordingKind.valueOf("RECORDING_KIND_" + upper(label.kind())))
                .setCallId(label.callId())
                .setMailbox(label.mailbox())
                .setCallerNumber(keeping.caller(kept))
                .setLanguage(label.language())
                .setStartedAt(timestamp(label.startedAt()))
                .setLength(Durations.fromMillis(kept.samples() / SAMPLES_A_MILLISECOND))
                .setState(state(kept))
                .setKeepUntil(timestamp(kept.keepUntil()))
                .setEnd(RecordingEnd.valueOf("RECORDING_END_" + upper(kept.ended())))
                .setChannels(kept.channels())
                .setBytes(Keeping.size(kept))
                .build();
    }

    private static RecordingState state(Kept kept) {
        if (kept.deletedAt() != null) {
            return RecordingState.RECORDING_STATE_DELETED;
        }
        return kept.heardAt() == null
                ? RecordingState.RECORDING_STATE_NEW
                : RecordingState.RECORDING_STATE_HEARD;
    }

    /** "RECORDING_KIND_CALL" without its prefix is "call"; empty when unspecified. */
    static String word(String name, String prefix) {
        return name.startsWith(prefix) && !name.endsWith("_UNSPECIFIED")
                ? name.substring(prefix.length()).toLowerCase(Locale.ROOT).replace('_', '-')
                : "";
    }

    private static String upper(String word) {
        return word.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    static Timestamp timestamp(Instant at) {
        return ProtoTimes.timestamp(at);
    }

    static Instant instant(Timestamp at) {
        return ProtoTimes.instant(at);
    }
}
