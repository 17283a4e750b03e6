// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.plan;

/**
 * Whether talks of a queue's callers with its agents are recorded.
 *
 * @param noticeRequired not without proof that the caller heard the notice of it to its end
 */
public record RecordingRule(boolean recorded, boolean noticeRequired) {

    /** Nothing is recorded. */
    public static final RecordingRule NONE = new RecordingRule(false, true);
}
