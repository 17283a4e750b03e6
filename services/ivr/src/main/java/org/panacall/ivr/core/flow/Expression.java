// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core.flow;

import java.util.Optional;
import java.util.function.Function;

/** Something that is computed of what is known of a call: the same names, the same value. */
public interface Expression {

    /**
     * A String, Long, Boolean or list of Strings; empty when it cannot be computed.
     *
     * @param names what a name stands for
     */
    Optional<Object> value(Function<String, Optional<Object>> names);
}
