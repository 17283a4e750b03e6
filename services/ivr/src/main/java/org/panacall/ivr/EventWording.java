// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr;

import org.panacall.ivr.core.EndReason;
import org.panacall.ivr.core.IvrEvent;
import org.panacall.ivr.core.IvrEvent.CallCameBack;
import org.panacall.ivr.core.IvrEvent.CallRated;
import org.panacall.ivr.core.IvrEvent.CallTagged;
import org.panacall.ivr.core.IvrEvent.ChoiceHeard;
import org.panacall.ivr.core.IvrEvent.FlowChanged;
import org.panacall.ivr.core.IvrEvent.FlowFinished;
import org.panacall.ivr.core.IvrEvent.FlowStarted;
import org.panacall.ivr.core.IvrEvent.InputReceived;
import org.panacall.ivr.core.IvrEvent.LanguageChosen;
import org.panacall.ivr.core.IvrEvent.MessageRecorded;
import org.panacall.ivr.core.IvrEvent.RecordingNoticePlayed;
import org.panacall.ivr.core.IvrEvent.RunResumed;
import org.panacall.ivr.core.IvrEvent.StepEntered;
import org.panacall.ivr.core.IvrEvent.StepLeft;
import org.panacall.ivr.core.IvrEvent.SubFlowEntered;
import org.panacall.ivr.core.IvrEvent.SubFlowLeft;
import org.panacall.ivr.core.IvrEvent.VariableSet;
import org.panacall.proto.call.v1.Fault;
import org.panacall.proto.ivr.v1.FlowOutcome;

/** Events in the words of the contract. */
public final class EventWording {

    private EventWording() {}

    public static org.panacall.proto.ivr.v1.IvrEvent payload(IvrEvent event) {
        var payload = org.panacall.proto.ivr.v1.IvrEvent.newBuilder();
        switch (event.fact()) {
            case FlowStarted(var flow, var version) ->
                    payload.getFlowStartedBuilder()
                            .setFlowId(flow.value())
                            .setFlowVersion(version)
                            .setLegId(event.caller().leg().value())
                            .setCallerNumber(event.caller().numbers().caller())
                            .setDialledNumber(event.caller().numbers().dialled())
                            .setFromQueueId(event.caller().origin().fromQueue())
                            .setSipIngress(event.caller().origin().sipIngress())
                            .setRunId(event.caller().origin().run());
            case StepEntered(var step, var visit, var kind, var flow) ->
                    payload.getStepEnteredBuilder()
                            .setStepId(step.value())
                            .setVisit(visit)
                            .setKind(kind)
                            .setFlowId(flow);
            case VariableSet(var name, var value) ->
                    payload.getVariableSetBuilder().setName(name).setValue(value);
            case LanguageChosen(var language) ->
                    payload.getLanguageChosenBuilder().setLanguage(language);
            case SubFlowEntered(var flow, var version) ->
                    payload.getSubFlowEnteredBuilder()
                            .setFlowId(flow.value())
                            .setFlowVersion(version);
            case SubFlowLeft(var exit) -> payload.getSubFlowLeftBuilder().setExit(exit);
            case FlowChanged(var flow, var version) ->
                    payload.getFlowChangedBuilder().setFlowId(flow.value()).setFlowVersion(version);
            case CallCameBack(var bookmark, var exit) ->
                    payload.getCallCameBackBuilder()
                            .setBookmark(Bookmarks.message(bookmark))
                            .setExit(exit);
            case CallRated(var step, var rating, var best) ->
                    payload.getCallRatedBuilder()
                            .setStepId(step.value())
                            .setRating(rating)
                            .setBest(best);
            case CallTagged(var name, var value) ->
                    payload.getCallTaggedBuilder().setName(name).setValue(value);
            case MessageRecorded(var recording, var mailbox, var length) ->
                    payload.getMessageRecordedBuilder()
                            .setRecordingId(recording)
                            .setMailbox(mailbox)
                            .setLength(PromptWording.duration(length));
            case RecordingNoticePlayed(var language, var prompts, var version) ->
                    payload.getRecordingNoticePlayedBuilder()
                            .setLanguage(language)
                            .setPrompts(prompts)
                            .setFlowVersion(version);
            case InputReceived(var step, var keys, var accepted) ->
                    payload.getInputReceivedBuilder()
                            .setStepId(step.value())
                            .setKeys(keys)
                            .setAccepted(accepted);
            case ChoiceHeard(var step, var choice, var confidence, var accepted) ->
                    payload.getChoiceHeardBuilder()
                            .setStepId(step.value())
                            .setChoice(choice)
                            .setConfidencePercent(confidence)
                            .setAccepted(accepted);
            case StepLeft(var step, var exit) ->
                    payload.getStepLeftBuilder().setStepId(step.value()).setExit(exit);
            case RunResumed(var sipIngress) ->
                    payload.getRunResumedBuilder().setSipIngress(sipIngress);
            case FlowFinished(var ending, var target, var reason) ->
                    payload.getFlowFinishedBuilder()
                            .setOutcome(FlowOutcome.valueOf("FLOW_OUTCOME_" + ending.name()))
                            .setTarget(target)
                            .setEndReason(reason(reason));
        }
        return payload.build();
    }

    private static org.panacall.proto.call.v1.EndReason reason(EndReason reason) {
        return org.panacall.proto.call.v1.EndReason.newBuilder()
                .setFault(Fault.valueOf("FAULT_" + reason.fault().name()))
                .setReason(reason.reason())
                .build();
    }
}
