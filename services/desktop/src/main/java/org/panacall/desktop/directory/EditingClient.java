// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.directory;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.panacall.proto.directory.v1.CreateQueueRequest;
import org.panacall.proto.directory.v1.CreateQueueResponse;
import org.panacall.proto.directory.v1.DeleteQueueRequest;
import org.panacall.proto.directory.v1.DeleteQueueResponse;
import org.panacall.proto.directory.v1.EditingServiceGrpc;
import org.panacall.proto.directory.v1.EditingServiceGrpc.EditingServiceBlockingStub;
import org.panacall.proto.directory.v1.GetPersonRequest;
import org.panacall.proto.directory.v1.GetQueueRequest;
import org.panacall.proto.directory.v1.GetTenantRequest;
import org.panacall.proto.directory.v1.KeptPerson;
import org.panacall.proto.directory.v1.KeptQueue;
import org.panacall.proto.directory.v1.KeptTenant;
import org.panacall.proto.directory.v1.ListChangesRequest;
import org.panacall.proto.directory.v1.ListChangesResponse;
import org.panacall.proto.directory.v1.NoteForcedStateRequest;
import org.panacall.proto.directory.v1.NoteForcedStateResponse;
import org.panacall.proto.directory.v1.UpdatePersonRequest;
import org.panacall.proto.directory.v1.UpdatePersonResponse;
import org.panacall.proto.directory.v1.UpdateQueueMembersRequest;
import org.panacall.proto.directory.v1.UpdateQueueMembersResponse;
import org.panacall.proto.directory.v1.UpdateQueueRequest;
import org.panacall.proto.directory.v1.UpdateQueueResponse;
import org.panacall.proto.directory.v1.UpdateTenantRequest;
import org.panacall.proto.directory.v1.UpdateTenantResponse;

/** Configuration as the directory keeps it, with revisions, and changes to it. Blocks. */
@ApplicationScoped
public class EditingClient {

    private final DirectoryStubs stubs;

    EditingClient(DirectoryStubs stubs) {
        this.stubs = stubs;
    }

    public Optional<KeptQueue> queue(String tenantId, String queueId) {
        var answer =
                stub().getQueue(
                                GetQueueRequest.newBuilder()
                                        .setTenantId(tenantId)
                                        .setQueueId(queueId)
                                        .build());
        return answer.hasQueue() ? Optional.of(answer.getQueue()) : Optional.empty();
    }

    /** By id or extension. */
    public Optional<KeptPerson> person(String tenantId, String person) {
        var answer =
                stub().getPerson(
                                GetPersonRequest.newBuilder()
                                        .setTenantId(tenantId)
                                        .setPerson(person)
                                        .build());
        return answer.hasPerson() ? Optional.of(answer.getPerson()) : Optional.empty();
    }

    public CreateQueueResponse create(CreateQueueRequest request) {
        return stub().createQueue(request);
    }

    public UpdateQueueResponse update(UpdateQueueRequest request) {
        return stub().updateQueue(request);
    }

    public UpdateQueueMembersResponse updateMembers(UpdateQueueMembersRequest request) {
        return stub().updateQueueMembers(request);
    }

    public DeleteQueueResponse delete(DeleteQueueRequest request) {
        return stub().deleteQueue(request);
    }

    public UpdatePersonResponse update(UpdatePersonRequest request) {
        return stub().updatePerson(request);
    }

    public Optional<KeptTenant> tenant(String tenantId) {
        var answer = stub().getTenant(GetTenantRequest.newBuilder().setTenantId(tenantId).build());
        return answer.hasTenant() ? Optional.of(answer.getTenant()) : Optional.empty();
    }

    public UpdateTenantResponse update(UpdateTenantRequest request) {
        return stub().updateTenant(request);
    }

    public NoteForcedStateResponse note(NoteForcedStateRequest request) {
        return stub().noteForcedState(request);
    }

    public ListChangesResponse changes(ListChangesRequest request) {
        return stub().listChanges(request);
    }

    private EditingServiceBlockingStub stub() {
        return stubs.of(EditingServiceGrpc::newBlockingStub);
    }
}
