// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core.flow;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.panacall.calendar.Calendar;
import org.panacall.ivr.core.id.FlowId;

/**
 * What flows find in their tenant, as of one version of the configuration. A run keeps it, so that
 * it goes through all its flows as they were when it began.
 *
 * @param place whose clocks and language are meant
 * @param presets initial values of variables, by the number that was dialled
 */
public record Around(
        Place place,
        Map<FlowId, Flow> flows,
        SortedMap<String, Calendar> calendars,
        SortedMap<String, NumberList> lists,
        Map<String, Map<String, String>> presets,
        NumberPlan numbers) {

    /** Nothing at all. */
    public static final Around NOTHING =
            new Around(
                    new Place(ZoneOffset.UTC, ""),
                    Map.of(),
                    Collections.emptySortedMap(),
                    Collections.emptySortedMap(),
                    Map.of(),
                    NumberPlan.NONE);

    /** A tenant's clocks and language. */
    public record Place(ZoneId zone, String language) {}

    public Around {
        flows = Map.copyOf(flows);
        calendars = Collections.unmodifiableSortedMap(new TreeMap<>(calendars));
        lists = Collections.unmodifiableSortedMap(new TreeMap<>(lists));
        presets = Map.copyOf(presets);
    }

    /** The same with that flow in its place. */
    public Around with(Flow flow) {
        var all = new LinkedHashMap<>(flows);
        all.put(flow.id(), flow);
        return new Around(place, all, calendars, lists, presets, numbers);
    }
}
