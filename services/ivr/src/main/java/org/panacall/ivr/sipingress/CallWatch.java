// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.sipingress;

import io.grpc.Context;
import io.grpc.StatusRuntimeException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;
import org.panacall.ivr.IvrConfig;

/**
 * The stream of notices of one sip-ingress, resumed where it broke off, on a virtual thread.
 *
 * <p>Gives up when the instance was away for long: it is watched again when a call comes from it.
 */
final class CallWatch implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(CallWatch.class);

    /** A name that no stream has: what was told to the dead owner is nothing to his heir. */
    private static final String NO_STREAM = "none";

    private final String address;
    private final CallControl control;
    private final NoticeReader reader;
    private final IvrConfig.WatchConfig config;
    private final Context.CancellableContext context = Context.ROOT.withCancellation();
    private final Runnable gaveUp;
    private final Counter lost;
    private final Thread thread;
    private volatile boolean running = true;
    private String streamId;
    private long sequence;
    private boolean askedForOrphans;
    private long failingSinceNanos = System.nanoTime();

    /**
     * Whom we watch.
     *
     * @param heir whether another one watched it before us
     */
    record Source(String address, boolean heir) {}

    CallWatch(
            Source source,
            CallControl control,
            NoticeReader reader,
            IvrConfig.WatchConfig config,
            MeterRegistry registry,
            Runnable gaveUp) {
        this.address = source.address();
        this.streamId = source.heir() ? NO_STREAM : "";
        this.control = control;
        this.reader = reader;
        this.config = config;
        this.gaveUp = gaveUp;
        lost = registry.counter("ivr.watch.lost", "sip.ingress", address);
        thread = Thread.ofVirtual().name("watch-" + address).start(context.wrap(this::run));
    }

    private void run() {
        var pause = config.pauseMin();
        while (running) {
            var begunNanos = System.nanoTime();
            var before = sequence;
            try {
                follow();
            } catch (StatusRuntimeException | UncheckedIOException fault) {
                LOG.debugf("notices of %s: %s", address, fault.getMessage());
            }
            lost.increment();
            var lasted = sequence != before || since(begunNanos).compareTo(config.pauseMax()) > 0;
            if (lasted) {
                failingSinceNanos = System.nanoTime();
            }
            pause = lasted ? config.pauseMin() : doubled(pause);
            if (since(failingSinceNanos).compareTo(config.giveUpAfter()) > 0) {
                LOG.infof("%s is watched no longer: it was away for long", address);
                gaveUp.run();
                return;
            }
            if (running) {
                LockSupport.parkNanos(pause.toNanos());
            }
        }
    }

    private void follow() {
        if (!askedForOrphans) {
            reader.adoptOrphans();
            askedForOrphans = true;
        }
        var notices = control.watch(streamId, sequence);
        // What could not be reached for a while may have been given up: it is there.
        reader.findCallers();
        while (running && notices.hasNext()) {
            var notice = notices.next();
            try {
                reader.read(notice);
            } catch (IllegalArgumentException malformed) {
                LOG.warnf("a notice of %s makes no sense: %s", address, malformed.getMessage());
            }
            // Only now: a snapshot that could not be asked for is required again.
            streamId = notice.getStreamId();
            sequence = notice.getSequence();
        }
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    private Duration doubled(Duration pause) {
        var next = pause.multipliedBy(2);
        return next.compareTo(config.pauseMax()) > 0 ? config.pauseMax() : next;
    }

    @Override
    public void close() {
        running = false;
        context.cancel(null);
        LockSupport.unpark(thread);
    }
}
