// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.pipeline;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** A count that one thread makes and others read, without a locked instruction a packet. */
public final class Counter {

    private static final VarHandle VALUE = handle();

    private long value;

    public void add(long amount) {
        VALUE.setOpaque(this, value + amount);
    }

    /** Sets what is a level and no count. */
    public void set(long level) {
        VALUE.setOpaque(this, level);
    }

    public long value() {
        return (long) VALUE.getOpaque(this);
    }

    private static VarHandle handle() {
        try {
            return MethodHandles.lookup().findVarHandle(Counter.class, "value", long.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }
}
