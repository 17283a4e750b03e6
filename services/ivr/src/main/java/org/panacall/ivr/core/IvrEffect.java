// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core;

import java.util.List;
import java.util.Optional;
import org.panacall.ivr.core.flow.Destination;
import org.panacall.ivr.core.flow.Listening;
import org.panacall.ivr.core.flow.Prompt;
import org.panacall.ivr.core.flow.Step;
import org.panacall.ivr.core.id.StepId;
import org.panacall.ivr.core.outside.Question;

/** What is to be done for a run: by sip-ingress with its call, or outside. */
public sealed interface IvrEffect {

    Caller caller();

    /** 1, 2, 3 … within the run; a play is known by the number of its effect. */
    long number();

    record AnswerLeg(Caller caller, long number) implements IvrEffect {}

    /**
     * @param listening to what the caller may say meanwhile and afterwards
     */
    record Play(
            Caller caller,
            long number,
            List<Prompt> prompts,
            boolean bargeIn,
            Optional<Listening> listening)
            implements IvrEffect {}

    /** Stops the play that has the number {@code play}. */
    record StopPlay(Caller caller, long number, long play) implements IvrEffect {}

    /** Plays prompts, then records what the caller says. Ends like a play. */
    record Record(Caller caller, long number, List<Prompt> prompts, Message message)
            implements IvrEffect {}

    /** A message to be left, for whom and in which language it was asked for; empty: the usual. */
    record Message(String mailbox, String language, Step.Extent extent) {}

    record EchoLeg(Caller caller, long number) implements IvrEffect {}

    /** Takes the caller into the room of that name. Ends by NoteRoomEnded, or not at all. */
    record JoinRoom(Caller caller, long number, StepId step, String room, Step.Company company)
            implements IvrEffect {}

    record LeaveRoom(Caller caller, long number) implements IvrEffect {}

    /** {@code mark}: the same within a run whenever the same is meant, by whichever instance. */
    record HandOver(Caller caller, long number, Destination to, String mark) implements IvrEffect {}

    record HangUpCall(Caller caller, long number, EndReason reason) implements IvrEffect {}

    /** Has an errand done, whose outcome is known by {@code number}. */
    record Ask(Caller caller, long number, Question question) implements IvrEffect {}
}
