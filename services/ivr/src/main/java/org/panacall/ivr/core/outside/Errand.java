// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core.outside;

/**
 * Something that is done outside the core for a step: a request, a look-up. What it is done with
 * comes beside it, as it was computed for one caller. An adapter is found by the errand's class.
 */
public interface Errand {

    /** For records, as drawings call it: "http". */
    String word();
}
