// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.contacts;

import com.google.protobuf.util.Timestamps;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.panacall.proto.directory.v1.Contact;
import org.panacall.proto.directory.v1.ContactDeleted;
import org.panacall.proto.directory.v1.ContactImport;
import org.panacall.proto.directory.v1.ContactImportMistake;
import org.panacall.proto.directory.v1.ContactImportStart;
import org.panacall.proto.directory.v1.ContactImportState;
import org.panacall.proto.directory.v1.ContactNumber;
import org.panacall.proto.directory.v1.ContactsServiceGrpc;
import org.panacall.proto.directory.v1.CreateContactRequest;
import org.panacall.proto.directory.v1.CreateContactResponse;
import org.panacall.proto.directory.v1.DeleteContactRequest;
import org.panacall.proto.directory.v1.DeleteContactResponse;
import org.panacall.proto.directory.v1.EditMistake;
import org.panacall.proto.directory.v1.EditRefused;
import org.panacall.proto.directory.v1.EntityUnknown;
import org.panacall.proto.directory.v1.GetContactImportRequest;
import org.panacall.proto.directory.v1.GetContactImportResponse;
import org.panacall.proto.directory.v1.GetContactRequest;
import org.panacall.proto.directory.v1.GetContactResponse;
import org.panacall.proto.directory.v1.ImportContactsRequest;
import org.panacall.proto.directory.v1.ImportContactsResponse;
import org.panacall.proto.directory.v1.KeptContact;
import org.panacall.proto.directory.v1.ListContactsRequest;
import org.panacall.proto.directory.v1.ListContactsResponse;
import org.panacall.proto.directory.v1.MistakesFound;
import org.panacall.proto.directory.v1.RevisionStale;
import org.panacall.proto.directory.v1.UpdateContactRequest;
import org.panacall.proto.directory.v1.UpdateContactResponse;

/** A directory with two contacts, contact_1 and contact_2, at revision 7. */
public final class PlayedContacts extends ContactsServiceGrpc.ContactsServiceImplBase {

    static final long REVISION = 7;

    public final BlockingQueue<Object> asked = new LinkedBlockingQueue<>();

    static Contact contact(String id) {
        return Contact.newBuilder()
                .setContactId(id)
                .setFamilyName("Иванова, \"Анна\"")
                .addNumbers(ContactNumber.newBuilder().setNumber("+74951234500"))
                .setCategory("vip")
                .setExternalId("mis-" + id)
                .build();
    }

    private static KeptContact kept(Contact contact) {
        return KeptContact.newBuilder()
                .setContact(contact)
                .setRevision(REVISION)
                .setCreatedAt(Timestamps.fromSeconds(1))
                .setChangedAt(Timestamps.fromSeconds(2))
                .build();
    }

    @Override
    public void listContacts(
            ListContactsRequest request, StreamObserver<ListContactsResponse> observer) {
        asked.add(request);
        var answer = ListContactsResponse.newBuilder();
        if (request.getCursor().isEmpty()) {
            answer.addContacts(kept(contact("contact_1"))).setNextCursor("contact_1");
        } else {
            answer.addContacts(kept(contact("contact_2")));
        }
        observer.onNext(answer.build());
        observer.onCompleted();
    }

    @Override
    public void getContact(GetContactRequest request, StreamObserver<GetContactResponse> observer) {
        asked.add(request);
        var answer = GetContactResponse.newBuilder();
        if (request.getContactId().equals("contact_1")) {
            answer.setContact(kept(contact("contact_1")));
        } else {
            answer.setUnknown(EntityUnknown.getDefaultInstance());
        }
        observer.onNext(answer.build());
        observer.onCompleted();
    }

    @Override
    public void createContact(
            CreateContactRequest request, StreamObserver<CreateContactResponse> observer) {
        asked.add(request);
        var answer = CreateContactResponse.newBuilder();
        if (request.getContact().getNumbersCount() == 0) {
            var mistake = EditMistake.newBuilder().setField("numbers").setMessage("are missing");
            answer.setRefused(
                    EditRefused.newBuilder()
                            .setMistakesFound(MistakesFound.newBuilder().addMistakes(mistake)));
        } else {
            answer.setContact(
                    kept(request.getContact().toBuilder().setContactId("contact_3").build()));
        }
        observer.onNext(answer.build());
        observer.onCompleted();
    }

    @Override
    public void updateContact(
            UpdateContactRequest request, StreamObserver<UpdateContactResponse> observer) {
        asked.add(request);
        var answer = UpdateContactResponse.newBuilder();
        if (List.of(0L, REVISION).contains(request.getEdit().getKnownRevision())) {
            answer.setContact(kept(request.getContact()));
        } else {
            answer.setRefused(
                    EditRefused.newBuilder().setRevisionStale(RevisionStale.getDefaultInstance()));
        }
        observer.onNext(answer.build());
        observer.onCompleted();
    }

    @Override
    public void deleteContact(
            DeleteContactRequest request, StreamObserver<DeleteContactResponse> observer) {
        asked.add(request);
        observer.onNext(
                DeleteContactResponse.newBuilder()
                        .setDeleted(ContactDeleted.getDefaultInstance())
                        .build());
        observer.onCompleted();
    }

    /** A file, and what was said of it. */
    record File(ContactImportStart start, String text) {}

    @Override
    public StreamObserver<ImportContactsRequest> importContacts(
            StreamObserver<ImportContactsResponse> observer) {
        return new StreamObserver<>() {
            private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            private ContactImportStart start;

            @Override
            public void onNext(ImportContactsRequest request) {
                if (request.hasStart()) {
                    start = request.getStart();
                } else {
                    bytes.writeBytes(request.getPart().toByteArray());
                }
            }

            @Override
            public void onError(Throwable gone) {
                bytes.reset();
            }

            @Override
            public void onCompleted() {
                asked.add(new File(start, bytes.toString(StandardCharsets.UTF_8)));
                observer.onNext(
                        ImportContactsResponse.newBuilder()
                                .setImport(
                                        ContactImport.newBuilder()
                                                .setImportId("import_1")
                                                .setState(
                                                        ContactImportState
                                                                .CONTACT_IMPORT_STATE_RUNNING)
                                                .setLines(3))
                                .build());
                observer.onCompleted();
            }
        };
    }

    @Override
    public void getContactImport(
            GetContactImportRequest request, StreamObserver<GetContactImportResponse> observer) {
        var answer = GetContactImportResponse.newBuilder();
        if (request.getImportId().equals("import_1")) {
            answer.setImport(
                    ContactImport.newBuilder()
                            .setImportId("import_1")
                            .setState(ContactImportState.CONTACT_IMPORT_STATE_DONE)
                            .setLines(3)
                            .setLinesDone(3)
                            .setCreated(2)
                            .setRefused(1)
                            .addMistakes(
                                    ContactImportMistake.newBuilder()
                                            .setLine(4)
                                            .setField("numbers[0].number")
                                            .setMessage("must be a number")));
        } else {
            answer.setUnknown(EntityUnknown.getDefaultInstance());
        }
        observer.onNext(answer.build());
        observer.onCompleted();
    }
}
