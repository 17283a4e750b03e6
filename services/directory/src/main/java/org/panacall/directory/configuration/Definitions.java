// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.configuration;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;
import org.panacall.proto.directory.v1.Contact;
import org.panacall.proto.directory.v1.ContactImport;
import org.panacall.proto.directory.v1.Flow;
import org.panacall.proto.directory.v1.Number;
import org.panacall.proto.directory.v1.Person;
import org.panacall.proto.directory.v1.Queue;
import org.panacall.proto.directory.v1.Tenant;

/**
 * What is kept of a message in one column: protobuf JSON, without what stands in columns of its
 * own. Fields and words of a newer release are passed over when read, so that two releases can work
 * side by side; the older one drops them when it changes the row.
 */
public final class Definitions {

    private static final JsonFormat.Printer PRINTER =
            JsonFormat.printer().omittingInsignificantWhitespace();
    private static final JsonFormat.Parser PARSER = JsonFormat.parser().ignoringUnknownFields();

    private Definitions() {}

    /** All but the id. */
    public static String of(Queue queue) {
        return print(queue.toBuilder().clearQueueId());
    }

    public static Queue queue(String queueId, String definition) {
        return merge(definition, Queue.newBuilder(), "queue " + queueId)
                .setQueueId(queueId)
                .build();
    }

    /** All but what sign-in needs as well. */
    public static String of(Person person) {
        return print(person.toBuilder().clearPersonId().clearExtension().clearName().clearRoles());
    }

    /** A person's settings; id, extension, name and roles are yet to be set. */
    public static Person.Builder person(String personId, String settings) {
        return merge(settings, Person.newBuilder(), "person " + personId);
    }

    /** What stands in no column and no table of its own. */
    public static String of(Tenant tenant) {
        return print(
                alone(tenant).toBuilder()
                        .clearTenantId()
                        .clearName()
                        .clearSipDomain()
                        .clearTimeZone()
                        .clearLanguage()
                        .clearCountry()
                        .clearDefaultCallerNumber());
    }

    /** A tenant without what stands in tables of their own. */
    public static Tenant alone(Tenant tenant) {
        return tenant.toBuilder()
                .clearNumbers()
                .clearQueues()
                .clearPeople()
                .clearServiceExtensions()
                .clearFlows()
                .build();
    }

    /** A tenant's further settings; all else is yet to be set. */
    public static Tenant.Builder tenant(String tenantId, String settings) {
        return merge(settings, Tenant.newBuilder(), "tenant " + tenantId);
    }

    /** All but the id and the version. */
    public static String of(Flow flow) {
        return print(flow.toBuilder().clearFlowId().clearVersion());
    }

    /** What a number's column holds besides. */
    public static Number.Builder number(String number, String definition) {
        return merge(definition, Number.newBuilder(), "number " + number);
    }

    /** A flow; id and version are yet to be set. */
    public static Flow.Builder flow(String flowId, String definition) {
        return merge(definition, Flow.newBuilder(), "flow " + flowId);
    }

    /** All but the id. */
    public static String of(Contact contact) {
        return print(contact.toBuilder().clearContactId());
    }

    public static Contact contact(String contactId, String definition) {
        return merge(definition, Contact.newBuilder(), "contact " + contactId)
                .setContactId(contactId)
                .build();
    }

    public static ContactImport contactImport(String importId, String progress) {
        return merge(progress, ContactImport.newBuilder(), "import " + importId).build();
    }

    /** A message as protobuf JSON. */
    public static String print(MessageOrBuilder message) {
        try {
            return PRINTER.print(message);
        } catch (InvalidProtocolBufferException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static <B extends Message.Builder> B merge(String json, B into, String what) {
        try {
            PARSER.merge(json, into);
            return into;
        } catch (InvalidProtocolBufferException torn) {
            throw new IllegalStateException(what + " cannot be read", torn);
        }
    }
}
