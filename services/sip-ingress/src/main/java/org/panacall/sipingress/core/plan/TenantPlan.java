// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.plan;

import java.util.Map;
import java.util.Optional;

/**
 * What one contact centre's numbers mean.
 *
 * @param country ISO 3166
 * @param language BCP 47
 * @param defaultCallerNumber shown outside when a call has none of its own
 * @param firstQueue where calls go when their own way is barred; empty when there is no queue
 * @param numbers own numbers, E.164 with +
 * @param extensions what phones may dial: people, queues, service codes
 * @param staff whom to ring while acd is away
 */
public record TenantPlan(
        TenantId id,
        String sipDomain,
        String country,
        String language,
        String defaultCallerNumber,
        Optional<String> firstQueue,
        Map<String, OwnNumber> numbers,
        Map<String, Destination> extensions,
        Staff staff) {

    /** What one number does, and the queue to take when that cannot be done. */
    public record OwnNumber(Destination destination, Optional<String> fallbackQueue) {}

    public TenantPlan {
        numbers = Map.copyOf(numbers);
        extensions = Map.copyOf(extensions);
    }

    /** Who is meant by a target: queues have short numbers too, and acd knows that as well. */
    public Destination.HandOver meant(Destination.HandOver target) {
        return target instanceof Destination.Person
                        && extensions.get(target.target()) instanceof Destination.Queue queue
                ? queue
                : target;
    }
}
