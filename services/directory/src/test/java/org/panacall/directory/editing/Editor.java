// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.editing;

import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.panacall.directory.TestChannel;
import org.panacall.directory.seed.SeedFile;
import org.panacall.directory.seed.SeedStore;
import org.panacall.proto.directory.v1.Change;
import org.panacall.proto.directory.v1.Configuration;
import org.panacall.proto.directory.v1.CreateQueueRequest;
import org.panacall.proto.directory.v1.CreateQueueResponse;
import org.panacall.proto.directory.v1.DeleteQueueRequest;
import org.panacall.proto.directory.v1.DeleteQueueResponse;
import org.panacall.proto.directory.v1.DirectoryServiceGrpc;
import org.panacall.proto.directory.v1.Edit;
import org.panacall.proto.directory.v1.EditingServiceGrpc;
import org.panacall.proto.directory.v1.GetPersonRequest;
import org.panacall.proto.directory.v1.GetPersonResponse;
import org.panacall.proto.directory.v1.GetQueueRequest;
import org.panacall.proto.directory.v1.GetQueueResponse;
import org.panacall.proto.directory.v1.GetTenantRequest;
import org.panacall.proto.directory.v1.KeptTenant;
import org.panacall.proto.directory.v1.ListChangesRequest;
import org.panacall.proto.directory.v1.ListChangesResponse;
import org.panacall.proto.directory.v1.ListQueuesRequest;
import org.panacall.proto.directory.v1.ListQueuesResponse;
import org.panacall.proto.directory.v1.MemberShare;
import org.panacall.proto.directory.v1.NoteForcedStateRequest;
import org.panacall.proto.directory.v1.NoteForcedStateResponse;
import org.panacall.proto.directory.v1.Person;
import org.panacall.proto.directory.v1.Queue;
import org.panacall.proto.directory.v1.QueueMember;
import org.panacall.proto.directory.v1.SignInRequest;
import org.panacall.proto.directory.v1.Tenant;
import org.panacall.proto.directory.v1.UpdatePersonRequest;
import org.panacall.proto.directory.v1.UpdatePersonResponse;
import org.panacall.proto.directory.v1.UpdateQueueMembersRequest;
import org.panacall.proto.directory.v1.UpdateQueueMembersResponse;
import org.panacall.proto.directory.v1.UpdateQueueRequest;
import org.panacall.proto.directory.v1.UpdateQueueResponse;
import org.panacall.proto.directory.v1.UpdateTenantRequest;
import org.panacall.proto.directory.v1.UpdateTenantResponse;
import org.panacall.proto.directory.v1.WatchConfigurationRequest;

/** Supervisor 201 of the demo clinic, who edits by gRPC as desktop does for him. */
public final class Editor implements AutoCloseable {

    private static final String TENANT = "demo";

    private final ManagedChannel channel;
    private final long before;

    Editor(int port) {
        channel = TestChannel.to(port);
        var newest = changes("", 1, "");
        before = newest.getChangesCount() == 0 ? 0 : newest.getChanges(0).getChangeId();
    }

    /** The demo clinic as its file has it, whatever was edited. */
    public static void demoAgain(SeedStore seeds) {
        var file = Path.of("src/main/demo/clinic.yaml");
        var seed = SeedFile.read(file);
        seeds.apply(seed, UUID.randomUUID().toString()).await().atMost(Duration.ofSeconds(10));
    }

    BlockingQueue<Configuration> watch() {
        var seen = new LinkedBlockingQueue<Configuration>();
        DirectoryServiceGrpc.newStub(channel)
                .watchConfiguration(
                        WatchConfigurationRequest.getDefaultInstance(),
                        new StreamObserver<>() {
                            @Override
                            public void onNext(Configuration next) {
                                seen.add(next);
                            }

                            @Override
                            public void onError(Throwable over) {
                                seen.clear();
                            }

                            @Override
                            public void onCompleted() {
                                seen.clear();
                            }
                        });
        return seen;
    }

    CreateQueueResponse create(Queue queue) {
        return stub().createQueue(
                        CreateQueueRequest.newBuilder()
                                .setEdit(edit("", 0))
                                .setQueue(queue)
                                .build());
    }

    UpdateQueueResponse update(Queue queue, long knownRevision) {
        return update(queue, edit("", knownRevision));
    }

    /** To any revision, with a key when it is not empty. */
    UpdateQueueResponse keyed(String key, Queue queue) {
        return update(queue, edit(key, 0));
    }

