// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.journeys;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.panacall.tests.demo.Clinic;

/**
 * Gives each journey a {@link Clinic} on one platform that all journeys share, started at the first
 * one. With PANACALL_JOURNEY_OFFSET set, an already running platform at that offset is used.
 */
public final class ClinicExtension
        implements BeforeEachCallback, AfterEachCallback, ParameterResolver {

    private static final Namespace SPACE = Namespace.create(ClinicExtension.class);

    @Override
    public void beforeEach(ExtensionContext context) {
        int offset = offset(context);
        context.getStore(SPACE).put("clinic", new Clinic(offset, List.of()));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        clinic(context).close();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Clinic.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return clinic(context);
    }

    private static Clinic clinic(ExtensionContext context) {
        return context.getStore(SPACE).get("clinic", Clinic.class);
    }

    private static int offset(ExtensionContext context) {
        var given = Optional.ofNullable(System.getenv("PANACALL_JOURNEY_OFFSET"));
        return given.map(Integer::parseInt)
                .orElseGet(
                        () ->
                                context.getRoot()
                                        .getStore(SPACE)
                                        .computeIfAbsent(
                                                "platform",
                                                key -> new JourneyPlatform(),
                                                JourneyPlatform.class)
                                        .portOffset());
    }
}
