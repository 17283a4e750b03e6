// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.panacall.defaults.seal.MasterKeys;
import org.panacall.media.tap.Recorder;
import org.panacall.proto.call.v1.RecordingEnd;
import org.panacall.proto.recordings.v1.RecordingBegin;
import org.panacall.proto.recordings.v1.RecordingFinish;

/**
 * Recordings on this node's disk, sealed, until somebody else has them. One thread writes what all
 * recorders have on their tapes; what a process that died left unfinished is finished by the next.
 *
 * <p>Names of files say nothing. What there is no room for is not recorded, and the call goes on.
 */
public final class Spool implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Spool.class);
    private static final String GROWING = ".part";
    private static final String WHOLE = ".rec";
    private static final String REFUSED = ".bad";
    private static final long LOOK_MILLIS = 100;

    /** About half a second of one party. */
    private static final int PART_BYTES = 4_096;

    private final Path directory;
    private final MasterKeys masters;
    private final Bounds bounds;
    private final ConcurrentLinkedQueue<Growing> growing = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private final LongAdder begun = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder found = new LongAdder();
    private final byte[] piece = new byte[PART_BYTES];
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private volatile Runnable whole = () -> {};

    /** On disk in all, and at the same time. */
    public record Bounds(long bytes, int recordings) {}

    /** One that is being recorded. */
    private static final class Growing {

        final Recorder recorder;
        final RecordingBegin what;
        final Path file;
        SpoolFile.Writer writer;
        long counted;

        Growing(Recorder recorder, RecordingBegin what, Path file) {
            this.recorder = recorder;
            this.what = what;
            this.file = file;
        }
    }

    public Spool(Path directory, MasterKeys masters, Bounds bounds) throws IOException {
        this.directory = directory;
        this.masters = masters;
        this.bounds = bounds;
        Files.createDirectories(
                directory,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        for (var left : files(GROWING)) {
            found.increment();
            rename(left, GROWING, WHOLE);
        }
        for (var aside : files(REFUSED)) {
            rename(aside, REFUSED, WHOLE);
        }
        for (var file : files("")) {
            bytes.addAndGet(Files.size(file));
        }
        thread = Thread.ofPlatform().name("spool").daemon().start(this::run);
    }

    /** Says who is to know of each recording that is whole. */
    public void tell(Runnable listener) {
        whole = listener;
    }

    /** A tap for a recording to come; empty when there is no room for it. */
    public Optional<Recorder> begin(RecordingBegin what, Recorder.Limits limits) {
        if (bytes.get() >= bounds.bytes() || count.get() >= bounds.recordings()) {
            refused.increment();
            return Optional.empty();
        }
        count.incrementAndGet();
        begun.increment();
        var recorder = new Recorder(what.getRecordingId(), limits);
        growing.add(new Growing(recorder, what, directory.resolve(UUID.randomUUID() + GROWING)));
        return Optional.of(recorder);
    }

    private void run() {
        try {
            while (!closing.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                writeAll();
            }
        } catch (InterruptedException over) {
            LOG.debug("the spool is closed");
        }
        growing.forEach(each -> each.recorder.stop());
        writeAll();
    }

    private void writeAll() {
        for (var each : growing) {
            // The end is looked at first: all that was put on the tape before it is written.
            boolean over = each.recorder.end() != null;
            try {
                write(each, over);
            } catch (IOException fault) {
                LOG.warnf("a recording cannot be written: %s", fault.getMessage());
                each.recorder.fail();
                failed.increment();
                over = true;
            }
            if (over) {
                growing.remove(each);
                close(each);
                // Only now: who sees one recording less sees its bytes as they are from now on.
                count.decrementAndGet();
            }
        }
    }

    private void write(Growing each, boolean over) throws IOException {
        var tape = each.recorder.tape();
        while (tape.waiting() >= PART_BYTES || over && tape.waiting() > 0) {
            if (each.writer == null) {
                each.writer = new SpoolFile.Writer(each.file, masters, each.what.toByteArray());
            }
            each.writer.part(Arrays.copyOf(piece, tape.read(piece)));
            count(each);
        }
        if (over && each.writer != null) {
            var end =
                    RecordingFinish.newBuilder()
                            .setEnd(RecordingEnd.valueOf("RECORDING_END_" + each.recorder.end()))
                            .setSamples(each.recorder.samples());
            each.writer.finish(end.build().toByteArray());
            count(each);
        }
    }

    private void count(Growing each) {
        bytes.addAndGet(each.writer.bytes() - each.counted);
        each.counted = each.writer.bytes();
    }

    private void close(Growing each) {
        if (each.writer == null) {
            return;
        }
        try {
            each.writer.close();
            if (each.recorder.made().id().isEmpty()) {
                drop(each.file);
            } else {
                rename(each.file, GROWING, WHOLE);
                whole.run();
            }
        } catch (IOException fault) {
            LOG.warnf("a recording is left for the next start: %s", fault.getMessage());
        }
    }

    private static void rename(Path file, String before, String after) throws IOException {
        var name = file.getFileName().toString().replace(before, after);
        Files.move(file, file.resolveSibling(name), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Those that are whole, the oldest first. */
    List<Path> waiting() throws IOException {
        return files(WHOLE);
    }

    /** Somebody else has it. */
    void drop(Path file) throws IOException {
        long size = Files.size(file);
        Files.delete(file);
        bytes.addAndGet(-size);
    }

    /** Nobody takes it as it is; for people to look at, and tried again at the next start. */
    void refuse(Path file) throws IOException {
        rename(file, WHOLE, REFUSED);
    }

    MasterKeys masters() {
        return masters;
    }

    private List<Path> files(String end) throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.filter(file -> file.getFileName().toString().endsWith(end))
                    .sorted(Comparator.comparingLong(Spool::writtenAt))
                    .toList();
        }
    }

    private static long writtenAt(Path file) {
        try {
            return Files.getLastModifiedTime(file).toMillis();
        } catch (IOException gone) {
            return Long.MAX_VALUE;
        }
    }

    /** Being recorded now. */
    public int recordings() {
        return count.get();
    }

    /** On disk now. */
    public long bytes() {
        return bytes.get();
    }

    public long begun() {
        return begun.sum();
    }

    /** Not recorded for lack of room. */
    public long refused() {
        return refused.sum();
    }

    /** Broken off by the disk. */
    public long failed() {
        return failed.sum();
    }

    /** Found unfinished at the start. */
    public long found() {
        return found.sum();
    }

    /** Writes what is on the tapes. */
    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(2));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
