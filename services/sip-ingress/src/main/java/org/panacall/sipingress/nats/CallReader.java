// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.nats;

import com.google.protobuf.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import org.panacall.defaults.ProtoTimes;
import org.panacall.proto.event.v1.Event;
import org.panacall.proto.sipingress.v1.CallStored;
import org.panacall.proto.sipingress.v1.StoredAudio;
import org.panacall.proto.sipingress.v1.StoredControl;
import org.panacall.proto.sipingress.v1.StoredEntry;
import org.panacall.proto.sipingress.v1.StoredFarewell;
import org.panacall.proto.sipingress.v1.StoredMedia;
import org.panacall.proto.sipingress.v1.StoredNumber;
import org.panacall.proto.sipingress.v1.StoredPerson;
import org.panacall.proto.sipingress.v1.StoredPlay;
import org.panacall.proto.sipingress.v1.StoredRoom;
import org.panacall.proto.sipingress.v1.StoredTarget;
import org.panacall.proto.sipingress.v1.ToExtension;
import org.panacall.proto.sipingress.v1.ToNumber;
import org.panacall.sipingress.CallWords;
import org.panacall.sipingress.Listening;
import org.panacall.sipingress.Prompts;
import org.panacall.sipingress.Recordings;
import org.panacall.sipingress.Ways;
import org.panacall.sipingress.core.adoption.Farewell;
import org.panacall.sipingress.core.adoption.StoredCall;
import org.panacall.sipingress.core.call.Call;
import org.panacall.sipingress.core.call.CallId;
import org.panacall.sipingress.core.call.Control;
import org.panacall.sipingress.core.call.LegPair;
import org.panacall.sipingress.core.call.MatrixCell;
import org.panacall.sipingress.core.dialog.DialogState;
import org.panacall.sipingress.core.dialog.LegId;
import org.panacall.sipingress.core.leg.LegQuality;
import org.panacall.sipingress.core.leg.LegState;
import org.panacall.sipingress.core.leg.MediaState;
import org.panacall.sipingress.core.leg.PlayId;
import org.panacall.sipingress.core.leg.Playing;
import org.panacall.sipingress.core.leg.Program;
import org.panacall.sipingress.core.leg.StoredLeg;
import org.panacall.sipingress.core.message.Endpoint;
import org.panacall.sipingress.core.plan.Destination;
import org.panacall.sipingress.core.plan.TenantId;
import org.panacall.sipingress.core.room.RoomWish;
import org.panacall.sipingress.core.sdp.AgreedAudio;
import org.panacall.sipingress.core.sdp.AudioCodec;
import org.panacall.sipingress.core.sdp.LocalAudio;
import org.panacall.sipingress.core.sdp.StoredSdp;

/** Reads calls as they stood. What cannot be read is an IllegalArgumentException. */
final class CallReader {

    private CallReader() {}

    static StoredCall read(Event event) {
        var call = event.getSipIngress().getCallStored();
        return new StoredCall(
                new CallId(event.getEntityId()),
                new StoredCall.Tenancy(
                        new TenantId(event.getTenantId()), call.getSipDomain(), call.getLanguage()),
                event.getEntitySequence(),
                new StoredCall.Holding(
                        call.getHolder(),
                        call.getSipIngress(),
                        List.copyOf(call.getFormerHoldersList())),
                facts(call, event.getTraceparent()),
                instant(call.getStartedAt()),
                call.hasAnsweredAt()
                        ? Optional.of(instant(call.getAnsweredAt()))
                        : Optional.empty(),
                text(call.getMediaNode()),
                control(call.getControl(), instant(event.getAt())),
                call.getLegsList().stream().map(leg -> leg(leg, instant(event.getAt()))).toList(),
                talks(call),
                end(call, instant(event.getAt())));
    }

    private static Optional<Call.End> end(CallStored call, Instant at) {
        if (!call.hasEndReason()) return Optional.empty();
        var endedAt = call.hasEndedAt() ? instant(call.getEndedAt()) : at;
        return Optional.of(new Call.End(CallWords.ofMessage(call.getEndReason()), endedAt));
    }

    static Instant instant(Timestamp at) {
        return ProtoTimes.instant(at);
    }

    private static Optional<String> text(String value) {
        return value.isEmpty() ? Optional.empty() : Optional.of(value);
    }

    private static Call.Facts facts(CallStored call, String traceparent) {
        return new Call.Facts(
                CallWords.ofMessage(call.getDirection()),
                call.getFromNumber(),
                call.getToNumber(),
                call.getCarrier(),
                call.getOrigin(),
                text(call.getFallbackQueue()),
                traceparent);
    }

