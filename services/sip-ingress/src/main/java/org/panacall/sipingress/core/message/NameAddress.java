// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.message;

import java.util.Optional;

/** Who: a URI, and perhaps a name to show, without quotes or escapes. */
public record NameAddress(Optional<String> displayName, String uri) {

    public NameAddress {
        if (displayName.isPresent() && Text.hasControl(displayName.get())) {
            throw new IllegalArgumentException("control character in a name");
        }
        if (uri.isEmpty() || !Text.isPrintable(uri) || uri.indexOf('<') >= 0) {
            throw new IllegalArgumentException("not a URI");
        }
    }

    /** An address with no name to show. */
    public static NameAddress of(String uri) {
        return new NameAddress(Optional.empty(), uri);
    }

    /** The user part of a sip:, sips: or tel: URI; empty when there is none. */
    public String user() {
        return SipUri.parse(uri).map(SipUri::user).orElse("");
    }

    /** The host of a sip: or sips: URI; empty when there is none. */
    public String host() {
        return SipUri.parse(uri).map(SipUri::host).orElse("");
    }
}
