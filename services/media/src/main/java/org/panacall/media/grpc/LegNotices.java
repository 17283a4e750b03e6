// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.grpc;

import com.google.protobuf.Duration;
import org.panacall.defaults.ProtoTimes;
import org.panacall.media.node.NoticeEntry;
import org.panacall.media.pipeline.Notice;
import org.panacall.proto.media.v1.AudioStarted;
import org.panacall.proto.media.v1.AudioStopped;
import org.panacall.proto.media.v1.LegKeyPressed;
import org.panacall.proto.media.v1.LegNotice;
import org.panacall.proto.media.v1.NodeDrains;
import org.panacall.proto.media.v1.NoticesLost;
import org.panacall.proto.media.v1.PromptsEnded;
import org.panacall.proto.media.v1.PromptsOutcome;

/** Writes notices. */
final class LegNotices {

    private LegNotices() {}

    static LegNotice toProto(NoticeEntry entry) {
        var at = entry.at();
        var line =
                LegNotice.newBuilder()
                        .setStreamId(entry.streamId())
                        .setSequence(entry.sequence())
                        .setLegId(entry.legId())
                        .setAt(ProtoTimes.timestamp(at));
        if (entry.notice().isEmpty()) {
            return line.setNoticesLost(NoticesLost.getDefaultInstance()).build();
        }
        switch (entry.notice().get()) {
            case Notice.KeyPressed pressed -> line.setKeyPressed(key(pressed));
            case Notice.PromptsEnded ended -> line.setPromptsEnded(ended(ended));
            case Notice.AudioStarted started ->
                    line.setAudioStarted(AudioStarted.getDefaultInstance());
            case Notice.AudioStopped stopped ->
                    line.setAudioStopped(AudioStopped.getDefaultInstance());
            case Notice.NodeDrains drains -> line.setNodeDrains(NodeDrains.getDefaultInstance());
            case Notice.SpeechNoticed speech -> line.setSpeech(ListenRequests.speech(speech));
            case Notice.LegClosed closed ->
                    throw new IllegalStateException("the end of a leg is no notice for others");
        }
        return line.build();
    }

    private static LegKeyPressed key(Notice.KeyPressed pressed) {
        int milliseconds = pressed.durationMs();
        return LegKeyPressed.newBuilder()
                .setKey(String.valueOf(pressed.key()))
                .setDuration(
                        Duration.newBuilder()
                                .setSeconds(milliseconds / 1000)
                                .setNanos(milliseconds % 1000 * 1_000_000))
                .build();
    }

    private static PromptsEnded ended(Notice.PromptsEnded ended) {
        var outcome =
                switch (ended.outcome()) {
                    case COMPLETED -> PromptsOutcome.PROMPTS_OUTCOME_COMPLETED;
                    case STOPPED -> PromptsOutcome.PROMPTS_OUTCOME_STOPPED;
                    case BARGED_IN -> PromptsOutcome.PROMPTS_OUTCOME_BARGED_IN;
                    case FAILED -> PromptsOutcome.PROMPTS_OUTCOME_FAILED;
                };
        var message = PromptsEnded.newBuilder().setPlayId(ended.playId()).setOutcome(outcome);
        ended.recorded().map(RecordingRequests::made).ifPresent(message::setRecorded);
        return message.build();
    }
}
