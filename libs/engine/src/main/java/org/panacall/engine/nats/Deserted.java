// SPDX-License-Identifier: Apache-2.0
package org.panacall.engine.nats;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * Whether nobody listens at an address: its host is there and says so, as it does at once when the
 * process has died. A host that does not answer says nothing about its processes.
 */
final class Deserted {

    private static final int PATIENCE_MILLIS = 100;

    private Deserted() {}

    /**
     * @param address host and port
     */
    static boolean is(String address) {
        int colon = address.lastIndexOf(':');
        if (colon < 1) {
            return false;
        }
        try (var socket = new Socket()) {
            var port = Integer.parseInt(address, colon + 1, address.length(), 10);
            var host = address.substring(0, colon);
            socket.connect(new InetSocketAddress(host, port), PATIENCE_MILLIS);
            return false;
        } catch (IOException failure) {
            return String.valueOf(failure.getMessage()).contains("refused");
        } catch (IllegalArgumentException odd) {
            return false;
        }
    }
}
