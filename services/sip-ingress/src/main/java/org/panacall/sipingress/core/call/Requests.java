// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.call;

/** Numbers of what services were asked about one call. */
public final class Requests {

    private long last;
    private long taken;

    /** The number of one that is to be made. */
    public long next() {
        return ++last;
    }

    /** The number of the newest. */
    public long last() {
        return last;
    }

    /** Somebody took the call upon it. */
    public void taken(long request) {
        taken = Math.max(taken, request);
    }

    /** Whether somebody took the call upon it, though others may have it by now. */
    public boolean isTaken(long request) {
        return request <= taken;
    }
}
