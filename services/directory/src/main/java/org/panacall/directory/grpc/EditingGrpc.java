// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.grpc;

import io.grpc.ServerServiceDefinition;
import io.grpc.stub.StreamObserver;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.panacall.directory.editing.Audit;
import org.panacall.directory.editing.Lookups;
import org.panacall.directory.editing.Outcome;
import org.panacall.directory.editing.PersonEdits;
import org.panacall.directory.editing.QueueEdits;
import org.panacall.directory.editing.TenantEdits;
import org.panacall.directory.people.ForcedStates;
import org.panacall.proto.directory.v1.CreateQueueRequest;
import org.panacall.proto.directory.v1.CreateQueueResponse;
import org.panacall.proto.directory.v1.DeleteQueueRequest;
import org.panacall.proto.directory.v1.DeleteQueueResponse;
import org.panacall.proto.directory.v1.EditingServiceGrpc;
import org.panacall.proto.directory.v1.GetPersonRequest;
import org.panacall.proto.directory.v1.GetPersonResponse;
import org.panacall.proto.directory.v1.GetQueueRequest;
import org.panacall.proto.directory.v1.GetQueueResponse;
import org.panacall.proto.directory.v1.GetTenantRequest;
import org.panacall.proto.directory.v1.GetTenantResponse;
import org.panacall.proto.directory.v1.KeptPerson;
import org.panacall.proto.directory.v1.KeptQueue;
import org.panacall.proto.directory.v1.KeptTenant;
import org.panacall.proto.directory.v1.ListChangesRequest;
import org.panacall.proto.directory.v1.ListChangesResponse;
import org.panacall.proto.directory.v1.ListQueuesRequest;
import org.panacall.proto.directory.v1.ListQueuesResponse;
import org.panacall.proto.directory.v1.NoteForcedStateRequest;
import org.panacall.proto.directory.v1.NoteForcedStateResponse;
import org.panacall.proto.directory.v1.Person;
import org.panacall.proto.directory.v1.Queue;
import org.panacall.proto.directory.v1.Tenant;
import org.panacall.proto.directory.v1.UpdatePersonRequest;
import org.panacall.proto.directory.v1.UpdatePersonResponse;
import org.panacall.proto.directory.v1.UpdateQueueMembersRequest;
import org.panacall.proto.directory.v1.UpdateQueueMembersResponse;
import org.panacall.proto.directory.v1.UpdateQueueRequest;
import org.panacall.proto.directory.v1.UpdateQueueResponse;
import org.panacall.proto.directory.v1.UpdateTenantRequest;
import org.panacall.proto.directory.v1.UpdateTenantResponse;

/** The contract of editing: each outcome of an edit becomes one on the wire. */
@ApplicationScoped
public class EditingGrpc implements EditingServiceGrpc.AsyncService {

    private final QueueEdits queues;
    private final PersonEdits people;
    private final TenantEdits tenants;
    private final Lookups lookups;
    private final Audit audit;
    private final ForcedStates forced;

    EditingGrpc(
            QueueEdits queues,
            PersonEdits people,
            TenantEdits tenants,
            Lookups lookups,
            Audit audit,
            ForcedStates forced) {
        this.queues = queues;
        this.people = people;
        this.tenants = tenants;
        this.lookups = lookups;
        this.audit = audit;
        this.forced = forced;
    }

    /** What the server serves. */
    @Produces
    @Singleton
    ServerServiceDefinition editing() {
        return EditingServiceGrpc.bindService(this);
    }

    @Override
    public void listQueues(ListQueuesRequest request, StreamObserver<ListQueuesResponse> caller) {
        Answers.reply(lookups.queues(request), caller);
    }

    @Override
    public void getQueue(GetQueueRequest request, StreamObserver<GetQueueResponse> caller) {
        var answer = GetQueueResponse.newBuilder();
        Answers.found(
                lookups.queue(request),
                answer::setQueue,
                answer::setUnknown,
                answer::build,
                caller);
    }

    @Override
    public void createQueue(
            CreateQueueRequest request, StreamObserver<CreateQueueResponse> caller) {
        var answer = CreateQueueResponse.newBuilder();
        Answers.edited(
                queues.create(request),
                done -> answer.setQueue(kept(done)),
                answer::setRefused,
                answer::build,
                caller);
    }

    @Override
    public void updateQueue(
            UpdateQueueRequest request, StreamObserver<UpdateQueueResponse> caller) {
        var answer = UpdateQueueResponse.newBuilder();
        Answers.edited(
                queues.update(request),
                done -> answer.setQueue(kept(done)),
                answer::setRefused,
                answer::build,
                caller);
    }

    @Override
    public void deleteQueue(
            DeleteQueueRequest request, StreamObserver<DeleteQueueResponse> caller) {
        var answer = DeleteQueueResponse.newBuilder();
        Answers.edited(
                queues.delete(request),
                done -> answer.setDeleted(kept(done)),
                answer::setRefused,
                answer::build,
                caller);
    }

    @Override
    public void updateQueueMembers(
            UpdateQueueMembersRequest request, StreamObserver<UpdateQueueMembersResponse> caller) {
        var answer = UpdateQueueMembersResponse.newBuilder();
        Answers.edited(
                queues.members(request),
                done -> answer.setQueue(kept(done)),
                answer::setRefused,
                answer::build,
                caller);
    }

    @Override
    public void getPerson(GetPersonRequest request, StreamObserver<GetPersonResponse> caller) {
        var answer = GetPersonResponse.newBuilder();
        Answers.found(
                lookups.person(request),
                answer::setPerson,
                answer::setUnknown,
                answer::build,
                caller);
    }

    @Override
    public void updatePerson(
            UpdatePersonRequest request, StreamObserver<UpdatePersonResponse> caller) {
        var answer = UpdatePersonResponse.newBuilder();
        Answers.edited(
                people.update(request),
                done -> answer.setPerson(person(done)),
                answer::setRefused,
                answer::build,
                caller);
    }

    @Override
    public void getTenant(GetTenantRequest request, StreamObserver<GetTenantResponse> caller) {
        var answer = GetTenantResponse.newBuilder();
        Answers.found(
                lookups.tenant(request),
                answer::setTenant,
                answer::setUnknown,
                answer::build,
                caller);
    }

    @Override
    public void updateTenant(
            UpdateTenantRequest request, StreamObserver<UpdateTenantResponse> caller) {
        var answer = UpdateTenantResponse.newBuilder();
        Answers.edited(
                tenants.update(request),
                done -> answer.setTenant(tenant(done)),
                answer::setRefused,
                answer::build,
                caller);
    }

    @Override
    public void noteForcedState(
            NoteForcedStateRequest request, StreamObserver<NoteForcedStateResponse> caller) {
        Answers.reply(
                forced.note(request).replaceWith(NoteForcedStateResponse.getDefaultInstance()),
                caller);
    }

    @Override
    public void listChanges(
            ListChangesRequest request, StreamObserver<ListChangesResponse> caller) {
        Answers.reply(audit.page(request), caller);
    }

    private static KeptQueue kept(Outcome.Done<Queue> done) {
        return KeptQueue.newBuilder().setQueue(done.kept()).setRevision(done.revision()).build();
    }

    private static KeptPerson person(Outcome.Done<Person> done) {
        return KeptPerson.newBuilder().setPerson(done.kept()).setRevision(done.revision()).build();
    }

    private static KeptTenant tenant(Outcome.Done<Tenant> done) {
        return KeptTenant.newBuilder().setTenant(done.kept()).setRevision(done.revision()).build();
    }
}
