// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.contacts;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.panacall.desktop.access.Caller;
import org.panacall.desktop.directory.ContactsClient;
import org.panacall.proto.directory.v1.Contact;
import org.panacall.proto.directory.v1.ContactNumber;
import org.panacall.proto.directory.v1.ContactNumberKind;
import org.panacall.proto.directory.v1.KeptContact;
import org.panacall.proto.directory.v1.ListContactsRequest;
import org.panacall.proto.directory.v1.ListContactsResponse;

/** Contacts as CSV, page by page, each of which is written into the audit. */
final class ContactExport {

    private static final List<String> COLUMNS =
            List.of(
                    "externalId",
                    "familyName",
                    "givenName",
                    "middleName",
                    "numbers",
                    "mobile",
                    "home",
                    "work",
                    "language",
                    "category",
                    "responsible.extension",
                    "responsible.queueId",
                    "branch",
                    "notes");

    private final ContactsClient contacts;
    private final ListContactsRequest.Builder request;
    private ListContactsResponse page;

    ContactExport(ContactsClient contacts, Caller caller, String category) {
        this.contacts = contacts;
        request =
                ListContactsRequest.newBuilder()
                        .setReader(ContactsClient.reader(caller))
                        .setCategory(category)
                        .setExported(true);
    }

    void begin() {
        page = contacts.list(request.build());
    }

    void write(OutputStream into) throws IOException {
        try (var text = new BufferedWriter(new OutputStreamWriter(into, StandardCharsets.UTF_8))) {
            line(text, COLUMNS);
            while (true) {
                for (KeptContact kept : page.getContactsList()) {
                    line(text, fields(kept.getContact()));
                }
                if (page.getNextCursor().isEmpty()) {
                    return;
                }
                page = contacts.list(request.setCursor(page.getNextCursor()).build());
            }
        }
    }

    private static List<String> fields(Contact contact) {
        var numbers = new TreeMap<ContactNumberKind, String>();
        for (ContactNumber number : contact.getNumbersList()) {
            numbers.merge(number.getKind(), number.getNumber(), (one, more) -> one + "|" + more);
        }
        var others =
                List.of(
                                ContactNumberKind.CONTACT_NUMBER_KIND_UNSPECIFIED,
                                ContactNumberKind.CONTACT_NUMBER_KIND_OLD)
                        .stream()
                        .filter(numbers::containsKey)
                        .map(numbers::get)
                        .collect(Collectors.joining("|"));
        var fields = new ArrayList<String>();
        fields.add(contact.getExternalId());
        fields.add(contact.getFamilyName());
        fields.add(contact.getGivenName());
        fields.add(contact.getMiddleName());
        fields.add(others);
        for (var kind :
                List.of(
                        ContactNumberKind.CONTACT_NUMBER_KIND_MOBILE,
                        ContactNumberKind.CONTACT_NUMBER_KIND_HOME,
                        ContactNumberKind.CONTACT_NUMBER_KIND_WORK)) {
            fields.add(numbers.getOrDefault(kind, ""));
        }
        fields.add(contact.getLanguage());
        fields.add(contact.getCategory());
        fields.add(contact.getResponsible().getExtension());
        fields.add(contact.getResponsible().getQueueId());
        fields.add(contact.getBranch());
        fields.add(contact.getNotes());
        return fields;
    }

    private static void line(Writer into, List<String> fields) throws IOException {
        into.write(fields.stream().map(ContactExport::quoted).collect(Collectors.joining(",")));
        into.write("\r\n");
    }

    /** In quotes where needed; what a spreadsheet would compute is led by an apostrophe. */
    private static String quoted(String field) {
        var harmless =
                !field.isEmpty() && "=@\t\r".indexOf(field.charAt(0)) >= 0 ? "'" + field : field;
        return harmless.matches("(?s).*[\",;\r\n].*")
                ? '"' + harmless.replace("\"", "\"\"") + '"'
                : harmless;
    }
}
