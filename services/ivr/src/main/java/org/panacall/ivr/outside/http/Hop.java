// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.outside.http;

import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.util.Map;
import org.panacall.flow.http.AllowedHosts;

/** One request to one server; a redirection makes another. */
record Hop(String method, URI uri, Map<String, String> headers, Buffer body) {

    Hop {
        headers = Map.copyOf(headers);
    }

    /** What is asked of the server. */
    String path() {
        var path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    }

    static String server(URI uri) {
        return uri.getScheme() + "://" + uri.getHost() + ":" + AllowedHosts.port(uri);
    }

    @Override
    public String toString() {
        return "Hop[method=" + method + "]";
    }

    /** What a server says. */
    record Reply(int status, String location, Buffer body) {}
}
