// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.message;

import java.util.Objects;

/**
 * A UDP address: an IP literal and a port. Names never get here, so that nothing below ever waits
 * for DNS.
 */
public record Endpoint(String host, int port) {

    public Endpoint {
        Objects.requireNonNull(host, "host");
        if (host.isEmpty() || port < 1 || port > 65_535) {
            throw new IllegalArgumentException("not an address: " + host + ":" + port);
        }
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
