// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.listen;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;

/** Models of Vosk on disk, looked at before native code does. */
final class ModelFolders {

    private ModelFolders() {}

    /**
     * Language → folder of its model.
     *
     * @throws IOException when there is none, or one is no model; says what to put where
     */
    static SortedMap<String, Path> of(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new IOException("there is no folder of models " + directory);
        }
        var folders = new TreeMap<String, Path>();
        try (var inside = Files.list(directory)) {
            for (var folder : inside.filter(Files::isDirectory).toList()) {
                var language = folder.getFileName().toString();
                if (language.matches("[a-z]{2,3}")) {
                    requireModel(folder);
                    folders.put(language, folder);
                }
            }
        }
        if (folders.isEmpty()) {
            throw new IOException(
                    "the folder of models "
                            + directory
                            + " has no folder named by a language, such as ru");
        }
        return folders;
    }

    private static void requireModel(Path folder) throws IOException {
        boolean acoustic =
                Files.isRegularFile(folder.resolve("am/final.mdl"))
                        || Files.isRegularFile(folder.resolve("final.mdl"));
        if (!acoustic) {
            throw new IOException(
                    folder + " is no model of Vosk: it has no am/final.mdl; unpack a model there");
        }
    }
}
