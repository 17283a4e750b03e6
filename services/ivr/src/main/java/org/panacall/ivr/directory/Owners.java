// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.directory;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.panacall.ivr.core.mailbox.Listener;
import org.panacall.ivr.core.mailbox.Owner;
import org.panacall.proto.directory.v1.DeviceKind;
import org.panacall.proto.directory.v1.Person;
import org.panacall.proto.directory.v1.Queue;
import org.panacall.proto.directory.v1.QueueMember;
import org.panacall.proto.directory.v1.Tenant;

/** Who may listen to whose messages, as the REST interface has it for agents. */
final class Owners {

    private static final List<String> SEEING_NUMBERS = List.of("supervisor", "administrator");

    private Owners() {}

    /** By the SIP users of their phones: the extension, and devices beside it. */
    static Map<String, Owner> read(Tenant tenant) {
        var owners = new TreeMap<String, Owner>();
        for (var person : tenant.getPeopleList()) {
            if (person.getExtension().isEmpty()) {
                continue;
            }
            var owner = owner(person, tenant);
            owners.put(person.getExtension(), owner);
            person.getDevicesList().stream()
                    .filter(device -> device.getKind() != DeviceKind.DEVICE_KIND_MOBILE)
                    .forEach(device -> owners.putIfAbsent(device.getAddress(), owner));
        }
        return owners;
    }

    private static Owner owner(Person person, Tenant tenant) {
        var mailboxes = new ArrayList<String>();
        mailboxes.add(person.getExtension());
        tenant.getQueuesList().stream()
                .filter(queue -> worksIn(queue, person.getExtension()))
                .forEach(queue -> mailboxes.add(queue.getQueueId()));
        return new Owner(
                new Listener(person.getPersonId(), person.getExtension()),
                mailboxes,
                person.getRolesList().stream().anyMatch(SEEING_NUMBERS::contains));
    }

    private static boolean worksIn(Queue queue, String extension) {
        return queue.getMembersCount() == 0
                ? queue.getAgentExtensionsList().contains(extension)
                : queue.getMembersList().stream()
                        .map(QueueMember::getExtension)
                        .anyMatch(extension::equals);
    }
}
