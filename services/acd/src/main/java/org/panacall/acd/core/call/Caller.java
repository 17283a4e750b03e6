// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.call;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.panacall.acd.core.id.LegId;
import org.panacall.acd.core.id.PartyNumber;
import org.panacall.acd.core.id.SipIngress;

/**
 * Who calls, and where his call is held.
 *
 * @param answered whether his leg was answered when it came to us
 * @param attributes for routing: "language", "skill"; in the order of their names
 */
public record Caller(
        LegId leg,
        PartyNumber number,
        PartyNumber dialled,
        boolean answered,
        SipIngress sipIngress,
        Map<String, String> attributes) {

    private static final int ATTRIBUTES_MAX = 32;

    public Caller {
        attributes = Collections.unmodifiableMap(new TreeMap<>(attributes));
        if (attributes.size() > ATTRIBUTES_MAX) {
            throw new IllegalArgumentException("a call may have at most 32 attributes");
        }
    }

    /** He calls from a phone of ours. */
    public boolean inside() {
        return !number.value().isEmpty() && !number.isOutside();
    }

    /** A flow proves that he heard to the end that the call may be recorded. */
    public boolean heardRecordingNotice() {
        return "played".equals(attributes.get("recording-notice"));
    }

    /** The same, held there. */
    public Caller at(SipIngress next) {
        return new Caller(leg, number, dialled, answered, next, attributes);
    }
}