    private static RoomWish room(StoredRoom room) {
        return new RoomWish(
                room.getName(),
                room.getParticipantsMax(),
                Prompts.ofMessages(room.getAlonePromptsList()),
                room.getSigns());
    }

    private static StoredCall.Talks talks(CallStored call) {
        return new StoredCall.Talks(
                call.getTalksList().stream()
                        .map(
                                pair ->
                                        new LegPair(
                                                new LegId(pair.getOneLegId()),
                                                new LegId(pair.getOtherLegId()),
                                                pair.getAfterTalkFlowId()))
                        .toList(),
                call.getEchoLegIdsList().stream().map(LegId::new).toList(),
                call.getMatrixList().stream()
                        .map(
                                cell ->
                                        new MatrixCell(
                                                new LegId(cell.getOneLegId()),
                                                new LegId(cell.getOtherLegId())))
                        .toList(),
                call.hasRoom() ? Optional.of(room(call.getRoom())) : Optional.empty());
    }

    private static Control control(StoredControl control, Instant at) {
        return switch (control.getControlCase()) {
            case OURS -> {
                var name = control.getOurs().getTask().toUpperCase(Locale.ROOT).replace('-', '_');
                Optional<Instant> until =
                        control.getOurs().hasUntil()
                                ? Optional.of(instant(control.getOurs().getUntil()))
                                : Optional.empty();
                yield new Control.Ours(Control.Task.valueOf(name), until);
            }
            case ASKED -> new Control.Asked(target(control.getAsked()), 0, at);
            case THEIRS -> {
                var theirs = control.getTheirs();
                Optional<Destination.HandOver> target =
                        theirs.hasTarget()
                                ? Optional.of(target(theirs.getTarget()))
                                : Optional.empty();
                var controller = CallWords.ofMessage(theirs.getController());
                yield new Control.Theirs(controller, target, at);
            }
            case CONTROL_NOT_SET -> new Control.Nobody();
        };
    }

    private static Destination.HandOver target(StoredTarget target) {
        return switch (target.getTargetCase()) {
            case FLOW_ID ->
                    target.hasEntry()
                            ? new Destination.Flow(target.getFlowId(), entry(target.getEntry()))
                            : new Destination.Flow(target.getFlowId());
            case NUMBER -> Ways.telephone(number(target.getNumber()));
            case GROUP -> Ways.group(target.getGroup());
            case QUEUE ->
                    new Destination.Queue(
                            target.getQueue().getQueueId(),
                            new TreeMap<>(target.getQueue().getAttributesMap()));
            case PERSON -> Ways.person(person(target.getPerson()));
            case TARGET_NOT_SET -> throw new IllegalArgumentException("handed over to whom?");
        };
    }

    private static Destination.Entry entry(StoredEntry entry) {
        return new Destination.Entry(
                Ways.back(entry.hasWayBack(), entry.getWayBack()),
                entry.getExit(),
                entry.getFallbackQueueId(),
                entry.getOrEnd(),
                entry.getFromQueueId(),
                new TreeMap<>(entry.getVariablesMap()));
    }

    /** It is stored as it was ordered. */
    private static ToExtension person(StoredPerson stored) {
        var person =
                ToExtension.newBuilder()
                        .setExtension(stored.getExtension())
                        .setFallbackQueueId(stored.getFallbackQueueId())
                        .setOnlyExtension(stored.getOnlyExtension());
        if (stored.hasRingTimeout()) person.setRingTimeout(stored.getRingTimeout());
        if (stored.hasWayBack()) person.setWayBack(stored.getWayBack());
        return person.build();
    }

    private static ToNumber number(StoredNumber stored) {
        var number =
                ToNumber.newBuilder()
                        .setNumber(stored.getNumber())
                        .setFallbackQueueId(stored.getFallbackQueueId());
        if (stored.hasRingTimeout()) number.setRingTimeout(stored.getRingTimeout());
        if (stored.hasWayBack()) number.setWayBack(stored.getWayBack());
        return number.build();
    }

    private static StoredLeg leg(org.panacall.proto.sipingress.v1.StoredLeg leg, Instant at) {
        return new StoredLeg(
                new LegId(leg.getLegId()),
                CallWords.ofMessage(leg.getRole()),
                CallWords.ofMessage(leg.getDirection()),
                new StoredLeg.Who(leg.getParty(), leg.getAgentId()),
                state(leg, at),
                leg.getWasAnswered(),
                leg.getFinished(),
                media(leg),
                leg.getDialog().isEmpty()
                        ? Optional.empty()
                        : Optional.of(DialogState.fromBytes(leg.getDialog().toByteArray())),
                leg.hasFarewell() ? Optional.of(farewell(leg.getFarewell())) : Optional.empty());
    }

