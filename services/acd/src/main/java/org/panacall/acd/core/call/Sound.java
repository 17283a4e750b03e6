// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.call;

import java.util.List;

/** What a leg is to hear while it waits for something. */
public sealed interface Sound {

    /** The queue's music, over and over. */
    record Music(String promptId) implements Sound {}

    /**
     * Prompts one after another, once.
     *
     * @param language of the prompts, BCP 47
     * @param bargeIn the first key stops them
     */
    record Announcement(List<String> prompts, String language, boolean bargeIn) implements Sound {

        public Announcement {
            prompts = List.copyOf(prompts);
        }
    }

    /** The other side rings. */
    record RingBack() implements Sound {}

    /**
     * Why a caller is not served, once.
     *
     * @param text said when the prompt is missing
     */
    record Spoken(String promptId, String language, String text) implements Sound {}

    /** The other side is busy. */
    record Busy() implements Sound {}

    /** The other side cannot be reached. */
    record Unreachable() implements Sound {}
}
