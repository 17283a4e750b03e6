// SPDX-License-Identifier: Apache-2.0
package org.panacall.flow.expression;

/** An expression that makes no sense; the message says what is wrong. */
public final class ExpressionRefused extends Exception {

    private static final long serialVersionUID = 1L;

    ExpressionRefused(String message) {
        super(message);
    }
}
