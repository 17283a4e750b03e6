// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.prompt;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;
import org.panacall.media.play.Clip;

/**
 * Keeps spoken texts on disk, named by a hash so that names tell nothing. At most so many files;
 * the ones used longest ago go first. What goes wrong with the disk only costs the speaking again.
 */
public final class SpeechCache implements TextToSpeech {

    private static final Logger LOG = Logger.getLogger(SpeechCache.class);

    private final TextToSpeech speech;
    private final Path directory;
    private final int filesMax;
    private final ReentrantLock trimming = new ReentrantLock();
    private final ConcurrentSkipListSet<String> files = new ConcurrentSkipListSet<>();

    public SpeechCache(TextToSpeech speech, Path directory, int filesMax) throws IOException {
        this.speech = speech;
        this.directory = directory;
        this.filesMax = filesMax;
        Files.createDirectories(directory);
        try (var present = Files.list(directory)) {
            present.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".wav"))
                    .forEach(files::add);
        }
    }

    @Override
    public Clip speak(String text, String language) throws IOException, InterruptedException {
        var file = directory.resolve(name(text, language));
        var kept = kept(file);
        if (kept.isPresent()) {
            return kept.get();
        }
        var clip = speech.speak(text, language);
        try {
            store(file, clip);
        } catch (IOException diskFault) {
            LOG.warnf("spoken text not kept: %s", diskFault.getMessage());
        }
        return clip;
    }

    /** Empty as well when the file cannot be read: it is then written anew. */
    private static Optional<Clip> kept(Path file) {
        try {
            var clip = WavFile.read(Files.readAllBytes(file));
            Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
            return Optional.of(clip);
        } catch (NoSuchFileException notYet) {
            return Optional.empty();
        } catch (IOException fault) {
            LOG.warnf("kept speech cannot be read: %s", fault.getMessage());
            return Optional.empty();
        }
    }

    private void store(Path file, Clip clip) throws IOException {
        var fresh = Files.createTempFile(directory, "speech", ".new");
        try {
            Files.write(fresh, WavFile.write(clip));
            Files.move(
                    fresh,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
        files.add(file.getFileName().toString());
        if (files.size() > filesMax && trimming.tryLock()) {
            try {
                trim();
            } finally {
                trimming.unlock();
            }
        }
    }

    /** Takes away a tenth, so that this is seldom done. */
    private void trim() throws IOException {
        record Aged(String name, FileTime usedAt) {}
        var byAge = new ArrayList<Aged>();
        for (var name : files) {
            byAge.add(new Aged(name, Files.getLastModifiedTime(directory.resolve(name))));
        }
        byAge.sort(Comparator.comparing(Aged::usedAt).thenComparing(Aged::name));
        for (var old : byAge.subList(0, Math.max(1, filesMax / 10))) {
            Files.deleteIfExists(directory.resolve(old.name()));
            files.remove(old.name());
        }
    }

    private static String name(String text, String language) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update((language + "\n").getBytes(StandardCharsets.UTF_8));
            var hash = digest.digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash) + ".wav";
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
