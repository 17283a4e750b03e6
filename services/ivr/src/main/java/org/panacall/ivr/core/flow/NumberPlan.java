// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core.flow;

/** What telephone numbers tell of themselves; always the same. */
public interface NumberPlan {

    /** Knows nothing. */
    NumberPlan NONE = number -> new Origin("", "", false);

    /** Of a number in E.164 with "+"; of others nothing is known. */
    Origin origin(String number);

    /**
     * Where a number is at home; texts are empty when that is not known.
     *
     * @param country "RU"
     * @param zone "Asia/Yekaterinburg"
     */
    record Origin(String country, String zone, boolean mobile) {}
}
