// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.speech;

import java.io.IOException;
import java.util.List;
import org.panacall.media.play.Clip;
import org.panacall.media.prompt.TextToSpeech;

/** Several engines, the best first: the first that can speaks. */
public final class FirstToSpeak implements TextToSpeech {

    private final List<TextToSpeech> engines;

    public FirstToSpeak(List<TextToSpeech> engines) {
        if (engines.isEmpty()) {
            throw new IllegalArgumentException("there is an engine at least");
        }
        this.engines = List.copyOf(engines);
    }

    @Override
    public Clip speak(String text, String language) throws IOException, InterruptedException {
        var last = new IOException("no engine for speech");
        for (var engine : engines) {
            try {
                return engine.speak(text, language);
            } catch (IOException next) {
                last = next;
            }
        }
        throw last;
    }
}
