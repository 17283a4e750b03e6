// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress;

import com.google.protobuf.util.Durations;
import org.panacall.proto.call.v1.ListenOrder;
import org.panacall.proto.call.v1.SpeechOutcome;
import org.panacall.proto.call.v1.SpokenChoice;
import org.panacall.proto.media.v1.LegNotice;
import org.panacall.proto.media.v1.LegSpeech;
import org.panacall.proto.sipingress.v1.SpeechNoticed;

/** An order to listen, and what comes of it. */
final class Spoken {

    static final ListenOrder ORDER =
            ListenOrder.newBuilder()
                    .setLanguage("ru")
                    .setPatience(Durations.fromSeconds(5))
                    .addChoices(
                            SpokenChoice.newBuilder()
                                    .setChoice("1")
                                    .addPhrases("запись")
                                    .addPhrases("записаться"))
                    .build();

    private Spoken() {}

    static LegNotice.Builder chosen(String leg) {
        return LegNotice.newBuilder()
                .setLegId(leg)
                .setSpeech(
                        LegSpeech.newBuilder()
                                .setPlayId("play-1")
                                .setOutcome(SpeechOutcome.SPEECH_OUTCOME_CHOSEN)
                                .setChoice("1")
                                .setConfidencePercent(77));
    }

    /** What the controller is told of it. */
    static SpeechNoticed noticed(String leg) {
        return SpeechNoticed.newBuilder()
                .setLegId(leg)
                .setPlayId("play-1")
                .setOutcome(SpeechOutcome.SPEECH_OUTCOME_CHOSEN)
                .setChoice("1")
                .setConfidencePercent(77)
                .build();
    }
}
