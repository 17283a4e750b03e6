// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.listen;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.panacall.media.play.Clip;
import org.panacall.media.prompt.WavFile;
import org.panacall.media.speech.HttpEngine;

/**
 * A recogniser behind HTTP: a WAVE file (16 bit, 8 kHz) is posted with {@code ?language=…}, and
 * {@code {"text": …, "confidence": 0 to 1}} is the answer.
 */
public final class HttpRecogniser implements Recogniser {

    private static final int TEXT_MAX = 1_000;

    private final HttpEngine engine;
    private final List<String> languages;

    /**
     * @param languages it knows, without region; all when empty
     * @throws IllegalArgumentException when the address is none of HTTP
     */
    public HttpRecogniser(URI address, List<String> languages, HttpEngine.Limits limits) {
        engine = new HttpEngine(address, limits);
        this.languages = List.copyOf(languages);
    }

    @Override
    public boolean hears(String language) {
        return languages.isEmpty() || languages.contains(language);
    }

    @Override
    public Said recognise(Utterance utterance) throws IOException, InterruptedException {
        var address = engine.address();
        var join = address.getQuery() == null ? "?" : "&";
        var language = URLEncoder.encode(utterance.language(), StandardCharsets.UTF_8);
        var request =
                HttpRequest.newBuilder(URI.create(address + join + "language=" + language))
                        .header("Content-Type", "audio/wav")
                        .header("Accept", "application/json")
                        .POST(
                                HttpRequest.BodyPublishers.ofByteArray(
                                        WavFile.write(new Clip(utterance.samples()))))
                        .build();
        return engine.ask(request, HttpRecogniser::said);
    }

    private static Said said(byte[] answer) throws IOException {
        try {
            var json = new JsonObject(Buffer.buffer(answer));
            if (!(json.getValue("text") instanceof String text)
                    || text.length() > TEXT_MAX
                    || !(json.getValue("confidence") instanceof Number confidence)) {
                throw new IOException("the recogniser's answer has no text or no confidence");
            }
            double share = confidence.doubleValue();
            // NaN is neither.
            if (!(share >= 0 && share <= 1)) {
                throw new IOException("the recogniser's confidence is not from 0 to 1");
            }
            return new Said(text, (int) Math.round(share * 100));
        } catch (DecodeException nonsense) {
            throw new IOException("the recogniser's answer is no JSON that we know");
        }
    }

    /** For metrics. */
    public HttpEngine engine() {
        return engine;
    }

    @Override
    public void close() {
        engine.close();
    }
}
