// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop;

import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.panacall.proto.directory.v1.Change;
import org.panacall.proto.directory.v1.CreateQueueRequest;
import org.panacall.proto.directory.v1.CreateQueueResponse;
import org.panacall.proto.directory.v1.DeleteQueueRequest;
import org.panacall.proto.directory.v1.DeleteQueueResponse;
import org.panacall.proto.directory.v1.Edit;
import org.panacall.proto.directory.v1.EditMistake;
import org.panacall.proto.directory.v1.EditRefused;
import org.panacall.proto.directory.v1.EditingServiceGrpc;
import org.panacall.proto.directory.v1.EntityReferredTo;
import org.panacall.proto.directory.v1.EntityUnknown;
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
import org.panacall.proto.directory.v1.MistakesFound;
import org.panacall.proto.directory.v1.NoteForcedStateRequest;
import org.panacall.proto.directory.v1.NoteForcedStateResponse;
import org.panacall.proto.directory.v1.Person;
import org.panacall.proto.directory.v1.Queue;
import org.panacall.proto.directory.v1.QueueMember;
import org.panacall.proto.directory.v1.RevisionStale;
import org.panacall.proto.directory.v1.Strategy;
import org.panacall.proto.directory.v1.Tenant;
import org.panacall.proto.directory.v1.UpdatePersonRequest;
import org.panacall.proto.directory.v1.UpdatePersonResponse;
import org.panacall.proto.directory.v1.UpdateQueueMembersRequest;
import org.panacall.proto.directory.v1.UpdateQueueMembersResponse;
import org.panacall.proto.directory.v1.UpdateQueueRequest;
import org.panacall.proto.directory.v1.UpdateQueueResponse;
import org.panacall.proto.directory.v1.UpdateTenantRequest;
import org.panacall.proto.directory.v1.UpdateTenantResponse;

/**
 * directory's editing: queues "registry" (waiting calls), "paid" (a number leads there), agents.
 */
final class PlayedEditing extends EditingServiceGrpc.EditingServiceImplBase {

    static final long REVISION = 7;

    final BlockingQueue<UpdateQueueMembersRequest> members = new LinkedBlockingQueue<>();
    final BlockingQueue<CreateQueueRequest> created = new LinkedBlockingQueue<>();
    final BlockingQueue<UpdateQueueRequest> updated = new LinkedBlockingQueue<>();
    final BlockingQueue<UpdatePersonRequest> people = new LinkedBlockingQueue<>();
    final BlockingQueue<DeleteQueueRequest> deleted = new LinkedBlockingQueue<>();
    final BlockingQueue<NoteForcedStateRequest> forced = new LinkedBlockingQueue<>();
    volatile boolean away;
    private final AtomicLong revisions = new AtomicLong(REVISION);

    void forget() {
        away = false;
        members.clear();
        created.clear();
        updated.clear();
        people.clear();
        deleted.clear();
        forced.clear();
    }

    @Override
    public void getQueue(GetQueueRequest request, StreamObserver<GetQueueResponse> observer) {
        if (away) {
            observer.onError(Status.UNAVAILABLE.asRuntimeException());
            return;
        }
        var answer = GetQueueResponse.newBuilder();
        var queue = queues().get(request.getQueueId());
        reply(
                queue == null
                        ? answer.setUnknown(EntityUnknown.getDefaultInstance()).build()
                        : answer.setQueue(kept(queue, REVISION)).build(),
                observer);
    }

    @Override
    public void createQueue(
            CreateQueueRequest request, StreamObserver<CreateQueueResponse> observer) {
        var answer = CreateQueueResponse.newBuilder();
        if (request.getQueue().getName().isEmpty()) {
            var mistake = EditMistake.newBuilder().setField("queueId").setMessage("must be small");
            answer.setRefused(
                    EditRefused.newBuilder()
                            .setMistakesFound(MistakesFound.newBuilder().addMistakes(mistake)));
        } else {
            created.add(request);
            answer.setQueue(kept(request.getQueue(), revisions.incrementAndGet()));
        }
        reply(answer.build(), observer);
    }

    @Override
    public void updateQueue(
            UpdateQueueRequest request, StreamObserver<UpdateQueueResponse> observer) {
        var answer = UpdateQueueResponse.newBuilder();
        if (isStale(request.getEdit())) {
            answer.setRefused(stale());
        } else {
            updated.add(request);
            answer.setQueue(kept(request.getQueue(), revisions.incrementAndGet()));
        }
        reply(answer.build(), observer);
    }

    @Override
    public void updateQueueMembers(
            UpdateQueueMembersRequest request,
            StreamObserver<UpdateQueueMembersResponse> observer) {
        var answer = UpdateQueueMembersResponse.newBuilder();
        if (isStale(request.getEdit())) {
            answer.setRefused(stale());
        } else {
            members.add(request);
            var queue = queues().get(request.getQueueId());
            answer.setQueue(kept(queue, revisions.incrementAndGet()));
        }
        reply(answer.build(), observer);
    }

    @Override
    public void deleteQueue(
            DeleteQueueRequest request, StreamObserver<DeleteQueueResponse> observer) {
        var answer = DeleteQueueResponse.newBuilder();
        var queue = queues().get(request.getQueueId());
        if (queue == null) {
            answer.setRefused(
                    EditRefused.newBuilder().setEntityUnknown(EntityUnknown.getDefaultInstance()));
        } else if (request.getQueueId().equals("paid")) {
            answer.setRefused(
                    EditRefused.newBuilder()
                            .setEntityReferredTo(
                                    EntityReferredTo.newBuilder()
                                            .addReferences("flows(main).fallbackQueueId")));
        } else {
            deleted.add(request);
            answer.setDeleted(kept(queue, REVISION));
        }
        reply(answer.build(), observer);
    }

