// SPDX-License-Identifier: Apache-2.0
package org.panacall.reporting.events;

/** What events are about, by their entities' names. */
public final class Entities {

    private static final String CALLBACK = "callback_";

    private static final String OUTSIDE = "outside:";

    private Entities() {}

    /** What stands for a number outside where agents are named: nobody's id. */
    public static boolean isOutside(String agent) {
        return agent.startsWith(OUTSIDE);
    }

    /**
     * A promise to call back, or what stands in line for it: offers of it are of no call, and what
     * comes of them is a call of its own.
     */
    public static boolean isCallback(String entity) {
        return entity.startsWith(CALLBACK);
    }
}
