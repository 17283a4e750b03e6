// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.grpc;

import com.google.protobuf.Duration;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.regex.Pattern;
import org.panacall.media.codec.Codec;
import org.panacall.media.kept.KeptAudio;
import org.panacall.media.play.Silence;
import org.panacall.media.prompt.PromptName;
import org.panacall.media.prompt.PromptWish;
import org.panacall.proto.call.v1.KeptRecording;
import org.panacall.proto.call.v1.Prompt;
import org.panacall.proto.call.v1.Tone;

/** Reads prompts; what cannot be meant is refused with IllegalArgumentException. */
@ApplicationScoped
class PromptRequests {

    private static final long SAMPLES_A_MILLISECOND = Codec.RATE / 1000;
    private static final long MILLISECONDS_MAX = 3_600_000;

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_.:-]{1,100}");

    private final KeptAudio kept;

    @Inject
    PromptRequests(KeptAudio kept) {
        this.kept = kept;
    }

    /** {@code tenant}: of the leg, whose recordings alone can be played to it. */
    PromptWish wish(Prompt prompt, String tenant, String defaultLanguage) {
        var language = prompt.getLanguage().isEmpty() ? defaultLanguage : prompt.getLanguage();
        return switch (prompt.getSourceCase()) {
            case PROMPT_ID ->
                    new PromptWish.Stored(
                            new PromptName(tenant, language, prompt.getPromptId()),
                            prompt.getFallbackText());
            case TEXT -> new PromptWish.Spoken(prompt.getText(), language);
            case TONE -> new PromptWish.Ready(tone(prompt.getTone()));
            case SILENCE -> new PromptWish.Ready(new Silence(samples(prompt.getSilence(), 1)));
            case RECORDING -> recording(prompt.getRecording(), tenant);
            case SOURCE_NOT_SET -> throw new IllegalArgumentException("a prompt has a source");
        };
    }

    /** Nobody listens without a name. */
    private PromptWish recording(KeptRecording recording, String tenant) {
        if (!ID.matcher(recording.getRecordingId()).matches()
                || !ID.matcher(recording.getListenerId()).matches()) {
            throw new IllegalArgumentException("a recording has an id, and a listener");
        }
        var wanted =
                new KeptAudio.Wanted(
                        tenant,
                        recording.getRecordingId(),
                        recording.getListenerId(),
                        recording.getListenerExtension());
        return new PromptWish.Fetched(() -> kept.fetch(wanted));
    }

    /** Without times the tone sounds until it is stopped. */
    private static org.panacall.media.play.Tone tone(Tone tone) {
        int first = tone.getFrequencyHz();
        int second = tone.getSecondFrequencyHz();
        int on = samples(tone.getOnTime(), 0);
        return on == 0
                ? org.panacall.media.play.Tone.endless(first, second)
                : new org.panacall.media.play.Tone(
                        first, second, on, samples(tone.getOffTime(), 0));
    }

    private static int samples(Duration duration, long millisecondsMin) {
        if (Math.abs(duration.getSeconds()) > MILLISECONDS_MAX / 1000) {
            throw new IllegalArgumentException("a prompt lasts at most an hour");
        }
        long milliseconds = duration.getSeconds() * 1000 + duration.getNanos() / 1_000_000;
        if (milliseconds < millisecondsMin || milliseconds > MILLISECONDS_MAX) {
            throw new IllegalArgumentException("a prompt lasts up to an hour");
        }
        return (int) (milliseconds * SAMPLES_A_MILLISECOND);
    }
}
