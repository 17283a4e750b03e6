// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.checks;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.panacall.proto.directory.v1.Person;
import org.panacall.proto.directory.v1.Queue;
import org.panacall.proto.directory.v1.Tenant;

/**
 * What there is around an entity that is checked.
 *
 * @param tenant as it would be, with the checked entity in its place
 * @param taken extensions that others have, with whose they are
 */
public record Surroundings(Tenant tenant, Map<String, String> taken) {

    public Surroundings {
        taken = Collections.unmodifiableMap(new TreeMap<>(taken));
    }

    /** Where nothing has an extension that could be taken. */
    public static Surroundings of(Tenant tenant) {
        return new Surroundings(tenant, Map.of());
    }

    /** Around a queue that is new, or takes the place of the one with its id. */
    public static Surroundings of(Tenant tenant, Queue queue) {
        var next = tenant.toBuilder().clearQueues();
        tenant.getQueuesList().stream()
                .filter(other -> !other.getQueueId().equals(queue.getQueueId()))
                .forEach(next::addQueues);
        var taken = new TreeMap<String, String>();
        next.getQueuesList()
                .forEach(other -> taken.put(other.getExtension(), "queue " + other.getQueueId()));
        tenant.getPeopleList().forEach(person -> taken.put(person.getExtension(), "a person"));
        tenant.getServiceExtensionsList()
                .forEach(service -> taken.put(service.getExtension(), "a service"));
        return new Surroundings(next.addQueues(queue).build(), taken);
    }

    /** Extensions of agents. */
    public Set<String> agents() {
        return tenant.getPeopleList().stream()
                .filter(person -> person.getRolesList().contains("agent"))
                .map(Person::getExtension)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
