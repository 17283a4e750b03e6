// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.waiting;

import java.util.Optional;
import org.panacall.acd.core.AcdEvent;
import org.panacall.acd.core.AcdEvent.Stamp;
import org.panacall.acd.core.id.CallId;
import org.panacall.acd.core.id.PartyNumber;
import org.panacall.acd.core.id.QueueId;
import org.panacall.acd.core.phrase.Language;
import org.panacall.acd.core.plan.QueuePlan;
import org.panacall.acd.core.plan.WaitingRoom;
import org.panacall.acd.core.state.AcdState;
import org.panacall.acd.core.state.Turn;

/** How promises to call back change, and the rules they change by. */
final class Promises {

    private final Turn turn;
    private final AcdState state;

    Promises(Turn turn) {
        this.turn = turn;
        state = turn.state();
    }

    WaitingRoom.Callbacks rules(QueueId queue) {
        return room(queue).callbacks();
    }

    private WaitingRoom room(QueueId queue) {
        return state.plan().queue(queue).map(QueuePlan::waitingRoom).orElse(WaitingRoom.MUSIC_ONLY);
    }

    /** The clinic's, which its agents understand. */
    String language(CallId call) {
        return state.waits()
                .callbacks()
                .of(call)
                .map(callback -> Language.of(room(callback.queue()).language()).tag())
                .orElse("");
    }

    /** The patient's, or the clinic's. */
    String language(Callback callback) {
        var own = callback.caller().attributes().getOrDefault("language", "");
        return Language.of(own.isEmpty() ? room(callback.queue()).language() : own).tag();
    }

    /** What the patient sees, and may ring: the number that he had dialled. */
    PartyNumber shown(Callback callback) {
        var dialled = callback.caller().dialled();
        return dialled.isOutside() ? dialled : state.plan().callerNumber();
    }

    void change(Callback next) {
        var numbered = next.numbered(next.sequence() + 1);
        var stamp = new Stamp(turn.now(), numbered.sequence());
        turn.emit(new AcdEvent.CallbackChanged(stamp, numbered));
    }

    /**
     * @param heir the call that has its place from now on
     */
    void end(Callback callback, Callback.End end, Optional<CallId> heir) {
        var stamp = new Stamp(turn.now(), callback.sequence() + 1);
        turn.emit(new AcdEvent.CallbackEnded(stamp, callback.id(), end, heir));
    }
}
