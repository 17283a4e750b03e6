// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.flows;

import java.util.regex.Pattern;
import org.panacall.desktop.editing.Edits;

/** Ids of flows in addresses. */
final class FlowIds {

    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9_-]{0,39}");

    private FlowIds() {}

    /** The id; what cannot be one names no flow. */
    static String known(String flow) {
        if (!ID.matcher(flow).matches()) {
            throw Edits.unknown("flow");
        }
        return flow;
    }
}
