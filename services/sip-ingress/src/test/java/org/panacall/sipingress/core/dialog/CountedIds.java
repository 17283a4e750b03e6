// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.dialog;

import java.util.Random;

/** Ids that say whose they are and count; chance by seed. */
final class CountedIds implements IdSource {

    private final String owner;
    private final Random random;
    private int count;

    CountedIds(String owner, long seed) {
        this.owner = owner;
        random = new Random(seed);
    }

    @Override
    public LegId leg() {
        return new LegId("leg_" + owner + ++count);
    }

    @Override
    public String tag() {
        return "tag" + owner + ++count;
    }

    @Override
    public String callId() {
        return "call" + ++count + "@" + owner;
    }

    @Override
    public String branch() {
        return owner + ++count;
    }

    @Override
    public int below(int bound) {
        return random.nextInt(bound);
    }
}
