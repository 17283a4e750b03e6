// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.prompt.shipped;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.panacall.media.prompt.PromptName;

/** Prompts that came with the product: tenant/language/id.wav. Blocks; any thread. */
public final class ShippedPrompts {

    private static final int MAX = 5_000;
    private static final int DEPTH = 3;
    private static final int BYTES_MAX = 3 << 20;
    private static final String END = ".wav";

    private final Path directory;

    public ShippedPrompts(Path directory) {
        this.directory = directory;
    }

    /**
     * A tenant's, by id and language.
     *
     * @throws IllegalArgumentException when that is no tenant's id
     */
    public List<PromptName> all(String tenant) throws IOException {
        var root = new PromptName(tenant, "en", "any").below(directory).getParent().getParent();
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (var files = Files.walk(root, DEPTH, FileVisitOption.FOLLOW_LINKS)) {
            return files.map(root::relativize)
                    .flatMap(file -> name(tenant, file))
                    .sorted(
                            Comparator.comparing(PromptName::id)
                                    .thenComparing(PromptName::language))
                    .limit(MAX)
                    .toList();
        }
    }

    private static Stream<PromptName> name(String tenant, Path file) {
        var path = file.toString().replace(file.getFileSystem().getSeparator(), "/");
        int slash = path.indexOf('/');
        if (slash < 0 || !path.endsWith(END)) {
            return Stream.empty();
        }
        try {
            var id = path.substring(slash + 1, path.length() - END.length());
            return Stream.of(new PromptName(tenant, path.substring(0, slash), id));
        } catch (IllegalArgumentException stray) {
            return Stream.empty();
        }
    }

    /** As it is kept; empty when there is none. */
    public Optional<byte[]> wave(PromptName name) throws IOException {
        var file = name.below(directory);
        return Files.isRegularFile(file) && Files.size(file) <= BYTES_MAX
                ? Optional.of(Files.readAllBytes(file))
                : Optional.empty();
    }
}
