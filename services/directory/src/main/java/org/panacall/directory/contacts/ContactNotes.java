// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.contacts;

import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.List;
import org.panacall.directory.configuration.Definitions;
import org.panacall.directory.editing.Audit;
import org.panacall.proto.directory.v1.Contact;
import org.panacall.proto.directory.v1.ContactNote;
import org.panacall.proto.directory.v1.KeptContact;
import org.panacall.proto.directory.v1.ListContactsRequest;

/**
 * What the audit says of contacts: ids and names of fields. The audit is for ever, and what a
 * contact holds may have to be forgotten.
 */
final class ContactNotes {

    /** Stands where an entry is of no contact alone. */
    private static final String ALL = "contacts";

    private ContactNotes() {}

    static Audit.Entry created(Contact contact) {
        return entry("contact-created", contact, changed(Contact.getDefaultInstance(), contact));
    }

    static Audit.Entry changed(Contact before, Contact after, String kind) {
        return entry(kind, after, changed(before, after));
    }

    static Audit.Entry deleted(Contact contact) {
        return new Audit.Entry(
                "contact-deleted", contact.getContactId(), print(ContactNote.newBuilder()), null);
    }

    static Audit.Entry viewed(String contactId) {
        return new Audit.Entry("contact-viewed", contactId, null, print(ContactNote.newBuilder()));
    }

    /** A page that somebody has seen, or taken out. */
    static Audit.Entry listed(ListContactsRequest request, List<KeptContact> contacts) {
        var note = ContactNote.newBuilder();
        contacts.forEach(kept -> note.addContactIds(kept.getContact().getContactId()));
        filter(note, "search", request.getSearch());
        filter(note, "number", request.getNumber());
        filter(note, "category", request.getCategory());
        filter(note, "externalId", request.getExternalId());
        var kind = request.getExported() ? "contacts-exported" : "contacts-listed";
        return new Audit.Entry(kind, ALL, null, print(note));
    }

    private static void filter(ContactNote.Builder note, String field, String value) {
        if (!value.isEmpty()) {
            note.addFields(field);
        }
    }

    /**
     * @param kind contacts-import-started or contacts-imported
     */
    static Audit.Entry imported(String kind, String importId, ContactNote.Builder note) {
        return new Audit.Entry(kind, importId, null, print(note));
    }

    private static Audit.Entry entry(String kind, Contact contact, List<String> fields) {
        return new Audit.Entry(
                kind,
                contact.getContactId(),
                null,
                print(ContactNote.newBuilder().addAllFields(fields)));
    }

    private static List<String> changed(Contact before, Contact after) {
        return Contact.getDescriptor().getFields().stream()
                .filter(field -> field.getNumber() != Contact.CONTACT_ID_FIELD_NUMBER)
                .filter(field -> !before.getField(field).equals(after.getField(field)))
                .map(FieldDescriptor::getJsonName)
                .toList();
    }

    private static String print(ContactNote.Builder note) {
        return Definitions.print(note);
    }
}
