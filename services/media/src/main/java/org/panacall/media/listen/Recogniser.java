// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.listen;

import java.io.IOException;
import java.util.List;

/** Makes words of speech. Any thread. */
public interface Recogniser extends AutoCloseable {

    /** Whether it knows the language, without region. */
    boolean hears(String language);

    /**
     * Blocks for a bounded time.
     *
     * @throws IOException when it cannot say
     */
    Said recognise(Utterance utterance) throws IOException, InterruptedException;

    @Override
    default void close() {}

    /**
     * What somebody said, at 8 kHz.
     *
     * @param phrases that are likely
     */
    record Utterance(short[] samples, String language, List<String> phrases) {

        @Override
        public String toString() {
            return "Utterance[language=" + language + "]";
        }
    }

    /**
     * What it was, to be told to nobody.
     *
     * @param text empty when it was no words
     * @param confidence percent
     */
    record Said(String text, int confidence) {

        @Override
        public String toString() {
            return "Said[confidence=" + confidence + "]";
        }
    }
}
