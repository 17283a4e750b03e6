// SPDX-License-Identifier: Apache-2.0
package org.panacall.chart;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import java.nio.file.Path;
import java.util.Map;

/** Renders the chart with Helm as a library: nobody needs a helm binary. */
final class Chart {

    private static final String HEADER =
            "# Made by `make k8s` from charts/panacall with values-laptop.yaml. Don't edit.\n";
    private static final Path DIRECTORY = Path.of("panacall");

    private Chart() {}

    static Helm helm() {
        return new Helm(DIRECTORY);
    }

    /** The manifests for a laptop, as k8s/panacall.yaml is to be. */
    static String laptop() {
        return HEADER + template().withValuesFile(DIRECTORY.resolve("values-laptop.yaml")).call();
    }

    /** The chart with its own values but for some. */
    static String render(Map<String, String> values) {
        var template = template();
        values.forEach(template::set);
        return template.call();
    }

    private static TemplateCommand template() {
        return helm().template().withName("panacall");
    }
}
