// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.ua;

import java.util.List;
import java.util.Optional;
import org.panacall.tests.ua.Audio.Codec;

/**
 * How a party dials.
 *
 * @param codecs offered, the best first; empty: one that nobody speaks
 * @param offerless INVITE without SDP, the offer comes in the 200
 * @param advertisedAddress address told in SDP and Contact instead of the true one, as behind a NAT
 * @param headers more headers, "Name: value"
 */
public record Dialling(
        List<Codec> codecs,
        boolean offerless,
        Optional<String> advertisedAddress,
        List<String> headers) {

    /** Both codecs, honest addresses. */
    public static Dialling plain() {
        return new Dialling(List.of(Codec.PCMA, Codec.PCMU), false, Optional.empty(), List.of());
    }

    public Dialling withCodecs(Codec... only) {
        return new Dialling(List.of(only), offerless, advertisedAddress, headers);
    }

    public Dialling withoutOffer() {
        return new Dialling(codecs, true, advertisedAddress, headers);
    }

    public Dialling advertising(String address) {
        return new Dialling(codecs, offerless, Optional.of(address), headers);
    }

    public Dialling withHeader(String header) {
        return new Dialling(codecs, offerless, advertisedAddress, List.of(header));
    }
}
