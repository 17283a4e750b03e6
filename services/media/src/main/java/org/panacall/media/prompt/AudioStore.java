// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.prompt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * Audio on this node's disk by hash, fetched once and never changed. So many bytes at most; the
 * ones used longest ago go first. A file that is not what its name says is fetched anew.
 */
public final class AudioStore {

    private static final Logger LOG = Logger.getLogger(AudioStore.class);
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    /** Where audio comes from. Blocks; ends within seconds. */
    public interface Source {

        /**
         * @throws IOException when it cannot be had now, or is gone
         */
        byte[] fetch(String tenantId, String hash) throws IOException, InterruptedException;
    }

    private record Aged(String hash, FileTime usedAt) {}

    private final Path directory;
    private final Source source;
    private final long bytesMax;
    private final Map<String, Long> sizes = new ConcurrentHashMap<>();
    private final Map<String, ReentrantLock> fetching = new ConcurrentHashMap<>();
    private final ReentrantLock trimming = new ReentrantLock();
    private final LongAdder fetched = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder dropped = new LongAdder();

    public AudioStore(Path directory, Source source, long bytesMax) throws IOException {
        this.directory = directory;
        this.source = source;
        this.bytesMax = bytesMax;
        Files.createDirectories(directory);
        try (var present = Files.newDirectoryStream(directory)) {
            for (var file : present) {
                var hash = file.getFileName().toString().replaceFirst("\\.wav$", "");
                if (HASH.matcher(hash).matches()) {
                    sizes.put(hash, Files.size(file));
                } else {
                    // Half a file of a process that was killed.
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /** Audio, from here or from where it is. */
    public byte[] get(String tenantId, String hash) throws IOException, InterruptedException {
        if (!HASH.matcher(hash).matches()) {
            throw new IOException("no hash of audio");
        }
        var lock = fetching.computeIfAbsent(hash, any -> new ReentrantLock());
        lock.lockInterruptibly();
        try {
            var kept = kept(hash);
            if (kept.length > 0) {
                return kept;
            }
            return fetch(tenantId, hash);
        } finally {
            lock.unlock();
            fetching.remove(hash, lock);
        }
    }

    /** Whether it is here; it may be gone a moment later. */
    public boolean has(String hash) {
        return sizes.containsKey(hash);
    }

    /** Empty as well when it is torn. */
    private byte[] kept(String hash) {
        var file = file(hash);
        try {
            var bytes = Files.readAllBytes(file);
            if (hash(bytes).equals(hash)) {
                Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
                return bytes;
            }
            LOG.warn("audio on disk is torn and is fetched anew");
        } catch (NoSuchFileException notHere) {
            return new byte[0];
        } catch (IOException fault) {
            LOG.warnf("audio on disk cannot be read: %s", fault.getMessage());
        }
        return new byte[0];
    }

    private byte[] fetch(String tenantId, String hash) throws IOException, InterruptedException {
        byte[] bytes;
        try {
            bytes = source.fetch(tenantId, hash);
            if (!hash(bytes).equals(hash)) {
                throw new IOException("audio came that is not what was asked for");
            }
        } catch (IOException fault) {
            failures.increment();
            throw fault;
        }
        fetched.increment();
        try {
            store(hash, bytes);
        } catch (IOException diskFault) {
            LOG.warnf("audio is not kept: %s", diskFault.getMessage());
        }
        return bytes;
    }

    private void store(String hash, byte[] bytes) throws IOException {
        var fresh = Files.createTempFile(directory, "audio", ".new");
        try {
            Files.write(fresh, bytes);
            Files.move(
                    fresh,
                    file(hash),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
        sizes.put(hash, (long) bytes.length);
        if (bytes() > bytesMax && trimming.tryLock()) {
            try {
                trim();
            } finally {
                trimming.unlock();
            }
        }
    }

    private void trim() throws IOException {
        var byAge = new ArrayList<Aged>();
        for (var hash : sizes.keySet()) {
            var file = file(hash);
            if (Files.exists(file)) {
                byAge.add(new Aged(hash, Files.getLastModifiedTime(file)));
            } else {
                sizes.remove(hash);
            }
        }
        byAge.sort(Comparator.comparing(Aged::usedAt).thenComparing(Aged::hash));
        for (var old : byAge) {
            if (bytes() <= bytesMax) {
                return;
            }
            Files.deleteIfExists(file(old.hash()));
            sizes.remove(old.hash());
            dropped.increment();
        }
    }

    private Path file(String hash) {
        return directory.resolve(hash + ".wav");
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** That may be on disk. */
    public long bytesMax() {
        return bytesMax;
    }

    /** On disk now. */
    public long bytes() {
        return sizes.values().stream().mapToLong(Long::longValue).sum();
    }

    public long fetched() {
        return fetched.sum();
    }

    public long failures() {
        return failures.sum();
    }

    /** Taken from the disk for others. */
    public long dropped() {
        return dropped.sum();
    }
}
