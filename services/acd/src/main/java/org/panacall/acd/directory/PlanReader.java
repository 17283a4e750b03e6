// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.directory;

import com.google.protobuf.Duration;
import org.jboss.logging.Logger;
import org.panacall.acd.Wording;
import org.panacall.acd.core.id.AgentId;
import org.panacall.acd.core.id.Extension;
import org.panacall.acd.core.id.PartyNumber;
import org.panacall.acd.core.id.QueueId;
import org.panacall.acd.core.match.LongestIdle;
import org.panacall.acd.core.match.Strategy;
import org.panacall.acd.core.plan.PersonPlan;
import org.panacall.acd.core.plan.QueuePlan;
import org.panacall.acd.core.plan.TenantPlan;
import org.panacall.proto.directory.v1.Person;
import org.panacall.proto.directory.v1.Queue;
import org.panacall.proto.directory.v1.Tenant;

/** Makes a plan of the directory's configuration; what is left out there has its default here. */
public final class PlanReader {

    private static final Logger LOG = Logger.getLogger(PlanReader.class);
    private static final java.time.Duration OFFER_TIMEOUT = java.time.Duration.ofSeconds(15);
    private static final java.time.Duration REOFFER_AFTER = java.time.Duration.ofSeconds(30);
    private static final int CAPACITY = 2_000;
    private static final String MUSIC = "music/waiting";

    private PlanReader() {}

    public static TenantPlan read(Tenant tenant) {
        return new TenantPlan(
                new PartyNumber(tenant.getDefaultCallerNumber()),
                tenant.getQueuesList().stream().map(queue -> queue(tenant, queue)).toList(),
                tenant.getPeopleList().stream()
                        .filter(person -> !person.getExtension().isEmpty())
                        .map(PlanReader::person)
                        .toList());
    }

    private static QueuePlan queue(Tenant tenant, Queue queue) {
        var rules =
                new QueuePlan.Rules(
                        strategy(queue),
                        or(queue.getOfferTimeout(), OFFER_TIMEOUT),
                        queue.hasReofferAfter()
                                ? Wording.duration(queue.getReofferAfter())
                                : REOFFER_AFTER);
        return new QueuePlan(
                new QueueId(queue.getQueueId()),
                queue.getName(),
                queue.getExtension(),
                rules,
                queue.getCapacity() == 0 ? CAPACITY : queue.getCapacity(),
                queue.getMusicPromptId().isEmpty() ? MUSIC : queue.getMusicPromptId(),
                queue.getAgentExtensionsList().stream().map(Extension::new).toList(),
                WaitingRoomReader.read(tenant, queue.getWaitingRoom()));
    }

    private static Strategy strategy(Queue queue) {
        return switch (queue.getStrategy()) {
            case STRATEGY_LONGEST_IDLE, STRATEGY_UNSPECIFIED -> new LongestIdle();
            case UNRECOGNIZED -> {
                LOG.warnf(
                        "queue %s has a strategy from the future: longest idle instead",
                        queue.getQueueId());
                yield new LongestIdle();
            }
        };
    }

    private static java.time.Duration or(Duration given, java.time.Duration otherwise) {
        var time = Wording.duration(given);
        return time.isZero() ? otherwise : time;
    }

    private static PersonPlan person(Person person) {
        return new PersonPlan(
                new AgentId(person.getPersonId()),
                new Extension(person.getExtension()),
                person.getName(),
                person.getPhoneOnly(),
                Wording.duration(person.getWrapUp()));
    }
}
