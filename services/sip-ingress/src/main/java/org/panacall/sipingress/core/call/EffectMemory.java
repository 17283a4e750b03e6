// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.call;

import java.util.LinkedHashMap;
import java.util.Optional;

/**
 * What was answered to the orders of one call, so that a repeat is answered alike and does nothing.
 * Keeps the newest 256.
 *
 * @param <A> answers
 */
public final class EffectMemory<A> {

    private static final int SIZE_MAX = 256;

    private final LinkedHashMap<String, A> answers = new LinkedHashMap<>();

    public Optional<A> of(String effectId) {
        return Optional.ofNullable(answers.get(effectId));
    }

    public void keep(String effectId, A answer) {
        if (answers.size() == SIZE_MAX) answers.pollFirstEntry();
        answers.put(effectId, answer);
    }
}
