// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.chart;

import com.marcnuri.helm.Helm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Renders the chart to plain manifests, {@code k8s/panacall.yaml}, with Helm as a library: nobody
 * needs a helm binary.
 */
public final class ChartPrinter {

    private static final String HEADER =
            "# Made by `make k8s` from charts/panacall with values-laptop.yaml. Don't edit.\n";

    private ChartPrinter() {}

    /** Writes k8s/panacall.yaml below the repository's root, the only argument. */
    public static void main(String[] arguments) throws IOException {
        var root = Path.of(arguments[0]);
        Files.writeString(root.resolve("k8s/panacall.yaml"), laptop(root));
    }

    /** The manifests for a laptop. */
    public static String laptop(Path root) {
        return HEADER
                + template(root)
                        .withValuesFile(root.resolve("charts/panacall/values-laptop.yaml"))
                        .call();
    }

    /** The chart with its own values but for some. */
    static String render(Path root, Map<String, String> values) {
        var template = template(root);
        values.forEach(template::set);
        return template.call();
    }

    /** The repository's root, found upwards from where the build runs. */
    static Path root() {
        var here = Path.of("").toAbsolutePath();
        while (!Files.exists(here.resolve("charts/panacall/Chart.yaml"))) {
            here = here.getParent();
            if (here == null) {
                throw new UncheckedIOException(new IOException("no charts/panacall above here"));
            }
        }
        return here;
    }

    private static com.marcnuri.helm.TemplateCommand template(Path root) {
        return new Helm(root.resolve("charts/panacall")).template().withName("panacall");
    }
}
