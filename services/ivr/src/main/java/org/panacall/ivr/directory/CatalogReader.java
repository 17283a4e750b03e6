// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.directory;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.panacall.calendar.Calendar;
import org.panacall.calendar.reading.CalendarReader;
import org.panacall.ivr.core.flow.Around;
import org.panacall.ivr.core.flow.Catalog;
import org.panacall.ivr.core.flow.Destination;
import org.panacall.ivr.core.flow.DialPlan;
import org.panacall.ivr.core.flow.Flow;
import org.panacall.ivr.core.flow.NameBook;
import org.panacall.ivr.core.flow.NumberList;
import org.panacall.ivr.core.flow.NumberPlan;
import org.panacall.ivr.core.id.Extension;
import org.panacall.ivr.core.id.FlowId;
import org.panacall.ivr.core.id.QueueId;
import org.panacall.ivr.core.id.TenantId;
import org.panacall.proto.directory.v1.Configuration;
import org.panacall.proto.directory.v1.Number;
import org.panacall.proto.directory.v1.Person;
import org.panacall.proto.directory.v1.ServiceFunction;
import org.panacall.proto.directory.v1.Tenant;

/** Makes a catalog of a configuration. A flow that makes no sense is left out, and logged. */
public final class CatalogReader {

    private static final Logger LOG = Logger.getLogger(CatalogReader.class);

    private static final NumberPlan NUMBERS = new PhoneNumbers();

    private CatalogReader() {}

    public static Catalog read(Configuration configuration) {
        return read(configuration, new KnownFlows());
    }

    /** The same; what did not change since the last one is taken from there. */
    static Catalog read(Configuration configuration, KnownFlows known) {
        var tenants = new LinkedHashMap<TenantId, Catalog.Tenant>();
        for (var tenant : configuration.getTenantsList()) {
            tenants.put(new TenantId(tenant.getTenantId()), tenant(tenant, known));
        }
        known.turn();
        return new Catalog(configuration.getVersion(), tenants);
    }

    private static Catalog.Tenant tenant(Tenant tenant, KnownFlows known) {
        var firstQueue =
                tenant.getQueuesList().stream()
                        .findFirst()
                        .map(queue -> new QueueId(queue.getQueueId()));
        var flows = new LinkedHashMap<FlowId, Flow>();
        for (var drawn : tenant.getFlowsList()) {
            try {
                var flow = known.read(drawn, firstQueue);
                flows.put(flow.id(), flow);
            } catch (IllegalArgumentException nonsense) {
                LOG.errorf(
                        "flow left out: tenant=%s flow=%s: %s",
                        tenant.getTenantId(), drawn.getFlowId(), nonsense.getMessage());
            }
        }
        var plan = new DialPlan(extensions(tenant), names(tenant));
        return new Catalog.Tenant(
                flows,
                numbers(tenant),
                plan,
                firstQueue,
                around(tenant, flows),
                tenant.getOutsideHostsList(),
                Owners.read(tenant));
    }

    /**
     * A flow that is not published.
     *
     * @throws IllegalArgumentException when it makes no sense
     */
    public static Flow draft(org.panacall.proto.directory.v1.Flow drawn, Catalog.Tenant tenant) {
        return FlowReader.read(drawn, tenant.fallback());
    }

    private static Around around(Tenant tenant, Map<FlowId, Flow> flows) {
        var lists = new TreeMap<String, NumberList>();
        tenant.getNumberListsList()
                .forEach(
                        list -> lists.put(list.getListId(), new NumberList(list.getNumbersList())));
        var presets = new TreeMap<String, Map<String, String>>();
        tenant.getNumbersList()
                .forEach(number -> presets.put(number.getNumber(), number.getVariablesMap()));
        return new Around(
                new Around.Place(zone(tenant), tenant.getLanguage()),
                flows,
                calendars(tenant),
                lists,
                presets,
                NUMBERS);
    }

    private static ZoneId zone(Tenant tenant) {
        try {
            return ZoneId.of(tenant.getTimeZone());
        } catch (DateTimeException none) {
            return ZoneOffset.UTC;
        }
    }

    /** One that makes no sense is left out, and counts as open. */
    private static TreeMap<String, Calendar> calendars(Tenant tenant) {
        var calendars = new TreeMap<String, Calendar>();
        for (var calendar : tenant.getCalendarsList()) {
            try {
                calendars.put(
                        calendar.getCalendarId(),
                        CalendarReader.read(calendar, tenant.getTimeZone()));
            } catch (IllegalArgumentException nonsense) {
                LOG.errorf("calendar left out: tenant=%s: %s", tenant.getTenantId(), nonsense);
            }
        }
        return calendars;
    }

    private static Map<String, FlowId> numbers(Tenant tenant) {
        return tenant.getNumbersList().stream()
                .filter(Number::hasFlowId)
                .collect(
                        Collectors.toMap(
                                Number::getNumber,
                                number -> new FlowId(number.getFlowId()),
                                (one, two) -> one));
    }

    private static TreeMap<String, DialPlan.Entry> extensions(Tenant tenant) {
        var entries = new TreeMap<String, DialPlan.Entry>();
        for (var person : tenant.getPeopleList()) {
            if (!person.getExtension().isEmpty()) {
                var extension = new Extension(person.getExtension());
                entries.put(
                        person.getExtension(),
                        new DialPlan.Reach(
                                new Destination.ToExtension(extension, Optional.empty())));
            }
        }
        for (var queue : tenant.getQueuesList()) {
            if (!queue.getExtension().isEmpty()) {
                var to = new Destination.ToQueue(new QueueId(queue.getQueueId()), Map.of());
                entries.put(queue.getExtension(), new DialPlan.Reach(to));
            }
        }
        echoExtensions(tenant).forEach(echo -> entries.put(echo, new DialPlan.Echo()));
        return entries;
    }

    private static NameBook names(Tenant tenant) {
        return new NameBook(
                tenant.getPeopleList().stream()
                        .filter(Person::getListedByName)
                        .filter(person -> !person.getExtension().isEmpty())
                        .map(one -> NameBook.Entry.of(one.getName(), one.getExtension()))
                        .toList());
    }

    private static List<String> echoExtensions(Tenant tenant) {
        return tenant.getServiceExtensionsList().stream()
                .filter(service -> service.getFunction() == ServiceFunction.SERVICE_FUNCTION_ECHO)
                .map(service -> service.getExtension())
                .toList();
    }
}
