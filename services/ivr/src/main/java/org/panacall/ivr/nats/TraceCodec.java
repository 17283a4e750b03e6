// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.nats;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import org.panacall.defaults.ProtoTimes;
import org.panacall.engine.Codec;
import org.panacall.engine.Turn;
import org.panacall.ivr.Bookmarks;
import org.panacall.ivr.core.Caller;
import org.panacall.ivr.core.EndReason;
import org.panacall.ivr.core.IvrEvent.CallCameBack;
import org.panacall.ivr.core.IvrEvent.CallRated;
import org.panacall.ivr.core.IvrEvent.CallTagged;
import org.panacall.ivr.core.IvrEvent.ChoiceHeard;
import org.panacall.ivr.core.IvrEvent.Ending;
import org.panacall.ivr.core.IvrEvent.Fact;
import org.panacall.ivr.core.IvrEvent.FlowChanged;
import org.panacall.ivr.core.IvrEvent.FlowFinished;
import org.panacall.ivr.core.IvrEvent.FlowStarted;
import org.panacall.ivr.core.IvrEvent.InputReceived;
import org.panacall.ivr.core.IvrEvent.LanguageChosen;
import org.panacall.ivr.core.IvrEvent.MessageRecorded;
import org.panacall.ivr.core.IvrEvent.NotificationRequested;
import org.panacall.ivr.core.IvrEvent.RecordingNoticePlayed;
import org.panacall.ivr.core.IvrEvent.RunResumed;
import org.panacall.ivr.core.IvrEvent.Sent;
import org.panacall.ivr.core.IvrEvent.StepEntered;
import org.panacall.ivr.core.IvrEvent.StepLeft;
import org.panacall.ivr.core.IvrEvent.SubFlowEntered;
import org.panacall.ivr.core.IvrEvent.SubFlowLeft;
import org.panacall.ivr.core.IvrEvent.VariableSet;
import org.panacall.ivr.core.id.CallId;
import org.panacall.ivr.core.id.FlowId;
import org.panacall.ivr.core.id.LegId;
import org.panacall.ivr.core.id.StepId;
import org.panacall.ivr.core.id.TenantId;
import org.panacall.ivr.core.outside.Notification;
import org.panacall.ivr.core.run.Traces;
import org.panacall.proto.event.v1.Event;
import org.panacall.proto.event.v1.EventBatch;

/** Reads of a shard's events what an heir must know. How a run ended is nothing to him. */
public final class TraceCodec implements Codec<Traces.Note> {

    private static final Sent NOTHING_SENT =
            new Sent("", "", "", Collections.emptySortedMap(), "", "");

    @Override
    public byte[] encode(Turn<Traces.Note> turn) {
        throw new UnsupportedOperationException("an heir writes events");
    }

    @Override
    public Turn<Traces.Note> decode(byte[] message) {
        try {
            var batch = EventBatch.parseFrom(message);
            var notes =
                    batch.getEventsList().stream()
                            .map(event -> note(event, batch.getEpoch()))
                            .flatMap(Optional::stream)
                            .toList();
            return new Turn<>(notes.isEmpty() ? Instant.EPOCH : notes.getFirst().at(), notes);
        } catch (InvalidProtocolBufferException torn) {
            throw new IllegalStateException("the journal holds what is no batch of events", torn);
        }
    }

    private static Optional<Traces.Note> note(Event event, long epoch) {
        return fact(event.getIvr())
                .map(
                        fact ->
                                new Traces.Note(
                                        event.getEntityId(),
                                        event.getEntitySequence(),
                                        instant(event.getAt()),
                                        epoch,
                                        fact,
                                        starter(event)));
    }

