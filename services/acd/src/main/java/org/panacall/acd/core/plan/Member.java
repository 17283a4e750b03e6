// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.plan;

import java.time.Duration;
import org.panacall.acd.core.id.Extension;

/**
 * Somebody who serves a queue, and what he is in it.
 *
 * @param level his tier: 1 gets calls first, 2 when nobody of tier 1 can, and so on
 * @param position his place where a strategy goes by order
 * @param share his part where a strategy goes by percentage, in proportion to the others'
 * @param conversion how well he does, for the strategy that goes by it; more is better
 * @param headStart how much older the queue's calls count for him against those of his other ones
 * @param group whose share he works for; "" for his own
 */
public record Member(
        Extension extension,
        int level,
        int position,
        int share,
        int conversion,
        Duration headStart,
        String group) {

    public Member {
        if (level < 1 || share < 0 || conversion < 0) {
            throw new IllegalArgumentException("levels begin with 1, shares and conversion with 0");
        }
    }

    /** One of many who are all the same to the queue. */
    public static Member of(Extension extension, int position) {
        return new Member(extension, 1, position, 1, 0, Duration.ZERO, "");
    }

    public Member onLevel(int other) {
        return new Member(extension, other, position, share, conversion, headStart, group);
    }

    public Member withShare(int other) {
        return new Member(extension, level, position, other, conversion, headStart, group);
    }

    public Member withConversion(int other) {
        return new Member(extension, level, position, share, other, headStart, group);
    }

    public Member withHeadStart(Duration other) {
        return new Member(extension, level, position, share, conversion, other, group);
    }

    public Member in(String other) {
        return new Member(extension, level, position, share, conversion, headStart, other);
    }
}
