// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.outside;

import org.panacall.ivr.core.Caller;
import org.panacall.ivr.core.outside.Errand;
import org.panacall.ivr.core.outside.Question;

/** Does errands of one kind. */
@FunctionalInterface
public interface Answerer<E extends Errand> {

    /**
     * Blocks, on a thread of its own, and must come to an end within the question's time.
     *
     * @param errand the question's own
     */
    Answer answer(E errand, Question question, Caller caller);
}
