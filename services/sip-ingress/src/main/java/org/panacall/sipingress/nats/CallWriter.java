// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.nats;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Durations;
import java.time.Instant;
import java.util.Locale;
import org.panacall.defaults.ProtoTimes;
import org.panacall.proto.sipingress.v1.CallStored;
import org.panacall.proto.sipingress.v1.OwnTask;
import org.panacall.proto.sipingress.v1.ServiceControl;
import org.panacall.proto.sipingress.v1.StoredAudio;
import org.panacall.proto.sipingress.v1.StoredControl;
import org.panacall.proto.sipingress.v1.StoredEntry;
import org.panacall.proto.sipingress.v1.StoredFarewell;
import org.panacall.proto.sipingress.v1.StoredLegState;
import org.panacall.proto.sipingress.v1.StoredMedia;
import org.panacall.proto.sipingress.v1.StoredMediaState;
import org.panacall.proto.sipingress.v1.StoredNumber;
import org.panacall.proto.sipingress.v1.StoredPair;
import org.panacall.proto.sipingress.v1.StoredPerson;
import org.panacall.proto.sipingress.v1.StoredPlay;
import org.panacall.proto.sipingress.v1.StoredQueue;
import org.panacall.proto.sipingress.v1.StoredRoom;
import org.panacall.proto.sipingress.v1.StoredStream;
import org.panacall.proto.sipingress.v1.StoredTarget;
import org.panacall.sipingress.CallWords;
import org.panacall.sipingress.Listening;
import org.panacall.sipingress.Prompts;
import org.panacall.sipingress.Recordings;
import org.panacall.sipingress.Ways;
import org.panacall.sipingress.core.adoption.Farewell;
import org.panacall.sipingress.core.adoption.StoredCall;
import org.panacall.sipingress.core.call.Control;
import org.panacall.sipingress.core.leg.LegState;
import org.panacall.sipingress.core.leg.MediaState;
import org.panacall.sipingress.core.leg.Playing;
import org.panacall.sipingress.core.leg.StoredLeg;
import org.panacall.sipingress.core.plan.Destination;
import org.panacall.sipingress.core.room.RoomWish;
import org.panacall.sipingress.core.sdp.AgreedAudio;
import org.panacall.sipingress.core.sdp.StoredSdp;

/** Makes messages of calls as they stand. */
final class CallWriter {

    private final String holder;
    private final String grpcAddress;

    CallWriter(String holder, String grpcAddress) {
        this.holder = holder;
        this.grpcAddress = grpcAddress;
    }

    CallStored write(StoredCall call) {
        var facts = call.facts();
        var message =
                CallStored.newBuilder()
                        .setHolder(holder)
                        .setSipIngress(grpcAddress)
                        .addAllFormerHolders(call.holding().former())
                        .setSipDomain(call.tenancy().sipDomain())
                        .setLanguage(call.tenancy().language())
                        .setDirection(CallWords.toMessage(facts.direction()))
                        .setFromNumber(facts.from())
                        .setToNumber(facts.to())
                        .setCarrier(facts.carrier())
                        .setOrigin(facts.origin())
                        .setFallbackQueue(facts.fallbackQueue().orElse(""))
                        .setStartedAt(timestamp(call.startedAt()))
                        .setMediaNode(call.node().orElse(""))
                        .setControl(control(call.control()));
        call.answeredAt().ifPresent(at -> message.setAnsweredAt(timestamp(at)));
        call.end()
                .ifPresent(
                        end ->
                                message.setEndReason(CallWords.toMessage(end.reason()))
                                        .setEndedAt(timestamp(end.at())));
        call.legs().forEach(leg -> message.addLegs(leg(leg)));
        for (var pair : call.talks().pairs()) {
            message.addTalks(
                    pair(pair.one().value(), pair.other().value())
                            .setAfterTalkFlowId(pair.afterTalk()));
        }
        call.talks().room().map(CallWriter::room).ifPresent(message::setRoom);
        call.talks().echoes().forEach(leg -> message.addEchoLegIds(leg.value()));
        for (var cell : call.talks().matrix()) {
            message.addMatrix(pair(cell.listener().value(), cell.speaker().value()));
        }
        return message.build();
    }

