// SPDX-License-Identifier: Apache-2.0
package org.panacall.flow.expression;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;

/** What an expression or a name in it can be. */
public enum ValueKind {
    TEXT("a text", SimpleType.STRING),
    NUMBER("a whole number", SimpleType.INT),
    YES_NO("true or false", SimpleType.BOOL),
    TEXTS("a list of texts", ListType.create(SimpleType.STRING));

    private final String words;
    private final CelType type;

    ValueKind(String words, CelType type) {
        this.words = words;
        this.type = type;
    }

    /** "a whole number". */
    public String words() {
        return words;
    }

    CelType type() {
        return type;
    }
}
