// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.events;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.panacall.desktop.Wire;
import org.panacall.desktop.access.Caller;
import org.panacall.proto.event.v1.Event;

/**
 * One event on its way to browsers: "type", "id", "at" and what belongs to the type.
 *
 * @param callId empty when it is about no call
 * @param agentId empty when it is about nobody
 */
record LiveEvent(
        String tenantId, String type, String callId, String agentId, Map<String, Object> fields)
        implements Told {

    private static final Set<String> NUMBERS = Set.of("from", "to", "party", "number");

    static LiveEvent of(Event event, String type, String agentId) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("type", type);
        fields.put("id", event.getEventId());
        fields.put("at", Wire.time(true, event.getAt()));
        var ofCall = !type.startsWith("agent.") && !type.startsWith("callback.");
        if (ofCall) {
            fields.put("call", event.getEntityId());
        }
        return new LiveEvent(
                event.getTenantId(), type, ofCall ? event.getEntityId() : "", agentId, fields);
    }

    /** Adds a field unless it says nothing. */
    LiveEvent with(String name, Object value) {
        if (value != null && !"".equals(value)) {
            fields.put(name, value);
        }
        return this;
    }

    Instant at() {
        return (Instant) fields.get("at");
    }

    /** The fields with numbers as this caller may see them. */
    Map<String, Object> shownTo(Caller caller) {
        if (caller.seesAll()) {
            return fields;
        }
        var shown = new LinkedHashMap<String, Object>(fields);
        NUMBERS.forEach(name -> shown.computeIfPresent(name, (n, v) -> caller.shown(v.toString())));
        return shown;
    }

    /** The same without the call, for colleagues. */
    Map<String, Object> withoutCall() {
        var shown = new LinkedHashMap<String, Object>(fields);
        shown.remove("call");
        shown.remove("from");
        return shown;
    }
}
