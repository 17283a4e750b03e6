// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.seed;

import java.nio.file.Path;
import java.util.List;

/** A seed file that cannot be loaded: which one, where in it, and what to do. */
public final class SeedRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public SeedRefused(Path file, List<String> faults) {
        super("seed file " + file + " is refused:\n  " + String.join("\n  ", faults));
    }
}