    private static Optional<Fact> fact(org.panacall.proto.ivr.v1.IvrEvent event) {
        return switch (event.getEventCase()) {
            case FLOW_STARTED -> {
                var started = event.getFlowStarted();
                var flow = new FlowId(started.getFlowId());
                yield Optional.of(new FlowStarted(flow, started.getFlowVersion()));
            }
            case STEP_ENTERED -> {
                var entered = event.getStepEntered();
                var step = new StepId(entered.getStepId());
                yield Optional.of(
                        new StepEntered(
                                step, entered.getVisit(), entered.getKind(), entered.getFlowId()));
            }
            case INPUT_RECEIVED ->
                    Optional.of(
                            new InputReceived(
                                    new StepId(event.getInputReceived().getStepId()), "", false));
            case CHOICE_HEARD ->
                    Optional.of(
                            new ChoiceHeard(
                                    new StepId(event.getChoiceHeard().getStepId()), "", 0, false));
            case STEP_LEFT -> {
                var left = event.getStepLeft();
                yield Optional.of(new StepLeft(new StepId(left.getStepId()), left.getExit()));
            }
            case FLOW_FINISHED ->
                    Optional.of(new FlowFinished(Ending.FAILED, "", EndReason.CALL_GONE));
            case RUN_RESUMED -> Optional.of(new RunResumed(event.getRunResumed().getSipIngress()));
            case VARIABLE_SET -> {
                var set = event.getVariableSet();
                yield Optional.of(new VariableSet(set.getName(), set.getValue()));
            }
            case LANGUAGE_CHOSEN ->
                    Optional.of(new LanguageChosen(event.getLanguageChosen().getLanguage()));
            case SUB_FLOW_ENTERED -> {
                var entered = event.getSubFlowEntered();
                var flow = new FlowId(entered.getFlowId());
                yield Optional.of(new SubFlowEntered(flow, entered.getFlowVersion()));
            }
            case SUB_FLOW_LEFT -> Optional.of(new SubFlowLeft(event.getSubFlowLeft().getExit()));
            case FLOW_CHANGED -> {
                var changed = event.getFlowChanged();
                var flow = new FlowId(changed.getFlowId());
                yield Optional.of(new FlowChanged(flow, changed.getFlowVersion()));
            }
            case CALL_CAME_BACK -> {
                var back = event.getCallCameBack();
                yield Optional.of(
                        new CallCameBack(Bookmarks.read(back.getBookmark()), back.getExit()));
            }
            case CALL_RATED -> {
                var rated = event.getCallRated();
                var step = new StepId(rated.getStepId());
                yield Optional.of(new CallRated(step, rated.getRating(), rated.getBest()));
            }
            case CALL_TAGGED -> Optional.of(new CallTagged(event.getCallTagged().getName(), ""));
            case MESSAGE_RECORDED ->
                    Optional.of(
                            new MessageRecorded(
                                    event.getMessageRecorded().getRecordingId(),
                                    event.getMessageRecorded().getMailbox(),
                                    Duration.ZERO));
            case RECORDING_NOTICE_PLAYED ->
                    Optional.of(
                            new RecordingNoticePlayed(
                                    event.getRecordingNoticePlayed().getLanguage(), "", 0));
            // What was asked for is nothing to an heir.
            case NOTIFICATION_REQUESTED ->
                    Optional.of(
                            new NotificationRequested(
                                    event.getNotificationRequested().getNotificationId(),
                                    Notification.Way.SMS,
                                    NOTHING_SENT));
            // A newer version's event.
            case EVENT_NOT_SET -> Optional.empty();
        };
    }

    private static Optional<Caller> starter(Event event) {
        if (!event.getIvr().hasFlowStarted()) {
            return Optional.empty();
        }
        var started = event.getIvr().getFlowStarted();
        return Optional.of(
                new Caller(
                        new CallId(event.getEntityId()),
                        new LegId(started.getLegId()),
                        new TenantId(event.getTenantId()),
                        new Caller.Numbers(started.getCallerNumber(), started.getDialledNumber()),
                        new Caller.Origin(
                                started.getRunId(),
                                started.getSipIngress(),
                                event.getTraceparent(),
                                started.getFromQueueId())));
    }

    static Instant instant(Timestamp at) {
        return ProtoTimes.instant(at);
    }
}
