// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.message;

import java.util.Optional;

/**
 * The parts of a sip:, sips: or tel: URI that a user agent looks at. The rest is kept as text: we
 * give back what we were given.
 *
 * @param scheme in lower case
 * @param user unescaped, without password; the number of a tel: URI; empty when there is none
 * @param host in lower case; empty for tel:
 * @param port 0 when absent
 * @param parameters all that follows the host, from the first {@code ;} on, headers cut off
 */
public record SipUri(String scheme, String user, String host, int port, String parameters) {

    /** Takes a URI apart; empty when it is none of the three schemes or is malformed. */
    public static Optional<SipUri> parse(String uri) {
        return Optional.ofNullable(UriParser.parse(uri));
    }

    /** Whether the URI carries this parameter, with or without a value. */
    public boolean hasParameter(String name) {
        return Text.parameter(parameters, 0, name) != null;
    }

    /** The value of a parameter; empty text when it has none. */
    public Optional<String> parameter(String name) {
        return Optional.ofNullable(Text.parameter(parameters, 0, name));
    }

    /** Whether the host is an IPv4 literal, so that a datagram can be sent there at once. */
    public boolean isAddress() {
        return UriParser.isAddress(host);
    }

    /** Where a request to this URI goes when the host is an IPv4 literal; 5060 without a port. */
    public Optional<Endpoint> endpoint() {
        if (!isAddress()) return Optional.empty();
        return Optional.of(new Endpoint(host, port == 0 ? 5060 : port));
    }
}
