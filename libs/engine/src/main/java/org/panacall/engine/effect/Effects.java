// SPDX-License-Identifier: Apache-2.0
package org.panacall.engine.effect;

import java.util.concurrent.Executor;

/**
 * What adapters do with the effects of a core, one by one in the order in which they were decided.
 *
 * <p>Called on the engine's thread, so it must neither block nor throw: hand the work to {@link
 * Lanes}, or wrap the adapter with {@link #on}.
 */
@FunctionalInterface
public interface Effects<F> {

    void release(F effect);

    /** Carries effects out on another executor; the order is the executor's. */
    static <F> Effects<F> on(Executor executor, Effects<F> effects) {
        return effect -> executor.execute(() -> effects.release(effect));
    }
}
