// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core.flow;

/** A piece of what is said. */
public sealed interface SayPart {

    /** As it was drawn. */
    record Fixed(Prompt prompt) implements SayPart {}

    /**
     * A value.
     *
     * @param currency of money
     */
    record Computed(Expression value, As as, String currency) implements SayPart {}

    /** How a value is said. */
    enum As {
        TEXT,
        NUMBER,
        ORDINAL,
        DIGITS,
        DATE,
        TIME,
        MONEY,
        MINUTES
    }
}
