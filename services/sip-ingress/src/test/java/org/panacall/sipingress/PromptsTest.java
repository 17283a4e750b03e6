// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.panacall.sipingress.core.leg.Prompt;

/** Prompts on their way through, and back from what is kept of a call. */
class PromptsTest {

    @Test
    void eachKindGoesThroughAsItCame() {
        // Given
        List<Prompt> all =
                List.of(
                        new Prompt.Stored("greeting", "ru", "Hello"),
                        new Prompt.Spoken("Good day", "en"),
                        new Prompt.Tone(425, 0, Duration.ofMillis(400), Duration.ZERO),
                        new Prompt.Silence(Duration.ofMillis(200)),
                        new Prompt.Kept("recording_1", "agent_104", "104"));

        // When, then
        assertEquals(all, Prompts.ofMessages(Prompts.toMessages(all)));
    }
}
