// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.dialog;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.panacall.sipingress.core.message.Endpoint;
import org.panacall.sipingress.core.message.HeaderField;
import org.panacall.sipingress.core.message.NameAddress;

/**
 * Whom to invite and how.
 *
 * @param requestUri where the call is to go; a sip: or tel: URI
 * @param from who calls
 * @param to whom; usually the request URI
 * @param headers sent as they are after the user agent's own, e.g. P-Asserted-Identity
 * @param sdp the offer; without it the answerer offers, and {@code Acknowledge} carries our answer
 * @param destination the next hop
 */
public record InviteRequest(
        String requestUri,
        NameAddress from,
        NameAddress to,
        List<HeaderField> headers,
        Optional<String> sdp,
        Endpoint destination) {

    public InviteRequest {
        NameAddress.of(requestUri);
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        headers = List.copyOf(headers);
        Objects.requireNonNull(sdp, "sdp");
        Objects.requireNonNull(destination, "destination");
    }
}
