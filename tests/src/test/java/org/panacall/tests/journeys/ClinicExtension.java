// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.journeys;

import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.panacall.tests.demo.Clinic;

/**
 * Gives each journey a {@link Clinic} on one platform that all journeys share, started at the first
 * one.
 */
public final class ClinicExtension
        implements BeforeEachCallback, AfterEachCallback, ParameterResolver {

    private static final Namespace SPACE = Namespace.create(ClinicExtension.class);

    @Override
    public void beforeEach(ExtensionContext context) {
        var platform = platform(context);
        var clinic = new Clinic(platform.portOffset(), platform.mediaPorts());
        context.getStore(SPACE).put("clinic", clinic);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        clinic(context).close();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return Set.of(Clinic.class, JourneyPlatform.class)
                .contains(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        boolean whole = parameter.getParameter().getType() == JourneyPlatform.class;
        return whole ? platform(context) : clinic(context);
    }

    private static Clinic clinic(ExtensionContext context) {
        return context.getStore(SPACE).get("clinic", Clinic.class);
    }

    /** The platform ends; a test that wants it later has it started again. */
    static void end(ExtensionContext context) throws IOException {
        var platform = context.getRoot().getStore(SPACE).remove("platform", JourneyPlatform.class);
        if (platform != null) {
            platform.close();
        }
    }

    private static JourneyPlatform platform(ExtensionContext context) {
        return context.getRoot()
                .getStore(SPACE)
                .computeIfAbsent("platform", key -> new JourneyPlatform(), JourneyPlatform.class);
    }
}