    private UpdateQueueResponse update(Queue queue, Edit.Builder edit) {
        return stub().updateQueue(
                        UpdateQueueRequest.newBuilder().setEdit(edit).setQueue(queue).build());
    }

    UpdateQueueMembersResponse members(String queue, List<QueueMember> put, List<String> remove) {
        return stub().updateQueueMembers(
                        UpdateQueueMembersRequest.newBuilder()
                                .setEdit(edit("", 0))
                                .setQueueId(queue)
                                .addAllPut(put)
                                .addAllRemove(remove)
                                .build());
    }

    UpdateQueueMembersResponse shares(String queue, String key, List<MemberShare> shares) {
        return stub().updateQueueMembers(
                        UpdateQueueMembersRequest.newBuilder()
                                .setEdit(edit(key, 0))
                                .setQueueId(queue)
                                .addAllShares(shares)
                                .build());
    }

    DeleteQueueResponse delete(String queue) {
        return stub().deleteQueue(
                        DeleteQueueRequest.newBuilder()
                                .setEdit(edit("", 0))
                                .setQueueId(queue)
                                .build());
    }

    GetQueueResponse queue(String queue) {
        return stub().getQueue(
                        GetQueueRequest.newBuilder().setTenantId(TENANT).setQueueId(queue).build());
    }

    ListQueuesResponse queues(int size, String cursor) {
        return stub().listQueues(
                        ListQueuesRequest.newBuilder()
                                .setTenantId(TENANT)
                                .setPageSize(size)
                                .setCursor(cursor)
                                .build());
    }

    GetPersonResponse person(String person) {
        return stub().getPerson(
                        GetPersonRequest.newBuilder()
                                .setTenantId(TENANT)
                                .setPerson(person)
                                .build());
    }

    UpdatePersonResponse updatePerson(Person person, long knownRevision) {
        return stub().updatePerson(
                        UpdatePersonRequest.newBuilder()
                                .setEdit(edit("", knownRevision))
                                .setPerson(person)
                                .build());
    }

    KeptTenant tenant() {
        return stub().getTenant(GetTenantRequest.newBuilder().setTenantId(TENANT).build())
                .getTenant();
    }

    UpdateTenantResponse updateTenant(Tenant tenant, long knownRevision) {
        return stub().updateTenant(
                        UpdateTenantRequest.newBuilder()
                                .setEdit(edit("", knownRevision))
                                .setTenant(tenant)
                                .build());
    }

    boolean signsIn(String extension) {
        return DirectoryServiceGrpc.newBlockingStub(channel)
                .signIn(
                        SignInRequest.newBuilder()
                                .setTenantId(TENANT)
                                .setUserName(extension)
                                .setPassword("demo-" + extension)
                                .build())
                .hasSignedIn();
    }

    /** Another has been made ready, not ready or signed out. */
    NoteForcedStateResponse forced(String person, String state, String reason) {
        return stub().noteForcedState(
                        NoteForcedStateRequest.newBuilder()
                                .setTenantId(TENANT)
                                .setAuthor("supervisor_201")
                                .setPersonId(person)
                                .setState(state)
                                .setReason(reason)
                                .build());
    }

    /** Those of this editor's time, the newest first. */
    List<Change> changes(String entity) {
        return changes(entity, 0, "").getChangesList().stream()
                .filter(change -> change.getChangeId() > before)
                .toList();
    }

    ListChangesResponse changes(String entity, int size, String cursor) {
        return stub().listChanges(
                        ListChangesRequest.newBuilder()
                                .setTenantId(TENANT)
                                .setEntityId(entity)
                                .setPageSize(size)
                                .setCursor(cursor)
                                .build());
    }

    private static Edit.Builder edit(String key, long knownRevision) {
        return Edit.newBuilder()
                .setTenantId(TENANT)
                .setAuthor("supervisor_201")
                .setRequestKey(key)
                .setKnownRevision(knownRevision);
    }

    private EditingServiceGrpc.EditingServiceBlockingStub stub() {
        return EditingServiceGrpc.newBlockingStub(channel).withDeadlineAfter(10, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }

    /** A queue that the demo does not have. */
    static Queue dentist() {
        return Queue.newBuilder()
                .setQueueId("dentist")
                .setName("Dentist")
                .setExtension("603")
                .addAgentExtensions("103")
                .addAgentExtensions("104")
                .build();
    }
}
