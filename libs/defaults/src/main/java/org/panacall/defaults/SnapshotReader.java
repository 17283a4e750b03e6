// SPDX-License-Identifier: Apache-2.0
package org.panacall.defaults;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Follows a stream of snapshots from another service, keeps the last good one on disk, and works
 * with that while the other is away (decision 17).
 *
 * <p>One virtual thread; the listener runs on it or on a gRPC thread, never on two at once. A lost
 * stream is asked for again after half a second at most: what was published meanwhile is used
 * within a second of the other's return.
 *
 * @param <T> the snapshot
 */
public final class SnapshotReader<T extends MessageLite> implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(SnapshotReader.class);
    private static final Duration RETRY_MIN = Duration.ofMillis(100);
    private static final Duration RETRY_MAX = Duration.ofMillis(500);

    private final Path file;
    private final BiConsumer<Optional<T>, StreamObserver<T>> subscribe;
    private final Consumer<T> listener;
    private final Consumer<T> used;
    private final Thread thread;
    private volatile Optional<T> last;

    /**
     * @param file where the last good snapshot is kept
     * @param parser of the snapshot
     * @param subscribe asks the other service for its stream, given what is known already; must
     *     take the channel from {@link Peers} each time, which tries one that is broken anew
     * @param listener gets each snapshot, the one from disk first; what it throws is logged
     */
    public SnapshotReader(
            Path file,
            Parser<T> parser,
            BiConsumer<Optional<T>, StreamObserver<T>> subscribe,
            Consumer<T> listener) {
        this(file, parser, subscribe, listener, snapshot -> {});
    }

    /**
     * @param used gets each snapshot that came, once the listener has had it; must not block
     */
    public SnapshotReader(
            Path file,
            Parser<T> parser,
            BiConsumer<Optional<T>, StreamObserver<T>> subscribe,
            Consumer<T> listener,
            Consumer<T> used) {
        this.file = file;
        this.subscribe = subscribe;
        this.listener = listener;
        this.used = used;
        last = load(file, parser);
        last.ifPresent(this::tell);
        thread = Thread.ofVirtual().name("snapshots-" + file.getFileName()).start(this::follow);
    }

    /** The newest snapshot; empty until the first one came and none was on disk. */
    public Optional<T> last() {
        return last;
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void follow() {
        var pause = RETRY_MIN;
        while (!Thread.currentThread().isInterrupted()) {
            var before = last;
            var over = new CountDownLatch(1);
            try {
                ask(over);
                over.await();
                pause = last == before ? doubled(pause) : RETRY_MIN;
                new CountDownLatch(1)
                        .await(pause.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS);
            } catch (InterruptedException closed) {
                return;
            }
        }
    }

    /** Whatever keeps us from asking may be over the next time. */
    private void ask(CountDownLatch over) {
        try {
            subscribe.accept(last, observer(over));
        } catch (RuntimeException fault) {
            LOG.warnf("snapshots for %s: %s", file.getFileName(), fault.getMessage());
            over.countDown();
        }
    }

    private static Duration doubled(Duration pause) {
        var next = pause.multipliedBy(2);
        return next.compareTo(RETRY_MAX) > 0 ? RETRY_MAX : next;
    }

    private StreamObserver<T> observer(CountDownLatch over) {
        return new StreamObserver<>() {
            @Override
            public void onNext(T snapshot) {
                last = Optional.of(snapshot);
                tell(snapshot);
                used.accept(snapshot);
                // After it is in force: a slow disk must not keep anybody waiting.
                store(snapshot);
            }

            @Override
            public void onError(Throwable fault) {
                LOG.debugf("snapshots from %s ended: %s", file.getFileName(), fault.getMessage());
                over.countDown();
            }

            @Override
            public void onCompleted() {
                over.countDown();
            }
        };
    }

    /** The next one may be better: a snapshot that cannot be used must not end the stream. */
    private void tell(T snapshot) {
        try {
            listener.accept(snapshot);
        } catch (RuntimeException fault) {
            LOG.errorf(fault, "a snapshot for %s cannot be used", file.getFileName());
        }
    }

    /** A full disk must not stop the service: the snapshot is used and the fault is logged. */
    private void store(T snapshot) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            var fresh = file.resolveSibling(file.getFileName() + ".new");
            Files.write(fresh, snapshot.toByteArray());
            Files.move(
                    fresh,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException fault) {
            LOG.warnf(
                    "last good snapshot %s not stored: %s", file.getFileName(), fault.getMessage());
        }
    }

    private static <T extends MessageLite> Optional<T> load(Path file, Parser<T> parser) {
        try {
            return Optional.of(parser.parseFrom(Files.readAllBytes(file)));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (InvalidProtocolBufferException torn) {
            LOG.warnf("last good snapshot %s cannot be read and is ignored", file.getFileName());
            return Optional.empty();
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }
}
