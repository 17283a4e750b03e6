// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.grpc;

import com.google.protobuf.util.Durations;
import java.time.Duration;
import java.util.Optional;
import org.panacall.proto.call.v1.SpeechOutcome;
import org.panacall.proto.media.v1.Codec;
import org.panacall.proto.media.v1.LegNotice;
import org.panacall.proto.media.v1.LegSettings;
import org.panacall.proto.media.v1.LegStatistics;
import org.panacall.proto.media.v1.PromptsOutcome;
import org.panacall.sipingress.Prompts;
import org.panacall.sipingress.Recordings;
import org.panacall.sipingress.core.call.Notice;
import org.panacall.sipingress.core.command.IngressCommand;
import org.panacall.sipingress.core.dialog.LegId;
import org.panacall.sipingress.core.leg.LegQuality;
import org.panacall.sipingress.core.leg.PlayId;
import org.panacall.sipingress.core.sdp.AgreedAudio;

/** What we say to media and hear from it. */
final class MediaMessages {

    private MediaMessages() {}

    static LegSettings settings(AgreedAudio audio) {
        var settings =
                LegSettings.newBuilder()
                        .setCodec(
                                switch (audio.codec()) {
                                    case PCMA -> Codec.CODEC_PCMA;
                                    case PCMU -> Codec.CODEC_PCMU;
                                })
                        .setPayloadType(audio.payloadType())
                        .setTelephoneEventPayloadType(audio.telephoneEventPayloadType())
                        .setRemoteAddress(audio.remoteAddress())
                        .setRemoteRtpPort(audio.remoteRtpPort())
                        .setRemoteRtcpPort(audio.remoteRtcpPort())
                        .setSend(audio.send())
                        .setReceive(audio.receive());
        audio.packetTime()
                .map(Duration::toMillis)
                .ifPresent(millis -> settings.setPacketTime(Durations.fromMillis(millis)));
        return settings.build();
    }

    static LegQuality quality(LegStatistics statistics) {
        return new LegQuality(
                statistics.getPacketsReceived(),
                statistics.getPacketsLost(),
                statistics.getJitterMs(),
                statistics.getMos());
    }

    /** What a notice tells the core; empty when it tells nothing about a leg. */
    static Optional<IngressCommand> report(LegNotice notice) {
        if (notice.getLegId().isEmpty()) return Optional.empty();
        var leg = new LegId(notice.getLegId());
        return switch (notice.getNoticeCase()) {
            case KEY_PRESSED -> {
                var pressed = notice.getKeyPressed();
                yield pressed.getKey().isEmpty()
                        ? Optional.empty()
                        : Optional.of(
                                new IngressCommand.KeyHeard(
                                        leg,
                                        pressed.getKey().charAt(0),
                                        Prompts.ofMessage(pressed.getDuration())));
            }
            case PROMPTS_ENDED ->
                    Optional.of(
                            new IngressCommand.PlayFinished(
                                    leg,
                                    new PlayId(notice.getPromptsEnded().getPlayId()),
                                    outcome(notice.getPromptsEnded().getOutcome()),
                                    Recordings.made(
                                            notice.getPromptsEnded().hasRecorded(),
                                            notice.getPromptsEnded().getRecorded())));
            case SPEECH -> {
                var speech = notice.getSpeech();
                yield speech.getOutcome() == SpeechOutcome.UNRECOGNIZED
                        ? Optional.empty()
                        : Optional.of(
                                new IngressCommand.SpeechHeard(
                                        leg,
                                        new PlayId(speech.getPlayId()),
                                        speech.getOutcome().name(),
                                        speech.getChoice(),
                                        speech.getConfidencePercent()));
            }
            case AUDIO_STARTED -> Optional.of(new IngressCommand.AudioChanged(leg, true));
            case AUDIO_STOPPED -> Optional.of(new IngressCommand.AudioChanged(leg, false));
            case NOTICES_LOST, NODE_DRAINS, NOTICE_NOT_SET -> Optional.empty();
        };
    }

    private static Notice.Outcome outcome(PromptsOutcome outcome) {
        return switch (outcome) {
            case PROMPTS_OUTCOME_COMPLETED -> Notice.Outcome.COMPLETED;
            case PROMPTS_OUTCOME_STOPPED -> Notice.Outcome.STOPPED;
            case PROMPTS_OUTCOME_BARGED_IN -> Notice.Outcome.BARGED_IN;
            case PROMPTS_OUTCOME_FAILED, PROMPTS_OUTCOME_UNSPECIFIED, UNRECOGNIZED ->
                    Notice.Outcome.FAILED;
        };
    }
}
