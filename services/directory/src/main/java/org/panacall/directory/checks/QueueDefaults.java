// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.checks;

import com.google.protobuf.Duration;
import com.google.protobuf.util.Durations;
import org.panacall.proto.directory.v1.Queue;
import org.panacall.proto.directory.v1.Strategy;

/** What a queue has of which nobody said anything; kept with it, so that everybody sees it. */
public final class QueueDefaults {

    private static final Duration OFFER_TIMEOUT = Durations.fromSeconds(15);
    private static final Duration REOFFER_AFTER = Durations.fromSeconds(30);
    private static final int CAPACITY = 500;
    private static final String MUSIC = "music/waiting";

    private QueueDefaults() {}

    public static Queue complete(Queue queue) {
        var whole = queue.toBuilder();
        if (queue.getStrategy() == Strategy.STRATEGY_UNSPECIFIED) {
            whole.setStrategy(Strategy.STRATEGY_LONGEST_IDLE);
        }
        if (!queue.hasOfferTimeout()) {
            whole.setOfferTimeout(OFFER_TIMEOUT);
        }
        if (!queue.hasReofferAfter()) {
            whole.setReofferAfter(REOFFER_AFTER);
        }
        if (queue.getCapacity() == 0) {
            whole.setCapacity(CAPACITY);
        }
        if (queue.getMusicPromptId().isEmpty()) {
            whole.setMusicPromptId(MUSIC);
        }
        return whole.build();
    }
}
