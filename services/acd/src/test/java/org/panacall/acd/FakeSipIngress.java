// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd;

import com.google.protobuf.Message;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.panacall.proto.sipingress.v1.AddLegRequest;
import org.panacall.proto.sipingress.v1.AddLegResponse;
import org.panacall.proto.sipingress.v1.AnswerLegRequest;
import org.panacall.proto.sipingress.v1.AnswerLegResponse;
import org.panacall.proto.sipingress.v1.CallControlServiceGrpc.CallControlServiceImplBase;
import org.panacall.proto.sipingress.v1.CallNotice;
import org.panacall.proto.sipingress.v1.CreateCallRequest;
import org.panacall.proto.sipingress.v1.CreateCallResponse;
import org.panacall.proto.sipingress.v1.Done;
import org.panacall.proto.sipingress.v1.HangUpCallRequest;
import org.panacall.proto.sipingress.v1.HangUpCallResponse;
import org.panacall.proto.sipingress.v1.HangUpLegRequest;
import org.panacall.proto.sipingress.v1.HangUpLegResponse;
import org.panacall.proto.sipingress.v1.JoinLegsRequest;
import org.panacall.proto.sipingress.v1.JoinLegsResponse;
import org.panacall.proto.sipingress.v1.ListCallsRequest;
import org.panacall.proto.sipingress.v1.ListCallsResponse;
import org.panacall.proto.sipingress.v1.LiveCall;
import org.panacall.proto.sipingress.v1.PlayRequest;
import org.panacall.proto.sipingress.v1.PlayResponse;
import org.panacall.proto.sipingress.v1.SnapshotRequired;
import org.panacall.proto.sipingress.v1.WatchCallsRequest;

/** Obeys every order, keeps them for the test to look at, and tells what the test wants told. */
final class FakeSipIngress extends CallControlServiceImplBase {

    private static final String STREAM = "stream_1";

    private final BlockingQueue<Message> orders = new LinkedBlockingQueue<>();
    private final Map<String, StreamObserver<CallNotice>> readers = new TreeMap<>();
    private final Map<String, LiveCall> live = new TreeMap<>();
    private final List<CallNotice> told = new ArrayList<>();

    /** The next order of a kind; others before it are passed over. */
    <M extends Message> M next(Class<M> kind) throws InterruptedException {
        return next(kind, any -> true);
    }

    /** The same, of those that are meant. */
    <M extends Message> M next(Class<M> kind, Predicate<M> which) throws InterruptedException {
        for (var order = poll(); order != null; order = poll()) {
            if (kind.isInstance(order) && which.test(kind.cast(order))) {
                return kind.cast(order);
            }
        }
        throw new AssertionError("no order " + kind.getSimpleName());
    }

    private Message poll() throws InterruptedException {
        return orders.poll(10, TimeUnit.SECONDS);
    }

    void forgetOrders() {
        orders.clear();
    }

    synchronized void hold(LiveCall call) {
        live.put(call.getCallId(), call);
    }

    synchronized void drop(String call) {
        live.remove(call);
    }

    synchronized boolean watched(String controller) {
        return readers.containsKey(controller);
    }

    synchronized void tell(String controller, CallNotice.Builder notice) {
        var numbered = notice.setStreamId(STREAM).setSequence(told.size() + 1L).build();
        told.add(numbered);
        var reader = readers.get(controller);
        if (reader != null) {
            reader.onNext(numbered);
        }
    }

    /** Ends all streams, as a restart of the network would. */
    synchronized void cut() {
        readers.values().forEach(StreamObserver::onCompleted);
        readers.clear();
    }

    @Override
    public synchronized void watchCalls(
            WatchCallsRequest request, StreamObserver<CallNotice> reader) {
        if (request.getStreamId().equals(STREAM)) {
            told.stream()
                    .filter(notice -> notice.getSequence() > request.getAfterSequence())
                    .forEach(reader::onNext);
        } else {
            reader.onNext(
                    CallNotice.newBuilder()
                            .setStreamId(STREAM)
                            .setSequence(told.size())
                            .setSnapshotRequired(SnapshotRequired.getDefaultInstance())
                            .build());
        }
        readers.put(request.getController().getInstance(), reader);
    }

    @Override
    public synchronized void listCalls(
            ListCallsRequest request, StreamObserver<ListCallsResponse> answer) {
        var page =
                live.values().stream()
                        .filter(call -> call.getCallId().compareTo(request.getAfterCallId()) > 0)
                        .toList();
        reply(answer, ListCallsResponse.newBuilder().addAllCalls(page).build());
    }

    private <A> void obey(Message order, StreamObserver<A> answer, A done) {
        orders.add(order);
        reply(answer, done);
    }

    private static <A> void reply(StreamObserver<A> answer, A message) {
        answer.onNext(message);
        answer.onCompleted();
    }

    private static Done done() {
        return Done.getDefaultInstance();
    }

    @Override
    public void answerLeg(AnswerLegRequest order, StreamObserver<AnswerLegResponse> answer) {
        obey(order, answer, AnswerLegResponse.newBuilder().setDone(done()).build());
    }

    @Override
    public void play(PlayRequest order, StreamObserver<PlayResponse> answer) {
        obey(order, answer, PlayResponse.newBuilder().setDone(done()).build());
    }

    @Override
    public void addLeg(AddLegRequest order, StreamObserver<AddLegResponse> answer) {
        obey(order, answer, AddLegResponse.newBuilder().setDone(done()).build());
    }

    @Override
    public void createCall(CreateCallRequest order, StreamObserver<CreateCallResponse> answer) {
        obey(order, answer, CreateCallResponse.newBuilder().setDone(done()).build());
    }

    @Override
    public void joinLegs(JoinLegsRequest order, StreamObserver<JoinLegsResponse> answer) {
        obey(order, answer, JoinLegsResponse.newBuilder().setDone(done()).build());
    }

    @Override
    public void hangUpLeg(HangUpLegRequest order, StreamObserver<HangUpLegResponse> answer) {
        obey(order, answer, HangUpLegResponse.newBuilder().setDone(done()).build());
    }

    @Override
    public void hangUpCall(HangUpCallRequest order, StreamObserver<HangUpCallResponse> answer) {
        obey(order, answer, HangUpCallResponse.newBuilder().setDone(done()).build());
    }
}
