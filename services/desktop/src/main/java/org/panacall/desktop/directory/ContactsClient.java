// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.directory;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import org.panacall.desktop.access.Caller;
import org.panacall.proto.directory.v1.ContactImport;
import org.panacall.proto.directory.v1.ContactImportStart;
import org.panacall.proto.directory.v1.ContactReader;
import org.panacall.proto.directory.v1.ContactsServiceGrpc;
import org.panacall.proto.directory.v1.ContactsServiceGrpc.ContactsServiceBlockingStub;
import org.panacall.proto.directory.v1.CreateContactRequest;
import org.panacall.proto.directory.v1.CreateContactResponse;
import org.panacall.proto.directory.v1.DeleteContactRequest;
import org.panacall.proto.directory.v1.DeleteContactResponse;
import org.panacall.proto.directory.v1.GetContactImportRequest;
import org.panacall.proto.directory.v1.GetContactRequest;
import org.panacall.proto.directory.v1.ImportContactsRequest;
import org.panacall.proto.directory.v1.ImportContactsResponse;
import org.panacall.proto.directory.v1.KeptContact;
import org.panacall.proto.directory.v1.ListContactsRequest;
import org.panacall.proto.directory.v1.ListContactsResponse;
import org.panacall.proto.directory.v1.UpdateContactRequest;
import org.panacall.proto.directory.v1.UpdateContactResponse;

/** Contacts as the directory keeps them, and changes to them. Blocks. */
@ApplicationScoped
public class ContactsClient {

    /** Two hundred contacts of the largest kind. */
    private static final int PAGE_BYTES_MAX = 16 << 20;

    private static final Duration UPLOAD = Duration.ofSeconds(60);

    private final DirectoryStubs stubs;

    ContactsClient(DirectoryStubs stubs) {
        this.stubs = stubs;
    }

    /** Who looks, for the audit. */
    public static ContactReader reader(Caller caller) {
        return ContactReader.newBuilder()
                .setTenantId(caller.tenantId())
                .setReader(caller.id())
                .build();
    }

    public ListContactsResponse list(ListContactsRequest request) {
        return stub().listContacts(request);
    }

    public Optional<KeptContact> contact(Caller caller, String contactId) {
        var answer =
                stub().getContact(
                                GetContactRequest.newBuilder()
                                        .setReader(reader(caller))
                                        .setContactId(contactId)
                                        .build());
        return answer.hasContact() ? Optional.of(answer.getContact()) : Optional.empty();
    }

    public CreateContactResponse create(CreateContactRequest request) {
        return stub().createContact(request);
    }

    public UpdateContactResponse update(UpdateContactRequest request) {
        return stub().updateContact(request);
    }

    public DeleteContactResponse delete(DeleteContactRequest request) {
        return stub().deleteContact(request);
    }

    public Optional<ContactImport> imported(String tenantId, String importId) {
        var answer =
                stub().getContactImport(
                                GetContactImportRequest.newBuilder()
                                        .setTenantId(tenantId)
                                        .setImportId(importId)
                                        .build());
        return answer.hasImport() ? Optional.of(answer.getImport()) : Optional.empty();
    }

    /** Sends a file. */
    public ImportContactsResponse upload(ContactImportStart start, byte[] file) {
        var stub = stubs.of(ContactsServiceGrpc::newStub, UPLOAD);
        return Upload.send(
                stub::importContacts,
                ImportContactsRequest.newBuilder().setStart(start).build(),
                file,
                part -> ImportContactsRequest.newBuilder().setPart(part).build());
    }

    private ContactsServiceBlockingStub stub() {
        return stubs.of(ContactsServiceGrpc::newBlockingStub)
                .withMaxInboundMessageSize(PAGE_BYTES_MAX);
    }
}
