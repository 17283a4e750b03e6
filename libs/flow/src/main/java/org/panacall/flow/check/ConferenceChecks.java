// SPDX-License-Identifier: Apache-2.0
package org.panacall.flow.check;

import org.panacall.flow.expression.ValueKind;
import org.panacall.proto.directory.v1.ConferenceStep;

/** What a conference must be. */
record ConferenceChecks(Findings findings, PromptChecks prompts, StepChecks steps) {

    private static final int PARTICIPANTS_MAX = 50;
    private static final int LONGEST_SECONDS_MAX = 8 * 3_600;
    private static final int PROMPTS_MAX = 8;

    void check(String at, ConferenceStep conference) {
        steps.value(at + ".room", conference.getRoom(), ValueKind.TEXT);
        findings.between(at + ".participants", conference.getParticipants(), 2, PARTICIPANTS_MAX);
        findings.wait(at + ".longest", conference.getLongest(), LONGEST_SECONDS_MAX);
        var alone = conference.getAlonePromptsList();
        prompts.check(at + ".alonePrompts", alone, false);
        findings.atMost(at + ".alonePrompts", "prompts", alone.size(), PROMPTS_MAX);
        if (!conference.getLeaveKey().matches("[*#]?")) {
            findings.add(at + ".leaveKey", "must be # or *, or be left out");
        }
    }
}
