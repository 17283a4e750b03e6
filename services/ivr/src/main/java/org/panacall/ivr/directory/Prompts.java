// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.directory;

import java.time.Duration;
import java.util.List;
import org.panacall.defaults.ProtoTimes;
import org.panacall.ivr.core.flow.Prompt;

/** Prompts of drawings as a run passes them on. */
final class Prompts {

    private Prompts() {}

    static List<Prompt> read(List<org.panacall.proto.call.v1.Prompt> prompts) {
        return prompts.stream().map(Prompts::read).toList();
    }

    static Prompt read(org.panacall.proto.call.v1.Prompt prompt) {
        if (prompt.getTextsCount() > 0) {
            return new Prompt.Drawn(prompt.getPromptId(), prompt.getTextsMap());
        }
        return switch (prompt.getSourceCase()) {
            case PROMPT_ID ->
                    new Prompt.Stored(
                            prompt.getPromptId(), prompt.getLanguage(), prompt.getFallbackText());
            case TEXT -> new Prompt.Spoken(prompt.getText(), prompt.getLanguage());
            case TONE ->
                    new Prompt.Tone(
                            prompt.getTone().getFrequencyHz(),
                            prompt.getTone().getSecondFrequencyHz(),
                            duration(prompt.getTone().getOnTime()),
                            duration(prompt.getTone().getOffTime()));
            case SILENCE -> new Prompt.Silence(duration(prompt.getSilence()));
            case RECORDING -> throw new IllegalArgumentException("a flow plays no recordings");
            case SOURCE_NOT_SET -> throw new IllegalArgumentException("a prompt without source");
        };
    }

    static Duration duration(com.google.protobuf.Duration drawn) {
        return ProtoTimes.duration(drawn);
    }
}
