// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.grpc;

import io.grpc.stub.StreamObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.panacall.defaults.Outlet;
import org.panacall.proto.sipingress.v1.CallNotice;
import org.panacall.proto.sipingress.v1.SnapshotRequired;
import org.panacall.sipingress.SipIngressConfig;
import org.panacall.sipingress.core.call.Controller;
import org.panacall.sipingress.core.command.IngressEffect;

/**
 * What happens on calls, in one numbered stream a controller instance. The newest notices are kept
 * for a reader that comes back; one reader a stream, the newest one. At most 256 streams: the one
 * told longest ago is forgotten.
 */
@ApplicationScoped
public class CallNotices {

    private static final int STREAMS_MAX = 256;

    private final String streamId = "stream_" + UUID.randomUUID();
    private final LinkedHashMap<Controller, Stream> streams = new LinkedHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final int capacity;
    private final Counter told;
    private final Counter overwritten;

    CallNotices(SipIngressConfig config, MeterRegistry registry) {
        capacity = config.own().noticeBuffer();
        told = registry.counter("notices.told");
        overwritten = registry.counter("notices.overwritten");
    }

    /** One controller's notices. Guarded by the lock. */
    private static final class Stream {
        private final ArrayDeque<CallNotice> kept = new ArrayDeque<>();
        private long last;
        private Outlet<CallNotice> reader;
    }

    /** Tells a controller, now or when it comes back. */
    public void tell(IngressEffect.Tell tell) {
        var message = NoticeWriter.write(tell).setStreamId(streamId);
        lock.lock();
        try {
            var stream = stream(tell.to());
            var notice = message.setSequence(++stream.last).build();
            if (stream.kept.size() == capacity) {
                stream.kept.removeFirst();
                overwritten.increment();
            }
            stream.kept.addLast(notice);
            told.increment();
            if (stream.reader != null) stream.reader.offer(notice);
        } finally {
            lock.unlock();
        }
    }

    /**
     * What a reader wants: a controller's notices after the last one it has seen.
     *
     * @param known the name of the stream that it has seen; empty text when none
     */
    public record Wish(Controller controller, String known, long after) {}

    /**
     * Gives a reader what it wants, until it goes or another one comes in its place.
     *
     * @param watching is told when the reader comes and goes, unless another one replaced it
     */
    public void watch(Wish wish, Consumer<Boolean> watching, StreamObserver<CallNotice> caller) {
        var place = new AtomicReference<Outlet<CallNotice>>();
        Runnable end = () -> leave(wish.controller(), place.get(), watching);
        place.set(new Outlet<>(caller, capacity * 2, end));
        enter(wish.controller(), place.get(), missed(wish.known(), wish.after()));
        watching.accept(true);
    }

    private interface Missed {
        ArrayList<CallNotice> of(Stream stream);
    }

    private Missed missed(String known, long after) {
        return stream -> {
            var notices = new ArrayList<CallNotice>();
            boolean sameStream = known.isEmpty() || known.equals(streamId);
            long first = stream.last - stream.kept.size() + 1;
            if (!sameStream || after + 1 < first || after > stream.last) {
                notices.add(
                        CallNotice.newBuilder()
                                .setStreamId(streamId)
                                .setSequence(stream.last)
                                .setSnapshotRequired(SnapshotRequired.getDefaultInstance())
                                .build());
                return notices;
            }
            stream.kept.stream()
                    .filter(notice -> notice.getSequence() > after)
                    .forEach(notices::add);
            return notices;
        };
    }

    private void enter(Controller controller, Outlet<CallNotice> reader, Missed missed) {
        lock.lock();
        try {
            var stream = stream(controller);
            var before = stream.reader;
            stream.reader = reader;
            missed.of(stream).forEach(reader::offer);
            if (before != null) before.complete();
        } finally {
            lock.unlock();
        }
    }

    private void leave(
            Controller controller, Outlet<CallNotice> reader, Consumer<Boolean> watching) {
        lock.lock();
        try {
            var stream = streams.get(controller);
            if (stream == null || stream.reader != reader) return;
            stream.reader = null;
        } finally {
            lock.unlock();
        }
        watching.accept(false);
    }

    private Stream stream(Controller controller) {
        var stream = streams.remove(controller);
        if (stream == null) {
            if (streams.size() == STREAMS_MAX) streams.pollFirstEntry();
            stream = new Stream();
        }
        streams.put(controller, stream);
        return stream;
    }
}
