// SPDX-License-Identifier: Apache-2.0
package org.panacall.flow.expression;

import java.util.ArrayList;
import java.util.List;

/**
 * A text with expressions in braces.
 *
 * @param literals what stands around the expressions, one more than those
 */
public record TextTemplate(List<String> literals, List<String> expressions) {

    public TextTemplate {
        literals = List.copyOf(literals);
        expressions = List.copyOf(expressions);
    }

    /**
     * @throws IllegalArgumentException when a brace is left open; the message says so
     */
    public static TextTemplate of(String source) {
        var literals = new ArrayList<String>();
        var expressions = new ArrayList<String>();
        int from = 0;
        for (int open = source.indexOf('{'); open >= 0; open = source.indexOf('{', from)) {
            int close = source.indexOf('}', open);
            if (close < 0) {
                throw new IllegalArgumentException("has a { without a }");
            }
            literals.add(source.substring(from, open));
            expressions.add(source.substring(open + 1, close));
            from = close + 1;
        }
        literals.add(source.substring(from));
        return new TextTemplate(literals, expressions);
    }
}
