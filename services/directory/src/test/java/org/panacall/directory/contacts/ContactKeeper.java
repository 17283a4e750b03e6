// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.contacts;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.panacall.directory.TestChannel;
import org.panacall.proto.directory.v1.Change;
import org.panacall.proto.directory.v1.Contact;
import org.panacall.proto.directory.v1.ContactFileKind;
import org.panacall.proto.directory.v1.ContactImport;
import org.panacall.proto.directory.v1.ContactImportStart;
import org.panacall.proto.directory.v1.ContactNumber;
import org.panacall.proto.directory.v1.ContactReader;
import org.panacall.proto.directory.v1.ContactsServiceGrpc;
import org.panacall.proto.directory.v1.ContactsServiceGrpc.ContactsServiceBlockingStub;
import org.panacall.proto.directory.v1.CreateContactRequest;
import org.panacall.proto.directory.v1.CreateContactResponse;
import org.panacall.proto.directory.v1.DeleteContactRequest;
import org.panacall.proto.directory.v1.DeleteContactResponse;
import org.panacall.proto.directory.v1.Edit;
import org.panacall.proto.directory.v1.EditingServiceGrpc;
import org.panacall.proto.directory.v1.FindContactsRequest;
import org.panacall.proto.directory.v1.GetContactImportRequest;
import org.panacall.proto.directory.v1.GetContactRequest;
import org.panacall.proto.directory.v1.GetContactResponse;
import org.panacall.proto.directory.v1.ImportContactsRequest;
import org.panacall.proto.directory.v1.ImportContactsResponse;
import org.panacall.proto.directory.v1.KeptContact;
import org.panacall.proto.directory.v1.ListChangesRequest;
import org.panacall.proto.directory.v1.ListContactsRequest;
import org.panacall.proto.directory.v1.ListContactsResponse;
import org.panacall.proto.directory.v1.UpdateContactRequest;
import org.panacall.proto.directory.v1.UpdateContactResponse;

/** Somebody who keeps the demo clinic's contacts by gRPC, as desktop does for him. */
final class ContactKeeper implements AutoCloseable {

    static final String TENANT = "demo";

    private final ManagedChannel channel;

    ContactKeeper(int port) {
        channel = TestChannel.to(port);
    }

    static Edit.Builder edit() {
        return Edit.newBuilder().setTenantId(TENANT).setAuthor("keeper");
    }

    static Contact.Builder patient(String family, String... numbers) {
        var contact = Contact.newBuilder().setFamilyName(family);
        for (var number : numbers) {
            contact.addNumbers(ContactNumber.newBuilder().setNumber(number));
        }
        return contact;
    }

    KeptContact made(Contact.Builder contact) {
        var answer = create(edit(), contact);
        if (!answer.hasContact()) {
            throw new AssertionError(answer.getRefused());
        }
        return answer.getContact();
    }

    CreateContactResponse create(Edit.Builder edit, Contact.Builder contact) {
        return stub().createContact(
                        CreateContactRequest.newBuilder()
                                .setEdit(edit)
                                .setContact(contact)
                                .build());
    }

    UpdateContactResponse update(Edit.Builder edit, Contact.Builder contact) {
        return stub().updateContact(
                        UpdateContactRequest.newBuilder()
                                .setEdit(edit)
                                .setContact(contact)
                                .build());
    }

    DeleteContactResponse delete(String id) {
        return stub().deleteContact(
                        DeleteContactRequest.newBuilder().setEdit(edit()).setContactId(id).build());
    }

    GetContactResponse contact(String id) {
        return stub().getContact(
                        GetContactRequest.newBuilder()
                                .setReader(reader())
                                .setContactId(id)
                                .build());
    }

    ListContactsResponse list(ListContactsRequest.Builder request) {
        return stub().listContacts(request.setReader(reader()).build());
    }

    private static ContactReader reader() {
        return ContactReader.newBuilder().setTenantId(TENANT).setReader("reader").build();
    }

    List<Contact> find(String number) {
        return stub().findContacts(
                        FindContactsRequest.newBuilder()
                                .setTenantId(TENANT)
                                .setNumber(number)
                                .build())
                .getContactsList();
    }

    List<Change> changes(String entity) {
        return EditingServiceGrpc.newBlockingStub(channel)
                .listChanges(
                        ListChangesRequest.newBuilder()
                                .setTenantId(TENANT)
                                .setEntityId(entity)
                                .build())
                .getChangesList();
    }

    ImportContactsResponse upload(Edit.Builder edit, ContactFileKind kind, String file) {
        var answer = new CompletableFuture<ImportContactsResponse>();
        var sending =
                ContactsServiceGrpc.newStub(channel)
                        .withDeadlineAfter(60, TimeUnit.SECONDS)
                        .importContacts(
                                new StreamObserver<>() {
                                    @Override
                                    public void onNext(ImportContactsResponse response) {
                                        answer.complete(response);
                                    }

                                    @Override
                                    public void onError(Throwable fault) {
                                        answer.completeExceptionally(fault);
                                    }

                                    @Override
                                    public void onCompleted() {
                                        answer.completeExceptionally(
                                                new IllegalStateException("no answer"));
                                    }
                                });
        sending.onNext(
                ImportContactsRequest.newBuilder()
                        .setStart(ContactImportStart.newBuilder().setEdit(edit).setKind(kind))
                        .build());
        var bytes = file.getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < bytes.length; at += 10_000) {
            int length = Math.min(10_000, bytes.length - at);
            sending.onNext(
                    ImportContactsRequest.newBuilder()
                            .setPart(ByteString.copyFrom(bytes, at, length))
                            .build());
        }
        sending.onCompleted();
        return answer.join();
    }

    ContactImport imported(String importId) {
        return stub().getContactImport(
                        GetContactImportRequest.newBuilder()
                                .setTenantId(TENANT)
                                .setImportId(importId)
                                .build())
                .getImport();
    }

    private ContactsServiceBlockingStub stub() {
        return ContactsServiceGrpc.newBlockingStub(channel).withDeadlineAfter(20, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