    private static StoredRoom room(RoomWish room) {
        return StoredRoom.newBuilder()
                .setName(room.name())
                .setParticipantsMax(room.most())
                .addAllAlonePrompts(Prompts.toMessages(room.alone()))
                .setSigns(room.signs())
                .build();
    }

    static Timestamp timestamp(Instant at) {
        return ProtoTimes.timestamp(at);
    }

    private static StoredPair.Builder pair(String one, String other) {
        return StoredPair.newBuilder().setOneLegId(one).setOtherLegId(other);
    }

    private static StoredControl control(Control control) {
        var message = StoredControl.newBuilder();
        switch (control) {
            case Control.Nobody nobody -> {
                // None is set.
            }
            case Control.Ours(var task, var until) -> {
                var ours = OwnTask.newBuilder().setTask(word(task));
                until.ifPresent(at -> ours.setUntil(timestamp(at)));
                message.setOurs(ours);
            }
            case Control.Asked(var target, var request, var until) ->
                    message.setAsked(target(target));
            // An heir asks anew, and keeps the caller when nobody answers.
            case Control.Kept(var target, var until) -> message.setAsked(target(target));
            case Control.Theirs(var controller, var target, var since) -> {
                var theirs =
                        ServiceControl.newBuilder().setController(CallWords.toMessage(controller));
                target.ifPresent(asked -> theirs.setTarget(target(asked)));
                message.setTheirs(theirs);
            }
        }
        return message.build();
    }

