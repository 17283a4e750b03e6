// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.transaction;

/** Something with at most one deadline at a time, in milliseconds since the epoch. */
public abstract class Timed {

    long deadline;
    long order;
    int place = -1;

    /** The deadline has passed and is no longer set. May set another, later than now. */
    protected abstract void due(long now);
}
