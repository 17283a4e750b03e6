// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.outside.http;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which addresses may be connected to: those of the public Internet, and networks that the operator
 * has named. Those at which clouds tell machines their secrets, never.
 */
final class Addresses {

    private static final List<Network> METADATA =
            networks(
                    "169.254.169.254/32",
                    "169.254.170.0/24",
                    "100.100.100.200/32",
                    "fd00:ec2::/32",
                    "fe80::a9fe:a9fe/128");

    /** IANA's registry of special addresses (RFC 6890), and all that is no single machine. */
    private static final List<Network> SPECIAL =
            networks(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.31.196.0/24",
                    "192.52.193.0/24",
                    "192.88.99.0/24",
                    "192.168.0.0/16",
                    "192.175.48.0/24",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "224.0.0.0/4",
                    "240.0.0.0/4",
                    "2001::/23",
                    "2001:db8::/32",
                    "2002::/16",
                    "3fff::/20");

    /** All of version 6 that is given out; the rest is loopback, local, mapped or nothing yet. */
    private static final Network GLOBAL = Network.of("2000::/3");

    private final List<Network> own;

    /**
     * @param own networks that may be asked although they are not public
     */
    Addresses(List<Network> own) {
        this.own = List.copyOf(own);
    }

    boolean allow(InetAddress address) {
        if (METADATA.stream().anyMatch(network -> network.has(address))) {
            return false;
        }
        return own.stream().anyMatch(network -> network.has(address)) || isPublic(address);
    }

    private static boolean isPublic(InetAddress address) {
        if (SPECIAL.stream().anyMatch(network -> network.has(address))) {
            return false;
        }
        return switch (address) {
            case Inet4Address _ -> true;
            case Inet6Address _ -> GLOBAL.has(address);
            default -> false;
        };
    }

    private static List<Network> networks(String... all) {
        return Stream.of(all).map(Network::of).toList();
    }
}
