// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.nats;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.panacall.acd.OverflowWording;
import org.panacall.acd.Wording;
import org.panacall.acd.core.AcdEvent;
import org.panacall.acd.core.AcdEvent.Stamp;
import org.panacall.acd.core.call.QueuedCall.State.Told.Reason;
import org.panacall.acd.core.id.CallId;
import org.panacall.acd.core.id.LegId;
import org.panacall.acd.core.id.PlayId;
import org.panacall.acd.core.id.QueueId;
import org.panacall.acd.core.rules.Action;
import org.panacall.acd.core.rules.Apology;
import org.panacall.acd.core.rules.Overflow;
import org.panacall.acd.core.rules.Overflow.Followed;
import org.panacall.proto.acd.v1.CallOverflowed;
import org.panacall.proto.acd.v1.CallTold;
import org.panacall.proto.acd.v1.KeptOverflow;
import org.panacall.proto.directory.v1.Announcement;
import org.panacall.proto.directory.v1.ExternalNumber;
import org.panacall.proto.directory.v1.KeepWaiting;
import org.panacall.proto.directory.v1.OverflowAction;
import org.panacall.proto.directory.v1.Voicemail;

/** Overflow as messages, and back. */
final class OverflowForm {

    private OverflowForm() {}

    static CallOverflowed write(AcdEvent.CallOverflowed event) {
        return write(event.followed())
                .setQueueId(event.queue().map(QueueId::value).orElse(""))
                .setAction(action(event.action()))
                .setLegId(event.ringing().leg().map(LegId::value).orElse(""))
                .setUntil(Wording.time(event.ringing().until()))
                .build();
    }

    private static CallOverflowed.Builder write(Followed followed) {
        return CallOverflowed.newBuilder()
                .setWhen(OverflowWording.when(followed.why()))
                .setBarred(followed.barred())
                .addAllRest(followed.rest().stream().map(OverflowForm::action).toList());
    }

    private static OverflowAction action(Action action) {
        var message = OverflowAction.newBuilder();
        switch (action) {
            case Action.ToQueue(var queue) -> message.setQueueId(queue.value());
            case Action.ToPerson(var extension) -> message.setExtension(extension.value());
            case Action.ToNumber(var number, var label, var ringTimeout) ->
                    message.setNumber(
                            ExternalNumber.newBuilder()
                                    .setNumber(number.value())
                                    .setLabel(label)
                                    .setRingTimeout(Wording.duration(ringTimeout)));
            case Action.ToFlow(var flow) -> message.setFlowId(flow);
            case Action.BackToFlow(var exit) -> message.setBackToFlow(exit);
            case Action.Announce(var promptId) ->
                    message.setAnnouncement(Announcement.newBuilder().setPromptId(promptId));
            case Action.TakeMessage(var flow) ->
                    message.setVoicemail(Voicemail.newBuilder().setFlowId(flow));
            case Action.KeepWaiting keep ->
                    message.setKeepWaiting(KeepWaiting.getDefaultInstance());
        }
        return message.build();
    }

    static AcdEvent.CallOverflowed read(Stamp stamp, CallId call, CallOverflowed told) {
        var leg =
                told.getLegId().isEmpty()
                        ? Optional.<LegId>empty()
                        : Optional.of(new LegId(told.getLegId()));
        return new AcdEvent.CallOverflowed(
                stamp,
                call,
                told.getQueueId().isEmpty()
                        ? Optional.empty()
                        : Optional.of(new QueueId(told.getQueueId())),
                OverflowWording.action(told.getAction()),
                followed(told),
                new AcdEvent.CallOverflowed.Ringing(leg, Wording.time(told.getUntil())));
    }

    private static Followed followed(CallOverflowed told) {
        return new Followed(OverflowWording.why(told.getWhen()), rest(told), told.getBarred());
    }

    private static List<Action> rest(CallOverflowed told) {
        return told.getRestList().stream().map(OverflowWording::action).toList();
    }

    static CallTold write(AcdEvent.CallTold event) {
        return CallTold.newBuilder()
                .setEndReason(Wording.reason(event.reason().end()))
                .setPromptId(event.reason().promptId())
                .setApology(apology(event.reason().apology()))
                .setPlayId(event.reason().play().value())
                .setToldUntil(Wording.time(event.until()))
                .build();
    }

    static AcdEvent.CallTold read(Stamp stamp, CallId call, CallTold told) {
        var reason =
                new Reason(
                        Wording.reason(told.getEndReason()),
                        told.getPromptId(),
                        apology(told.getApology()),
                        new PlayId(told.getPlayId()));
        return new AcdEvent.CallTold(stamp, call, reason, Wording.time(told.getToldUntil()));
    }

    private static org.panacall.proto.acd.v1.Apology apology(Apology apology) {
        return switch (apology) {
            case CLOSED -> org.panacall.proto.acd.v1.Apology.APOLOGY_CLOSED;
            case ALL_BUSY -> org.panacall.proto.acd.v1.Apology.APOLOGY_ALL_BUSY;
            case UNAVAILABLE -> org.panacall.proto.acd.v1.Apology.APOLOGY_UNAVAILABLE;
        };
    }

    private static Apology apology(org.panacall.proto.acd.v1.Apology apology) {
        return switch (apology) {
            case APOLOGY_CLOSED -> Apology.CLOSED;
            case APOLOGY_ALL_BUSY -> Apology.ALL_BUSY;
            case APOLOGY_UNAVAILABLE, APOLOGY_NO_MESSAGES, APOLOGY_UNSPECIFIED, UNRECOGNIZED ->
                    Apology.UNAVAILABLE;
        };
    }

    static KeptOverflow write(Overflow overflow) {
        var message = KeptOverflow.newBuilder().setSteps(overflow.steps());
        overflow.visits().forEach((queue, times) -> message.putVisits(queue.value(), times));
        overflow.present().map(OverflowForm::write).ifPresent(message::setFollowed);
        overflow.keptAt().map(Wording::time).ifPresent(message::setKeptAt);
        return message.build();
    }

    static Overflow read(KeptOverflow kept) {
        var visits = new TreeMap<QueueId, Integer>();
        kept.getVisitsMap().forEach((queue, times) -> visits.put(new QueueId(queue), times));
        return new Overflow(
                visits,
                kept.getSteps(),
                kept.hasFollowed() ? Optional.of(followed(kept.getFollowed())) : Optional.empty(),
                kept.hasKeptAt() ? Optional.of(Wording.time(kept.getKeptAt())) : Optional.empty());
    }
}
