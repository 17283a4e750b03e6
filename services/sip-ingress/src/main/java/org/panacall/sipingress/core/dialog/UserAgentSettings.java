// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.dialog;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.panacall.sipingress.core.message.Endpoint;

/**
 * How one user agent speaks.
 *
 * @param instance our name: the {@code pi} parameter of our Contact, by which the edge finds us
 * @param contact what our Contact names, usually the edge's internal address
 * @param sentBy what our Via names: where answers to our requests are to be sent
 * @param product the Server and User-Agent header
 * @param infoTypes content types of INFO that are taken; others get 415
 * @param timers of RFC 3261 §17
 * @param bounds of what is kept
 */
public record UserAgentSettings(
        String instance,
        Endpoint contact,
        Endpoint sentBy,
        String product,
        List<String> infoTypes,
        Timers timers,
        Bounds bounds) {

    public UserAgentSettings {
        Objects.requireNonNull(contact, "contact");
        Objects.requireNonNull(sentBy, "sentBy");
        infoTypes = List.copyOf(infoTypes);
        for (int i = 0; i < instance.length(); i++) {
            char c = instance.charAt(i);
            if (!(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '.')) {
                throw new IllegalArgumentException(
                        "instance must be small letters, digits, dashes and dots");
            }
        }
    }

    /** Settings with the RFC's timers and our usual bounds. */
    public static UserAgentSettings of(String instance, Endpoint contact, Endpoint sentBy) {
        return new UserAgentSettings(
                instance,
                contact,
                sentBy,
                "Panacall",
                List.of("application/dtmf-relay", "application/dtmf"),
                Timers.STANDARD,
                Bounds.STANDARD);
    }

    /**
     * The timers that the RFC lets one choose; all others follow from them.
     *
     * @param t1 estimate of a round trip
     * @param t2 longest interval between retransmissions
     * @param t4 longest life of a message in the network
     */
    public record Timers(Duration t1, Duration t2, Duration t4) {

        public static final Timers STANDARD =
                new Timers(Duration.ofMillis(500), Duration.ofSeconds(4), Duration.ofSeconds(5));

        public Timers {
            if (t1.isNegative() || t1.isZero() || t2.compareTo(t1) < 0 || t4.compareTo(t1) < 0) {
                throw new IllegalArgumentException("timers must be t1 <= t2 and t1 <= t4");
            }
        }

        /** 64*T1: how long anything is waited for. */
        public Duration timeout() {
            return t1.multipliedBy(64);
        }
    }

    /**
     * How much is kept at once.
     *
     * @param transactions past it, new requests get 503 with Retry-After
     * @param legs past it, new INVITEs get 503 with Retry-After, ours are refused at once
     * @param retryAfter what Retry-After says
     * @param inviteTimeout how long our INVITE may ring (timer C) before it is cancelled, and how
     *     long one of theirs may wait for a final response before it gets 480
     */
    public record Bounds(int transactions, int legs, Duration retryAfter, Duration inviteTimeout) {

        public static final Bounds STANDARD =
                new Bounds(200_000, 20_000, Duration.ofSeconds(5), Duration.ofMinutes(5));

        public Bounds {
            if (transactions < 1 || legs < 1 || retryAfter.isNegative()) {
                throw new IllegalArgumentException("bounds must be positive");
            }
        }
    }
}