    @Override
    public void getPerson(GetPersonRequest request, StreamObserver<GetPersonResponse> observer) {
        if (away) {
            observer.onError(Status.UNAVAILABLE.asRuntimeException());
            return;
        }
        var answer = GetPersonResponse.newBuilder();
        var extension = request.getPerson().replace("agent_", "");
        reply(
                extension.matches("10[3-6]")
                        ? answer.setPerson(kept(agent(extension), REVISION)).build()
                        : answer.setUnknown(EntityUnknown.getDefaultInstance()).build(),
                observer);
    }

    @Override
    public void updatePerson(
            UpdatePersonRequest request, StreamObserver<UpdatePersonResponse> observer) {
        var answer = UpdatePersonResponse.newBuilder();
        if (isStale(request.getEdit())) {
            answer.setRefused(stale());
        } else {
            people.add(request);
            answer.setPerson(kept(request.getPerson(), revisions.incrementAndGet()));
        }
        reply(answer.build(), observer);
    }

    @Override
    public void getTenant(GetTenantRequest request, StreamObserver<GetTenantResponse> observer) {
        var tenant =
                Tenant.newBuilder()
                        .setTenantId("demo")
                        .setName("Clinic")
                        .setSipDomain("panacall.test")
                        .setDefaultCallerNumber("+74950000100");
        reply(
                GetTenantResponse.newBuilder().setTenant(kept(tenant.build(), REVISION)).build(),
                observer);
    }

    @Override
    public void updateTenant(
            UpdateTenantRequest request, StreamObserver<UpdateTenantResponse> observer) {
        var answer = UpdateTenantResponse.newBuilder();
        if (isStale(request.getEdit())) {
            answer.setRefused(stale());
        } else {
            answer.setTenant(kept(request.getTenant(), revisions.incrementAndGet()));
        }
        reply(answer.build(), observer);
    }

    @Override
    public void noteForcedState(
            NoteForcedStateRequest request, StreamObserver<NoteForcedStateResponse> observer) {
        if (away) {
            observer.onError(Status.UNAVAILABLE.asRuntimeException());
            return;
        }
        forced.add(request);
        reply(NoteForcedStateResponse.getDefaultInstance(), observer);
    }

    @Override
    public void listChanges(
            ListChangesRequest request, StreamObserver<ListChangesResponse> observer) {
        reply(
                ListChangesResponse.newBuilder()
                        .addChanges(
                                Change.newBuilder()
                                        .setChangeId(12)
                                        .setAt(Timestamps.fromMillis(0))
                                        .setAuthor("admin")
                                        .setKind("queue-changed")
                                        .setEntityId("registry")
                                        .setBefore("{\"offerTimeout\":\"15s\",\"later\":1}")
                                        .setAfter("{\"offerTimeout\":\"20s\"}"))
                        .addChanges(
                                Change.newBuilder()
                                        .setChangeId(11)
                                        .setAt(Timestamps.fromMillis(0))
                                        .setAuthor("supervisor_201")
                                        .setKind("agent-forced")
                                        .setEntityId("agent_103")
                                        .setAfter("{\"state\":\"not-ready\",\"reason\":\"x\"}"))
                        .setNextCursor("12")
                        .build(),
                observer);
    }

    static TreeMap<String, Queue> queues() {
        var queues = new TreeMap<String, Queue>();
        queues.put("registry", queue("registry", "601"));
        queues.put("paid", queue("paid", "602"));
        queues.put("empty", queue("empty", "603"));
        queues.put("team", team());
        return queues;
    }

    private static Queue team() {
        return queue("team", "605").toBuilder()
                .clearAgentExtensions()
                .addMembers(QueueMember.newBuilder().setExtension("103").setShare(70))
                .build();
    }

    private static Queue queue(String id, String extension) {
        return Queue.newBuilder()
                .setQueueId(id)
                .setName("Queue " + id)
                .setExtension(extension)
                .setStrategy(Strategy.STRATEGY_LONGEST_IDLE)
                .setOfferTimeout(Durations.fromSeconds(15))
                .setCapacity(500)
                .addAgentExtensions("103")
                .build();
    }

    static Person agent(String extension) {
        return Person.newBuilder()
                .setPersonId("agent_" + extension)
                .setExtension(extension)
                .setName("Name " + extension)
                .addRoles("agent")
                .setWrapUp(Durations.fromSeconds(10))
                .build();
    }

    private static boolean isStale(Edit edit) {
        return edit.getKnownRevision() != 0 && edit.getKnownRevision() != REVISION;
    }

    private static EditRefused stale() {
        return EditRefused.newBuilder()
                .setRevisionStale(RevisionStale.newBuilder().setRevision(REVISION))
                .build();
    }

    private static KeptQueue kept(Queue queue, long revision) {
        return KeptQueue.newBuilder().setQueue(queue).setRevision(revision).build();
    }

    private static KeptPerson kept(Person person, long revision) {
        return KeptPerson.newBuilder().setPerson(person).setRevision(revision).build();
    }

    private static KeptTenant kept(Tenant tenant, long revision) {
        return KeptTenant.newBuilder().setTenant(tenant).setRevision(revision).build();
    }

    private static <A> void reply(A answer, StreamObserver<A> observer) {
        observer.onNext(answer);
        observer.onCompleted();
    }
}
