// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core;

import org.panacall.ivr.core.flow.DialPlan;
import org.panacall.ivr.core.flow.Flow;
import org.panacall.ivr.core.id.CallId;
import org.panacall.ivr.core.id.LegId;

/** What can be asked of, or told to, the runs. What concerns no run any more does nothing. */
public sealed interface IvrCommand {

    /** Takes a call through a flow. Idempotent by call. */
    record StartRun(Caller caller, Flow flow, DialPlan dialPlan, boolean answered)
            implements IvrCommand {}

    record NoteLegAnswered(CallId call, LegId leg) implements IvrCommand {}

    record NoteLegEnded(CallId call, LegId leg, EndReason reason) implements IvrCommand {}

    /** One of 0-9 * # A-D. */
    record NoteKeyPressed(CallId call, LegId leg, String key) implements IvrCommand {}

    /** The play of that effect number is over, however it ended. */
    record NotePlayEnded(CallId call, long play) implements IvrCommand {}

    record NoteCallEnded(CallId call, EndReason reason) implements IvrCommand {}

    record NoteControlLost(CallId call) implements IvrCommand {}

    /** sip-ingress carried the effect out. */
    record NoteEffectDone(CallId call, long effect) implements IvrCommand {}

    /** sip-ingress refused the effect or could not be reached; {@code callGone}: for good. */
    record NoteEffectFailed(CallId call, long effect, boolean callGone) implements IvrCommand {}

    /** Hands every call to its fallback queue: this instance is going to stop. */
    record HandAllOver() implements IvrCommand {}
}
