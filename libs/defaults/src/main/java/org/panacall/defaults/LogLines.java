// SPDX-License-Identifier: Apache-2.0
package org.panacall.defaults;

import io.quarkus.logging.json.runtime.JsonFormatter;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.util.logging.Handler;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtHandler;

/** Makes JSON log lines flat, before anything of a service starts. */
@ApplicationScoped
public class LogLines {

    void flatten(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent starting) {
        for (var handler : Logger.getLogger("").getHandlers()) {
            flatten(handler);
        }
    }

    static void flatten(Handler handler) {
        if (handler.getFormatter() instanceof JsonFormatter json && !(json instanceof FlatJson)) {
            handler.setFormatter(new FlatJson(json));
        }
        if (handler instanceof ExtHandler parent) {
            // An asynchronous one, and Quarkus's own, hand on to others.
            for (var inner : parent.getHandlers()) {
                flatten(inner);
            }
        }
    }
}
