// SPDX-License-Identifier: Apache-2.0
package org.panacall.flow.expression;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelVariableResolver;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A compiled expression. The same names give the same value; it does nothing else. */
public final class Formula {

    private final CelRuntime.Program program;
    private final ValueKind kind;

    Formula(CelRuntime.Program program, ValueKind kind) {
        this.program = program;
        this.kind = kind;
    }

    public ValueKind kind() {
        return kind;
    }

    /**
     * Its value: a String, Long, Boolean or list of Strings; empty when it cannot be computed, as
     * when it divides by zero.
     *
     * @param names what a name stands for
     */
    public Optional<Object> value(Function<String, Optional<Object>> names) {
        try {
            CelVariableResolver resolver = name -> names.apply(name);
            var value = program.eval(resolver);
            // A name without a value makes it unknown, which is of another kind.
            var isKnown =
                    value instanceof String
                            || value instanceof Long
                            || value instanceof Boolean
                            || value instanceof List<?>;
            return isKnown ? Optional.of(value) : Optional.empty();
        } catch (CelEvaluationException none) {
            return Optional.empty();
        }
    }
}
