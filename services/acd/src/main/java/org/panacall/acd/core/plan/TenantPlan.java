// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.plan;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.panacall.acd.core.id.AgentId;
import org.panacall.acd.core.id.ById;
import org.panacall.acd.core.id.Extension;
import org.panacall.acd.core.id.PartyNumber;
import org.panacall.acd.core.id.QueueId;

/** What a tenant has configured, as far as acd needs to know. Immutable. */
public final class TenantPlan {

    private final PartyNumber callerNumber;
    private final TenantRules rules;
    private final ById<QueueId, QueuePlan> queues = new ById<>();
    private final ById<AgentId, PersonPlan> people = new ById<>();
    private final Map<Extension, AgentId> byExtension = new LinkedHashMap<>();
    private final Map<QueueId, NavigableMap<AgentId, Member>> members = new LinkedHashMap<>();
    private final Map<QueueId, List<Integer>> levels = new LinkedHashMap<>();
    private final Map<AgentId, NavigableMap<QueueId, Member>> served = new LinkedHashMap<>();
    private final Map<AgentId, List<QueueId>> queuesOf = new LinkedHashMap<>();
    private final Map<Extension, AgentId> byDevice = new LinkedHashMap<>();
    private final List<QueueId> order;

    /**
     * @param callerNumber shown to the outside when a call has no number of its own
     */
    public TenantPlan(PartyNumber callerNumber, List<QueuePlan> queues, List<PersonPlan> people) {
        this(callerNumber, TenantRules.USUAL, queues, people);
    }

    /**
     * @param callerNumber shown to the outside when a call has no number of its own
     */
    public TenantPlan(
            PartyNumber callerNumber,
            TenantRules rules,
            List<QueuePlan> queues,
            List<PersonPlan> people) {
        this.callerNumber = callerNumber;
        this.rules = rules;
        order = queues.stream().map(QueuePlan::id).toList();
        queues.forEach(queue -> this.queues.put(queue.id(), queue));
        for (var person : people) {
            this.people.put(person.id(), person);
            byExtension.put(person.extension(), person.id());
            person.devices().all().stream()
                    .filter(device -> device.kind() != Devices.Kind.MOBILE)
                    .forEach(device -> byDevice.put(device.user(), person.id()));
        }
        this.queues.values().forEach(this::staff);
        served.forEach((agent, all) -> queuesOf.put(agent, List.copyOf(all.keySet())));
    }

    private void staff(QueuePlan queue) {
        var staff = new TreeMap<AgentId, Member>();
        for (var member : queue.members()) {
            var agent = byExtension.get(member.extension());
            if (agent != null) {
                staff.put(agent, member);
                served.computeIfAbsent(agent, id -> new TreeMap<>()).put(queue.id(), member);
            }
        }
        members.put(queue.id(), staff);
        levels.put(
                queue.id(),
                staff.values().stream().map(Member::level).sorted().distinct().toList());
    }

    /** A tenant of which nothing is known yet. */
    public static TenantPlan empty() {
        return new TenantPlan(new PartyNumber(""), List.of(), List.of());
    }

    public PartyNumber callerNumber() {
        return callerNumber;
    }

    public TenantRules rules() {
        return rules;
    }

    public Optional<QueuePlan> queue(QueueId id) {
        return queues.find(id);
    }

    /** The queue that has this short number. */
    public Optional<QueuePlan> queueAt(Extension extension) {
        return queues.values().stream()
                .filter(queue -> queue.extension().equals(extension.value()))
                .findFirst();
    }

    /** The queue for calls that lost theirs. */
    public Optional<QueuePlan> firstQueue() {
        return order.stream().findFirst().flatMap(queues::find);
    }

    public Optional<PersonPlan> person(AgentId id) {
        return people.find(id);
    }

    public Optional<PersonPlan> personAt(Extension extension) {
        return Optional.ofNullable(byExtension.get(extension)).flatMap(people::find);
    }

    /** Whose phone or browser registers so. */
    public Optional<PersonPlan> personWith(Extension device) {
        return Optional.ofNullable(byDevice.get(device)).flatMap(people::find);
    }

    /** Whose extension it is, or the user of one of his devices. */
    public Optional<PersonPlan> personBy(Extension any) {
        return personAt(any).or(() -> personWith(any));
    }

    /** The queues that a person serves, by id; none when he is no agent. */
    public List<QueueId> queuesOf(AgentId id) {
        return queuesOf.getOrDefault(id, List.of());
    }

    /** What a person is in each queue that he serves. */
    public NavigableMap<QueueId, Member> membershipsOf(AgentId id) {
        return served.getOrDefault(id, Collections.emptyNavigableMap());
    }

    /** Who serves a queue. */
    public NavigableMap<AgentId, Member> members(QueueId id) {
        return members.getOrDefault(id, Collections.emptyNavigableMap());
    }

    /** The tiers that a queue has, first one first. */
    public List<Integer> levels(QueueId id) {
        return levels.getOrDefault(id, List.of());
    }

    /** All queues as configured. */
    public List<QueuePlan> queues() {
        return List.copyOf(queues.values());
    }

    /** All people, by id. */
    public List<PersonPlan> people() {
        return List.copyOf(people.values());
    }
}