    private static Farewell farewell(StoredFarewell farewell) {
        var to = new Endpoint(farewell.getHost(), farewell.getPort());
        return new Farewell(farewell.getBranch(), farewell.getMessage().toByteArray(), to);
    }

    private static LegState state(org.panacall.proto.sipingress.v1.StoredLeg leg, Instant at) {
        return switch (leg.getState()) {
            case STORED_LEG_STATE_OPENING -> new LegState.Opening();
            case STORED_LEG_STATE_OFFERED -> new LegState.Offered();
            case STORED_LEG_STATE_CALLING -> new LegState.Calling(at);
            case STORED_LEG_STATE_RINGING -> new LegState.Ringing(at);
            case STORED_LEG_STATE_ANSWERED -> new LegState.Answered(instant(leg.getAnsweredAt()));
            case STORED_LEG_STATE_ENDED ->
                    new LegState.Ended(
                            CallWords.ofMessage(leg.getEndReason()),
                            leg.getSipStatus(),
                            leg.hasEndedAt() ? instant(leg.getEndedAt()) : at);
            case STORED_LEG_STATE_UNSPECIFIED, UNRECOGNIZED ->
                    throw new IllegalArgumentException("a leg without a state");
        };
    }

    private static StoredLeg.Media media(org.panacall.proto.sipingress.v1.StoredLeg leg) {
        return new StoredLeg.Media(
                state(leg.getMedia()),
                leg.hasAudio() ? Optional.of(audio(leg.getAudio())) : Optional.empty(),
                text(leg.getMusicPlayId()).map(PlayId::new),
                leg.hasSilentSince()
                        ? Optional.of(instant(leg.getSilentSince()))
                        : Optional.empty(),
                leg.getHeldByUs(),
                leg.getAwaitsAnswer(),
                leg.hasSounding() ? Optional.of(playing(leg.getSounding())) : Optional.empty(),
                leg.getReoffered(),
                sdp(leg.getSdp()));
    }

    private static Playing playing(StoredPlay play) {
        var prompts = Prompts.ofMessages(play.getPromptsList());
        return new Playing(
                new PlayId(play.getPlayId()),
                new Program(
                        prompts,
                        play.getRepeat(),
                        play.getBargeIn(),
                        Recordings.plan(play.hasRecord(), play.getRecord()),
                        Listening.plan(play.hasListen(), play.getListen())));
    }

    private static MediaState state(StoredMedia media) {
        return switch (media.getState()) {
            case STORED_MEDIA_STATE_OPENING -> new MediaState.Opening();
            case STORED_MEDIA_STATE_OPEN ->
                    new MediaState.Open(
                            new LocalAudio(
                                    media.getAddress(), media.getRtpPort(), media.getRtcpPort()));
            case STORED_MEDIA_STATE_CLOSING -> new MediaState.Closing();
            case STORED_MEDIA_STATE_CLOSED -> new MediaState.Closed(LegQuality.UNKNOWN);
            case STORED_MEDIA_STATE_UNSPECIFIED, UNRECOGNIZED ->
                    throw new IllegalArgumentException("a leg without a state of its media");
        };
    }

    private static AgreedAudio audio(StoredAudio audio) {
        var time = audio.getPacketTime();
        return new AgreedAudio(
                AudioCodec.valueOf(audio.getCodec()),
                audio.getPayloadType(),
                audio.getTelephoneEventPayloadType(),
                audio.getRemoteAddress(),
                audio.getRemoteRtpPort(),
                audio.getRemoteRtcpPort(),
                audio.getSend(),
                audio.getReceive(),
                audio.hasPacketTime() ? Optional.of(ProtoTimes.duration(time)) : Optional.empty());
    }

    private static StoredSdp sdp(org.panacall.proto.sipingress.v1.StoredSdp sdp) {
        return new StoredSdp(
                sdp.getId(),
                sdp.getVersion(),
                sdp.getAudioIndex(),
                sdp.getStreamsList().stream()
                        .map(
                                stream ->
                                        new StoredSdp.Stream(
                                                stream.getKind(),
                                                stream.getProtocol(),
                                                stream.getFormat()))
                        .toList());
    }
}
