// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.browser;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Where the browser is; a machine without one fails the tests rather than skipping them. */
final class Chromium {

    private Chromium() {}

    static Path path() {
        var chosen = Optional.ofNullable(System.getenv("CHROMIUM")).stream();
        var usual = Stream.of("chromium", "chromium-browser", "google-chrome");
        return Stream.concat(chosen, usual.map("/usr/bin/"::concat))
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalStateException(
                                        "No Chromium found: run `bin/packages test`, or name one"
                                                + " in CHROMIUM."));
    }
}
