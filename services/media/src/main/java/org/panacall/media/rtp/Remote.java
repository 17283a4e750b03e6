// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.rtp;

import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * A party's address and port. IPv4 only: rtpengine stands between us and every other network.
 *
 * @param key address and port as one number, for {@link AddressTable}
 */
public record Remote(long key, InetSocketAddress address) {

    /** Reads a numeric address. */
    public static Remote of(String address, int port) {
        if (port < 1 || port > 0xffff) {
            throw new IllegalArgumentException("no port: " + port);
        }
        // Never resolves names: ofLiteral takes numbers only.
        var literal = Inet4Address.ofLiteral(address);
        if (literal.isAnyLocalAddress() || literal.isMulticastAddress()) {
            throw new IllegalArgumentException("no address of one party");
        }
        var socketAddress = new InetSocketAddress(literal, port);
        return new Remote(keyOf(socketAddress), socketAddress);
    }

    /** The key of the address a packet came from; 0 when it is no IPv4. */
    public static long keyOf(InetSocketAddress from) {
        if (!(from.getAddress() instanceof Inet4Address inet)) {
            return 0;
        }
        long bits = ByteBuffer.wrap(inet.getAddress()).getInt() & 0xffffffffL;
        return bits << 16 | from.getPort();
    }
}
