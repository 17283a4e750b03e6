// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.waiting;

import java.time.Instant;
import java.util.List;
import org.panacall.acd.core.id.PlayId;

/**
 * What a caller is being told, instead of music.
 *
 * @param language of the prompts, BCP 47
 * @param bargeIn a key cuts it short
 * @param endsBy music goes on then, should its end never be heard of
 */
public record Announcement(
        PlayId play, List<String> prompts, String language, boolean bargeIn, Instant endsBy) {

    public Announcement {
        prompts = List.copyOf(prompts);
    }
}
