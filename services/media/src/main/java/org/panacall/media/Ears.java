// SPDX-License-Identifier: Apache-2.0
package org.panacall.media;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.panacall.media.listen.HttpRecogniser;
import org.panacall.media.listen.Listeners;
import org.panacall.media.listen.Recogniser;
import org.panacall.media.listen.VoskRecogniser;
import org.panacall.media.pipeline.Notice;
import org.panacall.media.speech.HttpEngine;

/**
 * The recognisers of speech, as they are configured: usually none, and then nothing of them is
 * loaded. One that cannot be had is told and left out, since callers have keys.
 *
 * @param fault of what was configured and is not to be had; empty: none
 */
public record Ears(Optional<Listeners> listeners, Optional<HttpRecogniser> http, String fault)
        implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Ears.class);

    static Ears of(MediaConfig.ListenConfig config, Notice.Sink notices) {
        var recognisers = new ArrayList<Recogniser>();
        var fault = "";
        if (config.models().isPresent()) {
            try {
                recognisers.add(vosk(config.models().get()));
            } catch (IOException none) {
                fault = none.getMessage();
                LOG.errorf("callers are not listened to: %s", fault);
            }
        }
        var http = config.http().url().map(url -> http(url, config.http()));
        http.ifPresent(recognisers::add);
        if (recognisers.isEmpty()) {
            return new Ears(Optional.empty(), http, fault);
        }
        var limits =
                new Listeners.Limits(
                        config.atOnce(), config.threads(), config.waiting(), config.longest());
        return new Ears(Optional.of(new Listeners(recognisers, notices, limits)), http, fault);
    }

    private static Recogniser vosk(Path directory) throws IOException {
        var vosk = VoskRecogniser.load(directory);
        LOG.infof("callers may speak %s", vosk.languages());
        return vosk;
    }

    private static HttpRecogniser http(URI url, MediaConfig.HttpListenConfig config) {
        var limits = new HttpEngine.Limits(config.timeout(), config.bytes(), config.requests());
        return new HttpRecogniser(url, config.languages().orElse(List.of()), limits);
    }

    @Override
    public void close() {
        listeners.ifPresent(Listeners::close);
    }
}
