// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.plan;

import java.util.Optional;
import org.panacall.acd.core.id.PartyNumber;

/** What number of the telephone network somebody means by the keys that he pressed. */
@FunctionalInterface
public interface NumberRules {

    /**
     * Digits as E.164 allows them, at least eight of them, country code first: what is known of
     * numbers without a numbering plan.
     */
    NumberRules INTERNATIONAL =
            keys ->
                    keys.matches("[1-9][0-9]{7,14}")
                            ? Optional.of(new PartyNumber("+" + keys))
                            : Optional.empty();

    /**
     * Empty when there is no such number.
     *
     * @param keys digits, with or without country code
     */
    Optional<PartyNumber> complete(String keys);
}
