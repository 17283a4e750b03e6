// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.prompt;

import java.io.IOException;
import org.panacall.media.play.Clip;

/** Speaks text. Blocking; many threads. Must end within seconds, whatever happens. */
public interface TextToSpeech {

    /** Longest text that is spoken, in characters. */
    int TEXT_MAX = 1000;

    /**
     * @param language BCP 47, for example "ru"
     * @throws IOException when it cannot be spoken now
     */
    Clip speak(String text, String language) throws IOException, InterruptedException;
}
