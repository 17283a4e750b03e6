// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.sipingress;

import com.google.protobuf.Message;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.panacall.proto.sipingress.v1.AnswerLegRequest;
import org.panacall.proto.sipingress.v1.AnswerLegResponse;
import org.panacall.proto.sipingress.v1.CallControlServiceGrpc.CallControlServiceImplBase;
import org.panacall.proto.sipingress.v1.CallNotice;
import org.panacall.proto.sipingress.v1.Done;
import org.panacall.proto.sipingress.v1.EchoLegRequest;
import org.panacall.proto.sipingress.v1.EchoLegResponse;
import org.panacall.proto.sipingress.v1.HandOverRequest;
import org.panacall.proto.sipingress.v1.HandOverResponse;
import org.panacall.proto.sipingress.v1.HangUpCallRequest;
import org.panacall.proto.sipingress.v1.HangUpCallResponse;
import org.panacall.proto.sipingress.v1.ListCallsRequest;
import org.panacall.proto.sipingress.v1.ListCallsResponse;
import org.panacall.proto.sipingress.v1.LiveCall;
import org.panacall.proto.sipingress.v1.PlayRequest;
import org.panacall.proto.sipingress.v1.PlayResponse;
import org.panacall.proto.sipingress.v1.SnapshotRequired;
import org.panacall.proto.sipingress.v1.StopPlayRequest;
import org.panacall.proto.sipingress.v1.StopPlayResponse;
import org.panacall.proto.sipingress.v1.WatchCallsRequest;

/**
 * A sip-ingress without SIP on a real port: it takes commands down, and tells what the test wants
 * by a stream that can be broken and resumed. It holds the calls it was given.
 */
public final class FakeSipIngress extends CallControlServiceImplBase implements AutoCloseable {

    private static final Done DONE = Done.getDefaultInstance();

    private final LinkedBlockingQueue<Message> commands = new LinkedBlockingQueue<>();
    private final List<CallNotice> told = new ArrayList<>();
    private final List<ServerCallStreamObserver<CallNotice>> watchers = new ArrayList<>();
    private final List<LiveCall> live = new ArrayList<>();
    private final Server server;
    private String streamId = "stream-1";
    private int failures;

    public FakeSipIngress() {
        try {
            server =
                    NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
                            .addService(this)
                            .build()
                            .start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public String address() {
        return "127.0.0.1:" + server.getPort();
    }

    /** The next command, which must be of this kind. */
    public <T extends Message> T next(Class<T> kind) throws InterruptedException {
        var command = commands.poll(10, TimeUnit.SECONDS);
        if (!kind.isInstance(command)) {
            throw new AssertionError("expected " + kind.getSimpleName() + ", got " + command);
        }
        return kind.cast(command);
    }

    /** The next command of this kind, whatever comes before it. */
    public <T extends Message> T find(Class<T> kind) throws InterruptedException {
        var command = commands.poll(10, TimeUnit.SECONDS);
        while (command != null && !kind.isInstance(command)) {
            command = commands.poll(10, TimeUnit.SECONDS);
        }
        return kind.cast(Objects.requireNonNull(command, kind.getSimpleName()));
    }

    /** Answers so many commands with UNAVAILABLE from now on. */
    public synchronized void failNext(int commandCount) {
        failures = commandCount;
    }

    /** Tells something of a call to all who watch, now or later. */
    public synchronized void tell(String callId, CallNotice.Builder notice) {
        var numbered =
                notice.setCallId(callId).setStreamId(streamId).setSequence(told.size() + 1).build();
        told.add(numbered);
        watchers.forEach(watcher -> watcher.onNext(numbered));
    }

    /** Holds a call from now on, as {@code ListCalls} shows it. */
    public synchronized void hold(LiveCall call) {
        live.add(call);
    }

    /** Breaks all streams, as a lost connection would. */
    public synchronized void breakStreams() {
        watchers.forEach(watcher -> watcher.onError(Status.UNAVAILABLE.asRuntimeException()));
        watchers.clear();
    }

    /** Forgets everything, as a restart would: no calls, no notices, another stream. */
    public synchronized void restart() {
        told.clear();
        live.clear();
        streamId = streamId + "-again";
        breakStreams();
    }

    public synchronized boolean isWatched() {
        return !watchers.isEmpty();
    }

    @Override
    public synchronized void watchCalls(
            WatchCallsRequest request, StreamObserver<CallNotice> observer) {
        var watcher = (ServerCallStreamObserver<CallNotice>) observer;
        if (!request.getStreamId().isEmpty() && !request.getStreamId().equals(streamId)) {
            told.add(
                    CallNotice.newBuilder()
                            .setStreamId(streamId)
                            .setSequence(told.size() + 1)
                            .setSnapshotRequired(SnapshotRequired.getDefaultInstance())
                            .build());
            watcher.onNext(told.getLast());
        } else {
            told.stream()
                    .filter(notice -> notice.getSequence() > request.getAfterSequence())
                    .forEach(watcher::onNext);
        }
        watchers.add(watcher);
    }

    @Override
    public void answerLeg(AnswerLegRequest request, StreamObserver<AnswerLegResponse> observer) {
        take(request, AnswerLegResponse.newBuilder().setDone(DONE).build(), observer);
    }

    @Override
    public void play(PlayRequest request, StreamObserver<PlayResponse> observer) {
        take(request, PlayResponse.newBuilder().setDone(DONE).build(), observer);
    }

    @Override
    public void stopPlay(StopPlayRequest request, StreamObserver<StopPlayResponse> observer) {
        take(request, StopPlayResponse.newBuilder().setDone(DONE).build(), observer);
    }

    @Override
    public void echoLeg(EchoLegRequest request, StreamObserver<EchoLegResponse> observer) {
        take(request, EchoLegResponse.newBuilder().setDone(DONE).build(), observer);
    }

    @Override
    public void handOver(HandOverRequest request, StreamObserver<HandOverResponse> observer) {
        take(request, HandOverResponse.newBuilder().setDone(DONE).build(), observer);
    }

    @Override
    public void hangUpCall(HangUpCallRequest request, StreamObserver<HangUpCallResponse> observer) {
        take(request, HangUpCallResponse.newBuilder().setDone(DONE).build(), observer);
    }

    @Override
    public void listCalls(ListCallsRequest request, StreamObserver<ListCallsResponse> observer) {
        var response = ListCallsResponse.newBuilder();
        synchronized (this) {
            live.stream()
                    .filter(call -> call.getCallId().compareTo(request.getAfterCallId()) > 0)
                    .forEach(response::addCalls);
        }
        observer.onNext(response.build());
        observer.onCompleted();
    }

    private synchronized <T> void take(Message command, T answer, StreamObserver<T> observer) {
        if (failures > 0) {
            failures--;
            observer.onError(Status.UNAVAILABLE.asRuntimeException());
            return;
        }
        commands.add(command);
        observer.onNext(answer);
        observer.onCompleted();
    }

    @Override
    public void close() {
        server.shutdownNow();
    }
}
