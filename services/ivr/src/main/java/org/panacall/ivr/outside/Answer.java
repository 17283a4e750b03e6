// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.outside;

import java.util.SortedMap;
import org.panacall.ivr.core.flow.Step;
import org.panacall.ivr.core.outside.Outcome;

/**
 * What an errand came to.
 *
 * @param reason of a failure, a kebab-case word for logs and metrics; empty when it was done
 */
public record Answer(Outcome outcome, String reason) {

    /** It was done, and gave those values. */
    public static Answer done(SortedMap<String, String> values) {
        return new Answer(new Outcome(Step.DONE, values), "");
    }

    /** It was not done. */
    public static Answer failed(String reason) {
        return failed(Step.FAILED, reason);
    }

    /** It was not done, for which there is an exit of its own. */
    public static Answer failed(String exit, String reason) {
        return new Answer(Outcome.of(exit), reason);
    }
}
