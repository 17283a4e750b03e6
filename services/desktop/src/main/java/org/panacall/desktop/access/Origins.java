// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.access;

import io.quarkus.websockets.next.HttpUpgradeCheck;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.List;
import org.panacall.desktop.DesktopConfig;

/**
 * Says from which pages a browser may open a WebSocket: ours, and those in the settings. Browsers
 * always send the Origin and pages cannot change it; programs that are no browsers send none.
 */
@ApplicationScoped
public class Origins implements HttpUpgradeCheck {

    private static final int FORBIDDEN = 403;

    private final List<String> allowed;

    Origins(DesktopConfig config) {
        allowed = config.desktop().origins().orElse(List.of());
    }

    @Override
    public Uni<CheckResult> perform(HttpUpgradeContext context) {
        return allowed(context.httpRequest())
                ? CheckResult.permitUpgrade()
                : CheckResult.rejectUpgrade(FORBIDDEN);
    }

    /** Whether the page may. */
    public boolean allowed(HttpServerRequest request) {
        var origin = request.getHeader("Origin");
        return origin == null || allowed.contains(origin) || isOurs(origin, request);
    }

    private static boolean isOurs(String origin, HttpServerRequest request) {
        try {
            var authority = URI.create(origin).getRawAuthority();
            return authority != null && authority.equalsIgnoreCase(request.getHeader("Host"));
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }
}
