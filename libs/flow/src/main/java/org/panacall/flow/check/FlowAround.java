// SPDX-License-Identifier: Apache-2.0
package org.panacall.flow.check;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.panacall.flow.http.AllowedHosts;
import org.panacall.proto.directory.v1.Calendar;
import org.panacall.proto.directory.v1.Flow;
import org.panacall.proto.directory.v1.NumberList;
import org.panacall.proto.directory.v1.Person;
import org.panacall.proto.directory.v1.Queue;
import org.panacall.proto.directory.v1.Tenant;

/**
 * What a flow may lead to and look into.
 *
 * @param language of the tenant
 * @param hosts that flows may ask
 * @param outside how numbers outside begin that callers may be led to
 */
public record FlowAround(
        String language,
        Set<String> queues,
        Set<String> extensions,
        Set<String> calendars,
        Set<String> lists,
        Map<String, Flow> flows,
        AllowedHosts hosts,
        List<String> outside) {

    /** One whose flows may neither ask nor call anybody outside. */
    public FlowAround(
            String language,
            Set<String> queues,
            Set<String> extensions,
            Set<String> calendars,
            Set<String> lists,
            Map<String, Flow> flows) {
        this(
                language,
                queues,
                extensions,
                calendars,
                lists,
                flows,
                AllowedHosts.of(List.of()),
                List.of());
    }

    public FlowAround {
        outside = List.copyOf(outside);
        queues = new TreeSet<>(queues);
        extensions = new TreeSet<>(extensions);
        calendars = new TreeSet<>(calendars);
        lists = new TreeSet<>(lists);
        flows = new TreeMap<>(flows);
    }

    /** What a tenant has. */
    public static FlowAround of(Tenant tenant) {
        return new FlowAround(
                tenant.getLanguage(),
                ids(tenant.getQueuesList().stream(), Queue::getQueueId),
                ids(tenant.getPeopleList().stream(), Person::getExtension),
                ids(tenant.getCalendarsList().stream(), Calendar::getCalendarId),
                ids(tenant.getNumberListsList().stream(), NumberList::getListId),
                tenant.getFlowsList().stream()
                        .collect(Collectors.toMap(Flow::getFlowId, flow -> flow, (a, b) -> a)),
                AllowedHosts.of(tenant.getOutsideHostsList()),
                tenant.getOutsidePrefixesList());
    }

    /** The same with that flow in its place. */
    public FlowAround with(Flow flow) {
        var next = new TreeMap<>(flows);
        next.put(flow.getFlowId(), flow);
        return new FlowAround(language, queues, extensions, calendars, lists, next, hosts, outside);
    }

    private static <T> Set<String> ids(Stream<T> all, Function<T, String> id) {
        return all.map(id).filter(one -> !one.isEmpty()).collect(Collectors.toSet());
    }
}
