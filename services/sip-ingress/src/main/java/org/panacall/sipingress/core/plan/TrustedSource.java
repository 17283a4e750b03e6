// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.plan;

import java.util.Optional;
import java.util.regex.Pattern;

/** Who the edge let in, as it says in X-Panacall-Source. */
public sealed interface TrustedSource {

    /** A carrier, known by its address. */
    record Carrier(String name) implements TrustedSource {}

    /** A phone that proved to be this user of this SIP domain. */
    record Phone(String user, String domain) implements TrustedSource {}

    /** Reads the header; empty when it is not what the edge writes. */
    static Optional<TrustedSource> parse(String header) {
        var carrier = Syntax.CARRIER.matcher(header);
        if (carrier.matches()) return Optional.of(new Carrier(carrier.group(1)));
        var phone = Syntax.PHONE.matcher(header);
        return phone.matches()
                ? Optional.of(new Phone(phone.group(1), phone.group(2)))
                : Optional.empty();
    }

    /** What the edge writes. */
    final class Syntax {
        private static final Pattern CARRIER =
                Pattern.compile("carrier; ?name=([A-Za-z0-9._-]{1,64})");
        private static final Pattern PHONE =
                Pattern.compile("phone; ?user=([A-Za-z0-9._-]{1,64}); ?domain=([a-z0-9.-]{1,253})");

        private Syntax() {}
    }
}
