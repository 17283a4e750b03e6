// SPDX-License-Identifier: Apache-2.0
package org.panacall.launcher.plan;

import java.util.Locale;

/** What is done about start-up caches of the services' JVMs. */
public enum AotMode {
    /** Those that fit are used; a service that has none makes one when it ends. */
    AUTO,
    /** Those that fit are used, none is made. */
    USE,
    OFF;

    static AotMode parse(String text) {
        try {
            return valueOf(text.strip().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw new IllegalArgumentException(
                    "PANACALL_AOT=" + text + ": write auto, use or off", unknown);
        }
    }
}
