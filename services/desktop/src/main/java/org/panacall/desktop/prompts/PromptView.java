// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.prompts;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.panacall.desktop.Wire;
import org.panacall.proto.directory.v1.PromptVersion;
import org.panacall.proto.directory.v1.StoredPrompt;

/**
 * A prompt in one language.
 *
 * @param published the version that callers hear; 0: none of them, it is as it was shipped
 * @param versions the newest first; in lists only the one that is heard, else the newest; none: the
 *     clinic has not made any
 * @param shipped there is audio that came with the product; absent in answers to changes
 */
@Schema(name = "Prompt")
public record PromptView(
        String id, String language, int published, List<Version> versions, Boolean shipped) {

    /**
     * What it was at a time.
     *
     * @param text spoken when there is no audio
     * @param author a person's id or a token's name
     */
    @Schema(name = "PromptVersion")
    public record Version(int version, String text, Audio audio, Instant madeAt, String author) {}

    /**
     * Audio; all of it is played at the same loudness.
     *
     * @param format of the upload: mp3
     * @param loudness of the upload in LUFS; absent when too short to be measured
     */
    @Schema(name = "PromptAudio")
    public record Audio(Duration duration, String format, long bytes, Double loudness) {}

    static PromptView of(StoredPrompt prompt, Boolean shipped) {
        return new PromptView(
                prompt.getPromptId(),
                prompt.getLanguage(),
                prompt.getPublishedVersion(),
                prompt.getVersionsList().stream().map(PromptView::version).toList(),
                shipped);
    }

    /** One that the clinic has not touched. */
    static PromptView shipped(String id, String language) {
        return new PromptView(id, language, 0, List.of(), true);
    }

    private static Version version(PromptVersion version) {
        return new Version(
                version.getVersion(),
                Wire.text(version.getText()),
                version.hasAudio() ? audio(version) : null,
                Wire.time(version.hasMadeAt(), version.getMadeAt()),
                version.getAuthor());
    }

    private static Audio audio(PromptVersion version) {
        var audio = version.getAudio();
        return new Audio(
                Wire.duration(audio.hasDuration(), audio.getDuration()),
                audio.getOriginalFormat(),
                audio.getOriginalBytes(),
                audio.hasOriginalLoudness() ? audio.getOriginalLoudness() : null);
    }
}