    static String word(Control.Task task) {
        return task.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static StoredTarget target(Destination.HandOver target) {
        var message = StoredTarget.newBuilder();
        switch (target) {
            case Destination.Flow(var flow, var entry) -> {
                message.setFlowId(flow);
                if (!entry.equals(new Destination.Flow(flow).entry())) {
                    message.setEntry(entry(entry));
                }
            }
            case Destination.Queue(var queue, var attributes) ->
                    message.setQueue(
                            StoredQueue.newBuilder()
                                    .setQueueId(queue)
                                    .putAllAttributes(attributes));
            case Destination.Person(var extension, var fallback, var terms) -> {
                var person =
                        StoredPerson.newBuilder()
                                .setExtension(extension)
                                .setFallbackQueueId(fallback)
                                .setOnlyExtension(terms.onlyExtension());
                terms.ringTimeout().map(Ways::message).ifPresent(person::setRingTimeout);
                terms.back().map(Ways::message).ifPresent(person::setWayBack);
                message.setPerson(person);
            }
            case Destination.Group group -> message.setGroup(Ways.message(group));
            case Destination.Telephone(var number, var fallback, var terms) -> {
                var phone =
                        StoredNumber.newBuilder().setNumber(number).setFallbackQueueId(fallback);
                terms.ringTimeout().map(Ways::message).ifPresent(phone::setRingTimeout);
                terms.back().map(Ways::message).ifPresent(phone::setWayBack);
                message.setNumber(phone);
            }
        }
        return message.build();
    }

    private static StoredEntry entry(Destination.Entry entry) {
        var message =
                StoredEntry.newBuilder()
                        .setExit(entry.exit())
                        .setFallbackQueueId(entry.fallbackQueue())
                        .setOrEnd(entry.orEnd())
                        .setFromQueueId(entry.fromQueue())
                        .putAllVariables(entry.variables());
        entry.back().map(Ways::message).ifPresent(message::setWayBack);
        return message.build();
    }

    private static org.panacall.proto.sipingress.v1.StoredLeg leg(StoredLeg leg) {
        var media = leg.media();
        var message =
                org.panacall.proto.sipingress.v1.StoredLeg.newBuilder()
                        .setLegId(leg.id().value())
                        .setRole(CallWords.toMessage(leg.role()))
                        .setDirection(CallWords.toMessage(leg.direction()))
                        .setParty(leg.who().party())
                        .setAgentId(leg.who().agentId())
                        .setWasAnswered(leg.wasAnswered())
                        .setFinished(leg.finished())
                        .setMedia(media(media.state()))
                        .setHeldByUs(media.heldByUs())
                        .setAwaitsAnswer(media.awaitsAnswer())
                        .setReoffered(media.reoffered())
                        .setSdp(sdp(media.sdp()));
        state(leg.state(), message);
        media.audio().ifPresent(audio -> message.setAudio(audio(audio)));
        media.music().ifPresent(play -> message.setMusicPlayId(play.value()));
        media.silentSince().ifPresent(since -> message.setSilentSince(timestamp(since)));
        media.sounding().ifPresent(playing -> message.setSounding(play(playing)));
        leg.farewell().ifPresent(farewell -> message.setFarewell(farewell(farewell)));
        leg.dialog().ifPresent(dialog -> message.setDialog(ByteString.copyFrom(dialog.toBytes())));
        return message.build();
    }

    private static StoredPlay play(Playing playing) {
        var program = playing.program();
        var play =
                StoredPlay.newBuilder()
                        .setPlayId(playing.play().value())
                        .addAllPrompts(Prompts.toMessages(program.prompts()))
                        .setRepeat(program.repeat())
                        .setBargeIn(program.bargeIn());
        program.record().map(Recordings::toMessage).ifPresent(play::setRecord);
        program.listen().map(Listening::toMessage).ifPresent(play::setListen);
        return play.build();
    }

    private static StoredFarewell farewell(Farewell farewell) {
        return StoredFarewell.newBuilder()
                .setBranch(farewell.branch())
                .setMessage(ByteString.copyFrom(farewell.message()))
                .setHost(farewell.to().host())
                .setPort(farewell.to().port())
                .build();
    }

    private static void state(
            LegState state, org.panacall.proto.sipingress.v1.StoredLeg.Builder message) {
        switch (state) {
            case LegState.Opening opening ->
                    message.setState(StoredLegState.STORED_LEG_STATE_OPENING);
            case LegState.Offered offered ->
                    message.setState(StoredLegState.STORED_LEG_STATE_OFFERED);
            case LegState.Calling calling ->
                    message.setState(StoredLegState.STORED_LEG_STATE_CALLING);
            case LegState.Ringing ringing ->
                    message.setState(StoredLegState.STORED_LEG_STATE_RINGING);
            case LegState.Answered(var since) ->
                    message.setState(StoredLegState.STORED_LEG_STATE_ANSWERED)
                            .setAnsweredAt(timestamp(since));
            case LegState.Ended(var reason, var status, var at) ->
                    message.setState(StoredLegState.STORED_LEG_STATE_ENDED)
                            .setEndReason(CallWords.toMessage(reason))
                            .setSipStatus(status)
                            .setEndedAt(timestamp(at));
        }
    }

    private static StoredMedia media(MediaState state) {
        var message = StoredMedia.newBuilder();
        return switch (state) {
            case MediaState.Opening opening ->
                    message.setState(StoredMediaState.STORED_MEDIA_STATE_OPENING).build();
            case MediaState.Open(var local) ->
                    message.setState(StoredMediaState.STORED_MEDIA_STATE_OPEN)
                            .setAddress(local.address())
                            .setRtpPort(local.rtpPort())
                            .setRtcpPort(local.rtcpPort())
                            .build();
            case MediaState.Closing closing ->
                    message.setState(StoredMediaState.STORED_MEDIA_STATE_CLOSING).build();
            case MediaState.Closed closed ->
                    message.setState(StoredMediaState.STORED_MEDIA_STATE_CLOSED).build();
        };
    }

    private static StoredAudio audio(AgreedAudio audio) {
        var message =
                StoredAudio.newBuilder()
                        .setCodec(audio.codec().name())
                        .setPayloadType(audio.payloadType())
                        .setTelephoneEventPayloadType(audio.telephoneEventPayloadType())
                        .setRemoteAddress(audio.remoteAddress())
                        .setRemoteRtpPort(audio.remoteRtpPort())
                        .setRemoteRtcpPort(audio.remoteRtcpPort())
                        .setSend(audio.send())
                        .setReceive(audio.receive());
        audio.packetTime()
                .ifPresent(time -> message.setPacketTime(Durations.fromNanos(time.toNanos())));
        return message.build();
    }

    private static org.panacall.proto.sipingress.v1.StoredSdp sdp(StoredSdp sdp) {
        var message =
                org.panacall.proto.sipingress.v1.StoredSdp.newBuilder()
                        .setId(sdp.id())
                        .setVersion(sdp.version())
                        .setAudioIndex(sdp.audioIndex());
        for (var stream : sdp.streams()) {
            message.addStreams(
                    StoredStream.newBuilder()
                            .setKind(stream.kind())
                            .setProtocol(stream.protocol())
                            .setFormat(stream.format()));
        }
        return message.build();
    }
}
