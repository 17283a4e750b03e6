// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.speech;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.panacall.media.play.Clip;
import org.panacall.media.prompt.TextToSpeech;
import org.panacall.media.prompt.WavFile;

/**
 * Text to speech by an engine behind HTTP: {@code POST {"text": …, "language": …}}, answered by a
 * WAVE file.
 */
public final class HttpSpeech implements TextToSpeech, AutoCloseable {

    private final HttpEngine engine;
    private final List<String> languages;

    /**
     * @param languages it speaks, without region; all when empty
     * @throws IllegalArgumentException when the address is none of HTTP
     */
    public HttpSpeech(URI address, List<String> languages, HttpEngine.Limits limits) {
        engine = new HttpEngine(address, limits);
        this.languages = List.copyOf(languages);
    }

    @Override
    public Clip speak(String text, String language) throws IOException, InterruptedException {
        if (!languages.isEmpty() && !languages.contains(language.replaceFirst("-.*", ""))) {
            throw new IOException("the engine does not speak this language");
        }
        var request =
                HttpRequest.newBuilder(engine.address())
                        .header("Content-Type", "application/json")
                        .header("Accept", "audio/wav")
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        "{\"text\":%s,\"language\":%s}"
                                                .formatted(json(text), json(language)),
                                        StandardCharsets.UTF_8))
                        .build();
        return engine.ask(request, HttpSpeech::clip);
    }

    private static Clip clip(byte[] answer) throws IOException {
        var clip = WavFile.read(answer);
        if (clip.samples().length == 0) {
            throw new IOException("the engine for speech said nothing");
        }
        return clip;
    }

    private static String json(String text) {
        var json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\' || c < ' ') {
                json.append("\\u%04x".formatted((int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }

    public long spoken() {
        return engine.answered();
    }

    public long failures() {
        return engine.failures();
    }

    /** Texts it was not asked for, because it fails or has enough to do. */
    public long passedOver() {
        return engine.passedOver();
    }

    @Override
    public void close() {
        engine.close();
    }
}
