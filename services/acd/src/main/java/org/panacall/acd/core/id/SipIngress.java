// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.id;

/** The gRPC address, "host:port", of the sip-ingress that holds a call. */
public record SipIngress(String address) implements Comparable<SipIngress> {

    private static final int LENGTH_MAX = 260;

    public SipIngress {
        if (address.indexOf(':') < 1 || address.length() > LENGTH_MAX) {
            throw new IllegalArgumentException("a sip-ingress is named by its host:port");
        }
    }

    @Override
    public int compareTo(SipIngress other) {
        return address.compareTo(other.address);
    }

    @Override
    public String toString() {
        return address;
    }
}
