// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.journeys;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.panacall.launcher.plan.PlatformSettings;
import org.panacall.launcher.plan.Ports;
import org.panacall.tests.chaos.Arena;
import org.panacall.tests.chaos.Round;

/**
 * Gives tests that kill whole nodes an {@link Arena} that they share, in place of the platform of
 * all other journeys. Such tests come last in a run, so that the other one is not started twice.
 */
public final class ArenaExtension implements BeforeAllCallback, ParameterResolver {

    private static final Namespace SPACE = Namespace.create(ArenaExtension.class);

    /** Away for long enough that sip-ingress rings agents by itself. */
    private static final Round.Lengths SMALL =
            new Round.Lengths(
                    8, Duration.ofSeconds(5), Duration.ofSeconds(25), Duration.ofSeconds(5));

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        ClinicExtension.end(context);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Arena.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(SPACE)
                .computeIfAbsent("arena", key -> arena(), Arena.class);
    }

    private static Arena arena() {
        var settings =
                Map.of(
                        "PANACALL_HOME",
                        "..",
                        "PANACALL_PORT_OFFSET",
                        "" + Ports.firstFree().offset(),
                        "PANACALL_REPLICAS",
                        Arena.REPLICAS,
                        "PANACALL_RUN_DIRECTORY",
                        Path.of("target/arena-run").toAbsolutePath().toString());
        return new Arena(PlatformSettings.of(settings), SMALL);
    }
}
