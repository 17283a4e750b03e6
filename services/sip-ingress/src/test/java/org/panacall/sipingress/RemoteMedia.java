// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress;

import com.google.protobuf.Descriptors;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.panacall.proto.media.v1.ArrangeRequest;
import org.panacall.proto.media.v1.ArrangeResponse;
import org.panacall.proto.media.v1.ArrangeStep;
import org.panacall.proto.media.v1.CloseLegRequest;
import org.panacall.proto.media.v1.CloseLegResponse;
import org.panacall.proto.media.v1.LegNotice;
import org.panacall.proto.media.v1.LegOpened;
import org.panacall.proto.media.v1.LegStatistics;
import org.panacall.proto.media.v1.MediaServiceGrpc;
import org.panacall.proto.media.v1.OpenLegRequest;
import org.panacall.proto.media.v1.OpenLegResponse;
import org.panacall.proto.media.v1.WatchLegsRequest;

/** A media node without audio: keeps what it was asked for, tells what the test says. */
final class RemoteMedia extends MediaServiceGrpc.MediaServiceImplBase {

    private static final Descriptors.OneofDescriptor STEP =
            ArrangeStep.getDescriptor().getOneofs().getFirst();

    private final LinkedBlockingQueue<Object> asked = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<StreamObserver<LegNotice>> readers =
            new LinkedBlockingQueue<>();
    private volatile boolean mute;
    private int sequence;
    private int restarts = 1;

    /** The next request of this kind; others are passed over. */
    <T> T asked(Class<T> kind) throws InterruptedException {
        return asked(kind, any -> true);
    }

    /** The next one that is meant. Legs of the test before may be closed late. */
    <T> T asked(Class<T> kind, Predicate<T> wanted) throws InterruptedException {
        while (true) {
            var request = asked.poll(10, TimeUnit.SECONDS);
            if (request == null) throw new AssertionError("no " + kind.getSimpleName());
            if (kind.isInstance(request) && wanted.test(kind.cast(request))) {
                return kind.cast(request);
            }
        }
    }

    /** Waits until a leg is closed. */
    void awaitClosed(String leg) throws InterruptedException {
        asked(CloseLegRequest.class, request -> request.getLegId().equals(leg));
    }

    void forget() {
        asked.clear();
    }

    /** Opens legs from now on, or not any more, without a word. */
    void mute(boolean silent) {
        mute = silent;
    }

    /** Tells whoever listens; those who are gone are forgotten. */
    void tell(LegNotice.Builder notice) throws InterruptedException {
        var whole = notice.setStreamId("stream_" + restarts).setSequence(++sequence).build();
        while (true) {
            var reader = readers.poll(10, TimeUnit.SECONDS);
            if (((ServerCallStreamObserver<LegNotice>) reader).isCancelled()) continue;
            reader.onNext(whole);
            readers.add(reader);
            return;
        }
    }

    /** Has another stream from now on, as a new process would. */
    void restart() {
        restarts++;
    }

    @Override
    public void openLeg(OpenLegRequest request, StreamObserver<OpenLegResponse> answer) {
        asked.add(request);
        if (mute) return;
        var opened = LegOpened.newBuilder().setAddress("127.0.0.1").setRtpPort(24_000);
        reply(answer, OpenLegResponse.newBuilder().setOpened(opened.setRtcpPort(24_001)).build());
    }

    /** Each step as if it had come by itself. */
    @Override
    public void arrange(ArrangeRequest request, StreamObserver<ArrangeResponse> answer) {
        var answers = ArrangeResponse.newBuilder();
        for (var step : request.getStepsList()) {
            asked.add(step.getField(step.getOneofFieldDescriptor(STEP)));
            var one = answers.addAnswersBuilder();
            if (step.hasCloseLeg()) one.setCloseLeg(closed());
        }
        reply(answer, answers.build());
    }

    @Override
    public void closeLeg(CloseLegRequest request, StreamObserver<CloseLegResponse> answer) {
        asked.add(request);
        reply(answer, closed());
    }

    private static CloseLegResponse closed() {
        var figures = LegStatistics.newBuilder().setPacketsReceived(42).setMos(4.4);
        return CloseLegResponse.newBuilder().setClosed(figures).build();
    }

    @Override
    public void watchLegs(WatchLegsRequest request, StreamObserver<LegNotice> answer) {
        readers.add(answer);
    }

    private static <A> void reply(StreamObserver<A> observer, A answer) {
        observer.onNext(answer);
        observer.onCompleted();
    }
}
