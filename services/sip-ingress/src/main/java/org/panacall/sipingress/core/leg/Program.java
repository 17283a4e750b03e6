// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.leg;

import java.util.List;

/**
 * What a leg is to be played, one prompt after another.
 *
 * @param repeat again and again, until stopped
 * @param bargeIn the first key stops it
 */
public record Program(List<Prompt> prompts, boolean repeat, boolean bargeIn) {

    public Program {
        prompts = List.copyOf(prompts);
        if (prompts.isEmpty() || prompts.size() > 32) {
            throw new IllegalArgumentException("1 to 32 prompts are wanted");
        }
    }

    /** One prompt, once. */
    public static Program once(Prompt prompt) {
        return new Program(List.of(prompt), false, false);
    }
}
