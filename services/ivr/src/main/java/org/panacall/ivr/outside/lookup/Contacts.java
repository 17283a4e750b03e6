// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.outside.lookup;

import com.google.protobuf.Timestamp;
import io.grpc.Channel;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.panacall.defaults.ProtoTimes;
import org.panacall.ivr.core.id.Extension;
import org.panacall.ivr.core.id.QueueId;
import org.panacall.ivr.core.id.TenantId;
import org.panacall.ivr.core.lookup.ContactLookup;
import org.panacall.ivr.core.lookup.KnownContact;
import org.panacall.ivr.core.lookup.Target;
import org.panacall.proto.directory.v1.Contact;
import org.panacall.proto.directory.v1.ContactRule;
import org.panacall.proto.directory.v1.ContactTarget;
import org.panacall.proto.directory.v1.ContactsServiceGrpc;
import org.panacall.proto.directory.v1.FindContactsRequest;

/** Contacts as the directory has them. Blocks. */
public final class Contacts {

    private final Supplier<Channel> directory;

    /**
     * @param directory the way there, asked for each time so that a broken one is tried anew
     */
    public Contacts(Supplier<Channel> directory) {
        this.directory = directory;
    }

    /**
     * Who has a number.
     *
     * @throws io.grpc.StatusRuntimeException when the directory does not answer in time
     */
    List<KnownContact> find(TenantId tenant, String number, Duration within) {
        return ContactsServiceGrpc.newBlockingStub(directory.get())
                .withDeadlineAfter(within.toMillis(), TimeUnit.MILLISECONDS)
                .findContacts(
                        FindContactsRequest.newBuilder()
                                .setTenantId(tenant.value())
                                .setNumber(number)
                                .build())
                .getContactsList()
                .stream()
                .map(Contacts::known)
                .toList();
    }

    private static KnownContact known(Contact contact) {
        var facts = new TreeMap<String, String>();
        fact(facts, "id", contact.getContactId());
        fact(facts, "externalId", contact.getExternalId());
        fact(facts, "category", contact.getCategory());
        fact(facts, "language", contact.getLanguage());
        fact(facts, "branch", contact.getBranch());
        return new KnownContact(
                facts,
                new TreeMap<>(contact.getAttributesMap()),
                target(contact.getResponsible()),
                contact.getRulesList().stream().flatMap(rule -> rule(rule).stream()).toList());
    }

    private static void fact(TreeMap<String, String> facts, String name, String value) {
        if (!value.isEmpty()) {
            facts.put(ContactLookup.PREFIX + name, value);
        }
    }

    private static Optional<Target> target(ContactTarget target) {
        return switch (target.getToCase()) {
            case EXTENSION -> Optional.of(new Target.Person(new Extension(target.getExtension())));
            case QUEUE_ID -> Optional.of(new Target.Registry(new QueueId(target.getQueueId())));
            case TO_NOT_SET -> Optional.empty();
        };
    }

    private static Optional<KnownContact.Rule> rule(ContactRule rule) {
        return target(rule.getTo())
                .map(
                        to ->
                                new KnownContact.Rule(
                                        to,
                                        time(rule.hasFrom(), rule.getFrom()),
                                        time(rule.hasUntil(), rule.getUntil()),
                                        rule.getCalendarId()));
    }

    private static Optional<Instant> time(boolean given, Timestamp at) {
        return given ? Optional.of(ProtoTimes.instant(at)) : Optional.empty();
    }
}
