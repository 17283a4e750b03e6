// SPDX-License-Identifier: Apache-2.0
package org.panacall.media;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.panacall.media.prompt.EspeakSpeech;
import org.panacall.media.prompt.SpeechCache;
import org.panacall.media.prompt.TextToSpeech;
import org.panacall.media.speech.FirstToSpeak;
import org.panacall.media.speech.HttpEngine;
import org.panacall.media.speech.HttpSpeech;

/**
 * The engines for speech, as they are configured, each with a memory of its own on disk: what the
 * program said while the other failed is not said by it any more when that is back.
 */
record Voices(EspeakSpeech program, Optional<HttpSpeech> http, TextToSpeech all)
        implements AutoCloseable {

    static Voices of(MediaConfig.SpeechConfig config, Path data) throws IOException {
        var program = new EspeakSpeech(config.program(), config.timeout(), config.processes());
        var http = http(config.http());
        var engines = new ArrayList<TextToSpeech>();
        if (http.isPresent()) {
            // Another address may be another voice.
            var name = config.http().url().orElseThrow().toString();
            var id = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
            engines.add(new SpeechCache(http.get(), data.resolve("speech-" + id), config.files()));
        }
        engines.add(new SpeechCache(program, data.resolve("speech"), config.files()));
        return new Voices(program, http, new FirstToSpeak(engines));
    }

    private static Optional<HttpSpeech> http(MediaConfig.HttpSpeechConfig config) {
        var limits = new HttpEngine.Limits(config.timeout(), config.bytes(), config.requests());
        return config.url()
                .map(url -> new HttpSpeech(url, config.languages().orElse(List.of()), limits));
    }

    @Override
    public void close() {
        http.ifPresent(HttpSpeech::close);
    }
}
