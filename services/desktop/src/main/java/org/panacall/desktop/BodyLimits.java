// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop;

import io.quarkus.vertx.http.runtime.RouteConstants;
import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.regex.Pattern;

/**
 * How much is read of a request: what the server is set to for audio and files of contacts, little
 * for all else. The server's own limit is one for all, and is looked at before this one.
 */
@ApplicationScoped
public class BodyLimits {

    private static final long USUAL = 64 * 1024;
    private static final int TOO_LARGE = 413;
    private static final String IMPORTS = "/api/v1/contacts/imports";
    private static final Pattern AUDIO_PATH = Pattern.compile("/api/v1/prompts/.+/audio");

    void install(@Observes Router router) {
        router.route()
                .order(RouteConstants.ROUTE_ORDER_UPLOAD_LIMIT + 1)
                .handler(BodyLimits::limit);
    }

    private static boolean isLarge(HttpServerRequest request) {
        return request.method().equals(HttpMethod.PUT)
                        && AUDIO_PATH.matcher(request.path()).matches()
                || request.method().equals(HttpMethod.POST) && request.path().equals(IMPORTS);
    }

    private static void limit(RoutingContext context) {
        var request = context.request();
        if (isLarge(request)) {
            context.next();
            return;
        }
        var length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length == null) {
            context.put(VertxHttpRecorder.MAX_REQUEST_SIZE_KEY, USUAL);
        } else if (!length.matches("[0-9]{1,18}") || Long.parseLong(length) > USUAL) {
            // The rest is not read, so nothing else can be asked on this connection.
            context.response()
                    .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
                    .setStatusCode(TOO_LARGE)
                    .end();
            return;
        }
        context.next();
    }
}
