// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.outside.http;

/** Why a request came to nothing; never what was asked. */
final class HttpFault extends Exception {

    private static final long serialVersionUID = 1;

    private final String reason;
    private final boolean late;
    private final boolean repeatable;

    private HttpFault(String reason, boolean late, boolean repeatable) {
        super(reason, null, false, false);
        this.reason = reason;
        this.late = late;
        this.repeatable = repeatable;
    }

    /** It makes no sense, or may not be. */
    static HttpFault wrong(String reason) {
        return new HttpFault(reason, false, false);
    }

    /** The server is not there, or broke off. */
    static HttpFault away(String reason) {
        return new HttpFault(reason, false, true);
    }

    /** The server was not in time. */
    static HttpFault late(String reason) {
        return new HttpFault(reason, true, true);
    }

    /** A kebab-case word. */
    String reason() {
        return reason;
    }

    boolean isLate() {
        return late;
    }

    /** Whether the server is to blame, so that another time it may do. */
    boolean isRepeatable() {
        return repeatable;
    }
}
