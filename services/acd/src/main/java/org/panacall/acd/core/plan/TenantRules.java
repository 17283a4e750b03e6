// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.plan;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What holds for all queues and agents of a tenant.
 *
 * @param reasons why agents may be not ready; none: for any reason
 * @param missedLimit after so many offers missed in a row an agent is made not ready; 0: never
 * @param shiftGap who signs in again after so long begins a new shift
 * @param language of what callers are told
 */
public record TenantRules(
        List<BreakReason> reasons, int missedLimit, Duration shiftGap, String language) {

    public static final TenantRules USUAL =
            new TenantRules(List.of(), 0, Duration.ofHours(4), "ru");

    private static final int REASONS_MAX = 64;

    public TenantRules {
        reasons = List.copyOf(reasons);
        if (reasons.size() > REASONS_MAX) {
            throw new IllegalArgumentException("a tenant may have at most 64 reasons");
        }
    }

    public Optional<BreakReason> reason(String code) {
        return reasons.stream().filter(reason -> reason.code().equals(code)).findFirst();
    }

    /** Whether an agent may be not ready for it. */
    public boolean knows(String code) {
        return code.isEmpty() || reasons.isEmpty() || reason(code).isPresent();
    }
}
