// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.grpc;

import com.google.protobuf.ByteString;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.panacall.defaults.tree.Flaw;
import org.panacall.directory.DirectoryConfig;
import org.panacall.directory.contacts.ContactEdits;
import org.panacall.directory.contacts.ContactImports;
import org.panacall.directory.contacts.ContactLookups;
import org.panacall.directory.editing.Outcome;
import org.panacall.directory.editing.Refusals;
import org.panacall.directory.editing.prompt.PromptEdits;
import org.panacall.proto.directory.v1.ContactDeleted;
import org.panacall.proto.directory.v1.ContactImport;
import org.panacall.proto.directory.v1.ContactImportStart;
import org.panacall.proto.directory.v1.ContactsServiceGrpc;
import org.panacall.proto.directory.v1.CreateContactRequest;
import org.panacall.proto.directory.v1.CreateContactResponse;
import org.panacall.proto.directory.v1.DeleteContactRequest;
import org.panacall.proto.directory.v1.DeleteContactResponse;
import org.panacall.proto.directory.v1.FindContactsRequest;
import org.panacall.proto.directory.v1.FindContactsResponse;
import org.panacall.proto.directory.v1.GetContactImportRequest;
import org.panacall.proto.directory.v1.GetContactImportResponse;
import org.panacall.proto.directory.v1.GetContactRequest;
import org.panacall.proto.directory.v1.GetContactResponse;
import org.panacall.proto.directory.v1.ImportContactsRequest;
import org.panacall.proto.directory.v1.ImportContactsResponse;
import org.panacall.proto.directory.v1.ListContactsRequest;
import org.panacall.proto.directory.v1.ListContactsResponse;
import org.panacall.proto.directory.v1.UpdateContactRequest;
import org.panacall.proto.directory.v1.UpdateContactResponse;

/** The contract of contacts. */
@ApplicationScoped
public class ContactsGrpc implements ContactsServiceGrpc.AsyncService {

    private static final Upload.Form<ImportContactsRequest, ContactImportStart> FORM =
            new Upload.Form<>() {
                @Override
                public ContactImportStart start(ImportContactsRequest request) {
                    return request.hasStart() && request.getStart().hasEdit()
                            ? request.getStart()
                            : null;
                }

                @Override
                public ByteString part(ImportContactsRequest request) {
                    return request.hasPart() ? request.getPart() : null;
                }
            };

    private final ContactEdits edits;
    private final ContactLookups lookups;
    private final ContactImports imports;
    private final int fileBytes;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    ContactsGrpc(
            ContactEdits edits,
            ContactLookups lookups,
            ContactImports imports,
            DirectoryConfig config) {
        this.edits = edits;
        this.lookups = lookups;
        this.imports = imports;
        fileBytes = config.directory().contacts().fileBytes();
    }

    /** What the server serves. */
    @Produces
    @Singleton
    ServerServiceDefinition contacts() {
        return ContactsServiceGrpc.bindService(this);
    }

    @PreDestroy
    void close() {
        threads.shutdownNow();
    }

    @Override
    public void listContacts(
            ListContactsRequest request, StreamObserver<ListContactsResponse> caller) {
        Answers.reply(lookups.page(request), caller);
    }

    @Override
    public void getContact(GetContactRequest request, StreamObserver<GetContactResponse> caller) {
        var answer = GetContactResponse.newBuilder();
        Answers.found(
                lookups.one(request),
                answer::setContact,
                answer::setUnknown,
                answer::build,
                caller);
    }

    @Override
    public void createContact(
            CreateContactRequest request, StreamObserver<CreateContactResponse> caller) {
        var answer = CreateContactResponse.newBuilder();
        Answers.edited(
                edits.create(request),
                done -> answer.setContact(done.kept()),
                answer::setRefused,
                answer::build,
                caller);
    }

    @Override
    public void updateContact(
            UpdateContactRequest request, StreamObserver<UpdateContactResponse> caller) {
        var answer = UpdateContactResponse.newBuilder();
        Answers.edited(
                edits.update(request),
                done -> answer.setContact(done.kept()),
                answer::setRefused,
                answer::build,
                caller);
    }

    @Override
    public void deleteContact(
            DeleteContactRequest request, StreamObserver<DeleteContactResponse> caller) {
        var answer = DeleteContactResponse.newBuilder();
        var deleted = ContactDeleted.getDefaultInstance();
        Answers.edited(
                edits.delete(request),
                done -> answer.setDeleted(deleted),
                answer::setRefused,
                answer::build,
                caller);
    }

    @Override
    public StreamObserver<ImportContactsRequest> importContacts(
            StreamObserver<ImportContactsResponse> caller) {
        var call = (ServerCallStreamObserver<ImportContactsResponse>) caller;
        boolean admitted = imports.admit();
        var upload =
                new Upload<ImportContactsRequest, ContactImportStart>(
                        call,
                        fileBytes,
                        FORM,
                        (start, bytes) -> threads.execute(() -> begin(start, bytes, caller)),
                        admitted ? imports::leave : () -> {});
        if (!admitted) {
            upload.refuse(Status.RESOURCE_EXHAUSTED, "too many imports at once; try again");
        }
        return upload;
    }

    private void begin(
            ContactImportStart start, byte[] file, StreamObserver<ImportContactsResponse> caller) {
        var named = start.toBuilder().setFileHash(PromptEdits.hash(file)).build();
        var answer = ImportContactsResponse.newBuilder();
        Answers.edited(
                begun(named, file),
                done -> answer.setImport(done.kept()),
                answer::setRefused,
                answer::build,
                caller);
    }

    private Uni<Outcome<ContactImport>> begun(ContactImportStart start, byte[] file) {
        if (file.length > fileBytes) {
            imports.leave();
            var flaw = new Flaw("file", "has more than " + fileBytes + " bytes; send several");
            return Uni.createFrom().item(Refusals.mistakes(List.of(flaw)));
        }
        return imports.begin(start, file);
    }

    @Override
    public void getContactImport(
            GetContactImportRequest request, StreamObserver<GetContactImportResponse> caller) {
        var answer = GetContactImportResponse.newBuilder();
        Answers.found(
                imports.one(request), answer::setImport, answer::setUnknown, answer::build, caller);
    }

    @Override
    public void findContacts(
            FindContactsRequest request, StreamObserver<FindContactsResponse> caller) {
        var found = lookups.find(request);
        if (found.isEmpty()) {
            caller.onError(
                    Status.RESOURCE_EXHAUSTED
                            .withDescription("too many look-ups at once")
                            .asRuntimeException());
        } else {
            Answers.reply(found.get(), caller);
        }
    }
}
