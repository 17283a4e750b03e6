// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.watch;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalDouble;
import org.panacall.launcher.supervisor.ChildStatus;

/** What a service's page of metrics said at one moment, if it answered at all. */
public final class Metrics {

    private static final String HEALTH = "/q/health/ready";
    private static final int PATIENCE_MILLIS = 3_000;

    private final Optional<String> page;

    private Metrics(Optional<String> page) {
        this.page = page;
    }

    /** Of a process that has no such page, or that was not asked. */
    static Metrics none() {
        return new Metrics(Optional.empty());
    }

    public static Metrics of(ChildStatus status) {
        if (!status.health().endsWith(HEALTH)) {
            return none();
        }
        var address = URI.create(status.health().replace(HEALTH, "/q/metrics"));
        try {
            var connection = address.toURL().openConnection();
            connection.setConnectTimeout(PATIENCE_MILLIS);
            connection.setReadTimeout(PATIENCE_MILLIS);
            try (var answer = connection.getInputStream()) {
                return new Metrics(
                        Optional.of(new String(answer.readAllBytes(), StandardCharsets.UTF_8)));
            }
        } catch (IOException away) {
            return none();
        }
    }

    /** Sum over all labels; empty without a page. */
    public OptionalDouble sum(String name) {
        return sum(name, "");
    }

    /** Sum over those with a label, written {@code area="heap"}. */
    public OptionalDouble sum(String name, String label) {
        return page.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(
                        page.get()
                                .lines()
                                .filter(line -> isOf(line, name) && line.contains(label))
                                .mapToDouble(Metrics::value)
                                .sum());
    }

    private static boolean isOf(String line, String metric) {
        return line.startsWith(metric)
                && (line.charAt(metric.length()) == '{' || line.charAt(metric.length()) == ' ');
    }

    private static double value(String line) {
        return Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
    }
}
