// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr;

import com.google.protobuf.Duration;
import java.util.List;
import org.panacall.defaults.ProtoTimes;
import org.panacall.ivr.core.flow.Prompt;

/** Prompts in the words of the contract. */
public final class PromptWording {

    private PromptWording() {}

    public static List<org.panacall.proto.call.v1.Prompt> prompts(List<Prompt> prompts) {
        return prompts.stream().map(PromptWording::prompt).toList();
    }

    private static org.panacall.proto.call.v1.Prompt prompt(Prompt prompt) {
        var said = org.panacall.proto.call.v1.Prompt.newBuilder();
        switch (prompt) {
            case Prompt.Stored(var id, var language, var text) ->
                    said.setPromptId(id).setLanguage(language).setFallbackText(text);
            case Prompt.Spoken(var text, var language) -> said.setText(text).setLanguage(language);
            // Runs pass on what is meant for one caller.
            case Prompt.Drawn(var id, _) -> said.setPromptId(id);
            case Prompt.Silence(var length) -> said.setSilence(duration(length));
            case Prompt.Kept(var recording, var listener, var extension) ->
                    said.getRecordingBuilder()
                            .setRecordingId(recording)
                            .setListenerId(listener)
                            .setListenerExtension(extension);
            case Prompt.Tone(var frequency, var second, var on, var off) ->
                    said.getToneBuilder()
                            .setFrequencyHz(frequency)
                            .setSecondFrequencyHz(second)
                            .setOnTime(duration(on))
                            .setOffTime(duration(off));
        }
        return said.build();
    }

    public static Duration duration(java.time.Duration length) {
        return ProtoTimes.message(length);
    }
}
