// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.directory;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.panacall.defaults.ProtoTimes;
import org.panacall.proto.directory.v1.Configuration;
import org.panacall.proto.directory.v1.Number;
import org.panacall.proto.directory.v1.Queue;
import org.panacall.proto.directory.v1.QueueMember;
import org.panacall.proto.directory.v1.ServiceExtension;
import org.panacall.proto.directory.v1.Tenant;
import org.panacall.sipingress.core.leg.LegPlan;
import org.panacall.sipingress.core.plan.Destination;
import org.panacall.sipingress.core.plan.DialPlan;
import org.panacall.sipingress.core.plan.Numbering;
import org.panacall.sipingress.core.plan.Staff;
import org.panacall.sipingress.core.plan.TenantId;
import org.panacall.sipingress.core.plan.TenantPlan;

/** Makes a dial plan of the directory's configuration. */
public final class PlanReader {

    private final Numbering numbering;

    public PlanReader(Numbering numbering) {
        this.numbering = numbering;
    }

    public DialPlan read(Configuration configuration) {
        var tenants = configuration.getTenantsList().stream().map(PlanReader::tenant).toList();
        return new DialPlan(configuration.getVersion(), tenants, numbering);
    }

    private static TenantPlan tenant(Tenant tenant) {
        return new TenantPlan(
                new TenantId(tenant.getTenantId()),
                tenant.getSipDomain(),
                tenant.getCountry(),
                tenant.getLanguage(),
                tenant.getDefaultCallerNumber(),
                tenant.getQueuesList().stream().map(queue -> queue.getQueueId()).findFirst(),
                numbers(tenant),
                extensions(tenant),
                staff(tenant));
    }

    private static Staff staff(Tenant tenant) {
        var people = new LinkedHashMap<String, String>();
        for (var person : tenant.getPeopleList()) {
            if (LegPlan.Target.Extension.isOne(person.getExtension())) {
                people.put(person.getExtension(), person.getPersonId());
            }
        }
        var queues = new LinkedHashMap<String, Staff.Group>();
        for (var queue : tenant.getQueuesList()) {
            var agents = agents(queue).filter(people::containsKey).toList();
            queues.put(queue.getQueueId(), new Staff.Group(agents, ringFor(queue)));
        }
        return new Staff(queues, people);
    }

    private static Stream<String> agents(Queue queue) {
        return queue.getMembersCount() > 0
                ? queue.getMembersList().stream().map(QueueMember::getExtension)
                : queue.getAgentExtensionsList().stream();
    }

    private static Optional<Duration> ringFor(Queue queue) {
        var told = queue.getOfferTimeout();
        var length = ProtoTimes.duration(told);
        return Optional.of(length).filter(Duration::isPositive);
    }

    private static Map<String, TenantPlan.OwnNumber> numbers(Tenant tenant) {
        var numbers = new LinkedHashMap<String, TenantPlan.OwnNumber>();
        for (var number : tenant.getNumbersList()) {
            var fallback =
                    Optional.of(number.getFallbackQueueId()).filter(queue -> !queue.isEmpty());
            destination(number)
                    .map(destination -> new TenantPlan.OwnNumber(destination, fallback))
                    .ifPresent(own -> numbers.put(number.getNumber(), own));
        }
        return numbers;
    }

    private static Optional<Destination> destination(Number number) {
        return switch (number.getDestinationCase()) {
            case FLOW_ID -> Optional.of(new Destination.Flow(number.getFlowId()));
            case QUEUE_ID -> Optional.of(new Destination.Queue(number.getQueueId()));
            case ECHO -> Optional.of(new Destination.Echo());
            case EXTENSION -> Optional.of(new Destination.Person(number.getExtension(), ""));
            case DESTINATION_NOT_SET -> Optional.empty();
        };
    }

    /** Service codes come before queues, and queues before people, where extensions clash. */
    private static Map<String, Destination> extensions(Tenant tenant) {
        var extensions = new LinkedHashMap<String, Destination>();
        for (var service : tenant.getServiceExtensionsList()) {
            function(service)
                    .ifPresent(done -> extensions.putIfAbsent(service.getExtension(), done));
        }
        for (var queue : tenant.getQueuesList()) {
            extensions.putIfAbsent(queue.getExtension(), new Destination.Queue(queue.getQueueId()));
        }
        for (var person : tenant.getPeopleList()) {
            extensions.putIfAbsent(
                    person.getExtension(), new Destination.Person(person.getExtension(), ""));
        }
        extensions.remove("");
        return extensions;
    }

    private static Optional<Destination> function(ServiceExtension service) {
        return switch (service.getFunction()) {
            case SERVICE_FUNCTION_ECHO -> Optional.of(new Destination.Echo());
            case SERVICE_FUNCTION_READY -> Optional.of(new Destination.AgentCode(true));
            case SERVICE_FUNCTION_NOT_READY -> Optional.of(new Destination.AgentCode(false));
            case SERVICE_FUNCTION_FLOW ->
                    Optional.of(service.getFlowId())
                            .filter(flow -> !flow.isEmpty())
                            .map(Destination.Flow::new);
            case SERVICE_FUNCTION_UNSPECIFIED, UNRECOGNIZED -> Optional.empty();
        };
    }
}
