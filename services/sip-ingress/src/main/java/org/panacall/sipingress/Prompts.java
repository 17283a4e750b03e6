// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress;

import com.google.protobuf.util.Durations;
import java.time.Duration;
import java.util.List;
import org.panacall.defaults.ProtoTimes;
import org.panacall.proto.call.v1.Prompt;
import org.panacall.proto.call.v1.Tone;

/** Prompts, from messages into the core's form and back. */
public final class Prompts {

    private Prompts() {}

    public static List<org.panacall.sipingress.core.leg.Prompt> ofMessages(List<Prompt> prompts) {
        return prompts.stream().map(Prompts::ofMessage).toList();
    }

    public static List<Prompt> toMessages(List<org.panacall.sipingress.core.leg.Prompt> prompts) {
        return prompts.stream().map(Prompts::toMessage).toList();
    }

    public static Duration ofMessage(com.google.protobuf.Duration duration) {
        return ProtoTimes.duration(duration);
    }

    public static com.google.protobuf.Duration toMessage(Duration duration) {
        return Durations.fromNanos(duration.toNanos());
    }

    private static org.panacall.sipingress.core.leg.Prompt ofMessage(Prompt prompt) {
        return switch (prompt.getSourceCase()) {
            case PROMPT_ID ->
                    new org.panacall.sipingress.core.leg.Prompt.Stored(
                            prompt.getPromptId(), prompt.getLanguage(), prompt.getFallbackText());
            case TEXT ->
                    new org.panacall.sipingress.core.leg.Prompt.Spoken(
                            prompt.getText(), prompt.getLanguage());
            case TONE ->
                    new org.panacall.sipingress.core.leg.Prompt.Tone(
                            prompt.getTone().getFrequencyHz(),
                            prompt.getTone().getSecondFrequencyHz(),
                            ofMessage(prompt.getTone().getOnTime()),
                            ofMessage(prompt.getTone().getOffTime()));
            case SILENCE ->
                    new org.panacall.sipingress.core.leg.Prompt.Silence(
                            ofMessage(prompt.getSilence()));
            case RECORDING ->
                    new org.panacall.sipingress.core.leg.Prompt.Kept(
                            prompt.getRecording().getRecordingId(),
                            prompt.getRecording().getListenerId(),
                            prompt.getRecording().getListenerExtension());
            case SOURCE_NOT_SET ->
                    throw new IllegalArgumentException("a prompt's source is wanted");
        };
    }

    private static Prompt toMessage(org.panacall.sipingress.core.leg.Prompt prompt) {
        var message = Prompt.newBuilder();
        switch (prompt) {
            case org.panacall.sipingress.core.leg.Prompt.Stored(var id, var language, var text) ->
                    message.setPromptId(id).setLanguage(language).setFallbackText(text);
            case org.panacall.sipingress.core.leg.Prompt.Spoken(var text, var language) ->
                    message.setText(text).setLanguage(language);
            case org.panacall.sipingress.core.leg.Prompt.Tone tone ->
                    message.setTone(
                            Tone.newBuilder()
                                    .setFrequencyHz(tone.frequencyHz())
                                    .setSecondFrequencyHz(tone.secondFrequencyHz())
                                    .setOnTime(toMessage(tone.on()))
                                    .setOffTime(toMessage(tone.off())));
            case org.panacall.sipingress.core.leg.Prompt.Silence(var length) ->
                    message.setSilence(toMessage(length));
            case org.panacall.sipingress.core.leg.Prompt.Kept(
                            var recording,
                            var who,
                            var extension) ->
                    message.getRecordingBuilder()
                            .setRecordingId(recording)
                            .setListenerId(who)
                            .setListenerExtension(extension);
        }
        return message.build();
    }
}
