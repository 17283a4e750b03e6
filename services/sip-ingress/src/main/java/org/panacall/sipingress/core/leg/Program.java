// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.leg;

import java.util.List;
import java.util.Optional;

/**
 * What a leg is to be played, one prompt after another.
 *
 * @param repeat again and again, until stopped
 * @param bargeIn the first key stops it
 * @param record what is recorded afterwards, before the play is over
 */
public record Program(
        List<Prompt> prompts, boolean repeat, boolean bargeIn, Optional<RecordingPlan> record) {

    public Program {
        prompts = List.copyOf(prompts);
        if (prompts.isEmpty() || prompts.size() > 32) {
            throw new IllegalArgumentException("1 to 32 prompts are wanted");
        }
    }

    /** Prompts alone. */
    public Program(List<Prompt> prompts, boolean repeat, boolean bargeIn) {
        this(prompts, repeat, bargeIn, Optional.empty());
    }

    /** One prompt, once. */
    public static Program once(Prompt prompt) {
        return new Program(List.of(prompt), false, false);
    }
}
