// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.leg;

import java.time.Duration;
import java.util.Optional;

/**
 * What is to be recorded of a party once it has heard its prompts, or of a talk. Media's and the
 * controller's matter; passed on as it is.
 *
 * @param kind word of the contract
 * @param mailbox queue or extension; empty: the tenant's
 * @param silence that ends it
 * @param shortest what says less is not kept
 * @param agent extension of a talk's agent; empty: it is no talk
 */
public record RecordingPlan(
        String kind,
        String mailbox,
        String callerNumber,
        String language,
        Duration longest,
        Optional<Duration> silence,
        String endKeys,
        Duration shortest,
        String agent) {

    @Override
    public String toString() {
        return "RecordingPlan[kind=" + kind + ", mailbox=" + mailbox + "]";
    }
}
