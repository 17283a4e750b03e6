// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.grpc;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.panacall.media.MediaConfig;
import org.panacall.media.node.MediaNode;
import org.panacall.media.pipeline.LegIdentity;
import org.panacall.media.pipeline.LegStatistics;
import org.panacall.media.pipeline.Rooms;
import org.panacall.media.play.Item;
import org.panacall.media.play.Play;
import org.panacall.media.prompt.PromptLibrary;
import org.panacall.proto.call.v1.Prompt;
import org.panacall.proto.media.v1.ArrangeAnswer;
import org.panacall.proto.media.v1.ArrangeRequest;
import org.panacall.proto.media.v1.ArrangeResponse;
import org.panacall.proto.media.v1.ArrangeStep;
import org.panacall.proto.media.v1.CloseLegRequest;
import org.panacall.proto.media.v1.CloseLegResponse;
import org.panacall.proto.media.v1.ConfigureLegRequest;
import org.panacall.proto.media.v1.ConfigureLegResponse;
import org.panacall.proto.media.v1.Done;
import org.panacall.proto.media.v1.JoinRoomRequest;
import org.panacall.proto.media.v1.JoinRoomResponse;
import org.panacall.proto.media.v1.LeaveRoomRequest;
import org.panacall.proto.media.v1.LeaveRoomResponse;
import org.panacall.proto.media.v1.LegOpened;
import org.panacall.proto.media.v1.LegUnknown;
import org.panacall.proto.media.v1.NoCapacity;
import org.panacall.proto.media.v1.NoRoom;
import org.panacall.proto.media.v1.OpenLegRequest;
import org.panacall.proto.media.v1.OpenLegResponse;
import org.panacall.proto.media.v1.PlayPromptsRequest;
import org.panacall.proto.media.v1.PlayPromptsResponse;
import org.panacall.proto.media.v1.RecordTalkRequest;
import org.panacall.proto.media.v1.RecordTalkResponse;
import org.panacall.proto.media.v1.RoomFull;
import org.panacall.proto.media.v1.SendKeysRequest;
import org.panacall.proto.media.v1.SendKeysResponse;
import org.panacall.proto.media.v1.SetMatrixRequest;
import org.panacall.proto.media.v1.SetMatrixResponse;
import org.panacall.proto.media.v1.StepFailed;
import org.panacall.proto.media.v1.StopPromptsRequest;
import org.panacall.proto.media.v1.StopPromptsResponse;
import org.panacall.proto.media.v1.TalkRecorded;

/** What a request about legs is answered, whether it came by itself or with others. */
@ApplicationScoped
class LegAnswers {

    private static final int STEPS_MAX = 16;
    private static final Done DONE = Done.getDefaultInstance();
    private static final LegUnknown UNKNOWN = LegUnknown.getDefaultInstance();

    private final MediaNode node;
    private final PromptLibrary prompts;
    private final PromptRequests wishes;
    private final RecordingRequests recordings;
    private final ListenRequests listening;
    private final MediaConfig config;

    @Inject
    LegAnswers(
            MediaNode node,
            PromptLibrary prompts,
            PromptRequests wishes,
            RecordingRequests recordings,
            ListenRequests listening,
            MediaConfig config) {
        this.listening = listening;
        this.recordings = recordings;
        this.node = node;
        this.prompts = prompts;
        this.wishes = wishes;
        this.config = config;
    }

    CompletionStage<ArrangeResponse> arrange(ArrangeRequest request) {
        int count = request.getStepsCount();
        if (count < 1 || count > STEPS_MAX) {
            throw new IllegalArgumentException("1 to " + STEPS_MAX + " steps are arranged");
        }
        CompletionStage<ArrangeResponse.Builder> answers =
                CompletableFuture.completedFuture(ArrangeResponse.newBuilder());
        for (var step : request.getStepsList()) {
            answers =
                    answers.thenCompose(
                            before -> answerOrFault(step).thenApply(before::addAnswers));
        }
        return answers.thenApply(ArrangeResponse.Builder::build);
    }

    private CompletionStage<ArrangeAnswer> answerOrFault(ArrangeStep step) {
        try {
            return answer(step).exceptionally(LegAnswers::failed);
        } catch (IllegalArgumentException | RejectedExecutionException refused) {
            return CompletableFuture.completedFuture(failed(refused));
        }
    }

    /** Refusals are answers; a bug of ours is none. */
    private static ArrangeAnswer failed(Throwable fault) {
        var cause = fault instanceof CompletionException ? fault.getCause() : fault;
        if (cause instanceof IllegalArgumentException
                || cause instanceof RejectedExecutionException) {
            var reason = StepFailed.newBuilder().setReason(String.valueOf(cause.getMessage()));
            return ArrangeAnswer.newBuilder().setFailed(reason).build();
        }
        throw new CompletionException(cause);
    }

    private CompletionStage<ArrangeAnswer> answer(ArrangeStep step) {
        var answer = ArrangeAnswer.newBuilder();
        var built =
                switch (step.getStepCase()) {
                    case OPEN_LEG -> open(step.getOpenLeg()).thenApply(answer::setOpenLeg);
                    case CONFIGURE_LEG ->
                            configure(step.getConfigureLeg()).thenApply(answer::setConfigureLeg);
                    case CLOSE_LEG -> close(step.getCloseLeg()).thenApply(answer::setCloseLeg);
                    case SET_MATRIX ->
                            setMatrix(step.getSetMatrix()).thenApply(answer::setSetMatrix);
                    case PLAY_PROMPTS ->
                            play(step.getPlayPrompts()).thenApply(answer::setPlayPrompts);
                    case STOP_PROMPTS ->
                            stop(step.getStopPrompts()).thenApply(answer::setStopPrompts);
                    case SEND_KEYS -> sendKeys(step.getSendKeys()).thenApply(answer::setSendKeys);
                    case JOIN_ROOM -> join(step.getJoinRoom()).thenApply(answer::setJoinRoom);
                    case LEAVE_ROOM -> leave(step.getLeaveRoom()).thenApply(answer::setLeaveRoom);
                    case RECORD_TALK ->
                            recordTalk(step.getRecordTalk()).thenApply(answer::setRecordTalk);
                    case STEP_NOT_SET -> throw new IllegalArgumentException("an empty step");
                };
        return built.thenApply(ArrangeAnswer.Builder::build);
    }

    CompletionStage<OpenLegResponse> open(OpenLegRequest request) {
        var identity = LegRequests.identity(request);
        var settings =
                request.hasSettings()
                        ? Optional.of(LegRequests.settings(request.getSettings()))
                        : Optional.<org.panacall.media.pipeline.LegSettings>empty();
        var port =
                node.open(identity)
                        .thenCompose(
                                opened ->
                                        opened.isPresent() && settings.isPresent()
                                                ? node.configure(identity.legId(), settings.get())
                                                        .thenApply(configured -> opened)
                                                : CompletableFuture.completedFuture(opened));
        return port.thenApply(this::opened);
    }

    private OpenLegResponse opened(Optional<Integer> port) {
        if (port.isEmpty()) {
            return OpenLegResponse.newBuilder()
                    .setNoCapacity(NoCapacity.getDefaultInstance())
                    .build();
        }
        var rtp = config.rtp();
        var opened =
                LegOpened.newBuilder()
                        .setAddress(rtp.advertisedAddress().orElse(rtp.address()))
                        .setRtpPort(port.get())
                        .setRtcpPort(port.get() + 1);
        return OpenLegResponse.newBuilder().setOpened(opened).build();
    }

    CompletionStage<ConfigureLegResponse> configure(ConfigureLegRequest request) {
        var settings = LegRequests.settings(request.getSettings());
        var response = ConfigureLegResponse.newBuilder();
        return node.configure(request.getLegId(), settings)
                .thenApply(
                        known ->
                                known
                                        ? response.setDone(DONE).build()
                                        : response.setLegUnknown(UNKNOWN).build());
    }

    CompletionStage<CloseLegResponse> close(CloseLegRequest request) {
        var response = CloseLegResponse.newBuilder();
        return node.close(request.getLegId())
                .thenApply(
                        measured ->
                                measured.map(m -> response.setClosed(statistics(m)))
                                        .orElseGet(() -> response.setLegUnknown(UNKNOWN))
                                        .build());
    }

    private static org.panacall.proto.media.v1.LegStatistics statistics(LegStatistics measured) {
        var packets = measured.packets();
        return org.panacall.proto.media.v1.LegStatistics.newBuilder()
                .setPacketsReceived(packets.received())
                .setPacketsSent(packets.sent())
                .setPacketsLost(packets.lost())
                .setPacketsLate(packets.late())
                .setPacketsFromStrangers(packets.strangers())
                .setJitterMs(measured.jitterMs())
                .setMos(measured.mos())
                .build();
    }

    CompletionStage<SetMatrixResponse> setMatrix(SetMatrixRequest request) {
        var bridgeId = LegRequests.id("bridge_id", request.getBridgeId());
        var cells = request.getCellsList().stream().map(LegRequests::cell).toList();
        var response = SetMatrixResponse.newBuilder();
        return node.setMatrix(bridgeId, cells)
                .thenApply(
                        known ->
                                known
                                        ? response.setDone(DONE).build()
                                        : response.setLegUnknown(UNKNOWN).build());
    }

    CompletionStage<PlayPromptsResponse> play(PlayPromptsRequest request) {
        var playId = LegRequests.id("play_id", request.getPlayId());
        int most = config.media().promptsPerPlay();
        if (request.getPromptsCount() < 1 || request.getPromptsCount() > most) {
            throw new IllegalArgumentException("a play has 1 to " + most + " prompts");
        }
        var response = PlayPromptsResponse.newBuilder();
        var leg = node.identityOf(request.getLegId());
        if (leg.isEmpty()) {
            return CompletableFuture.completedFuture(response.setLegUnknown(UNKNOWN).build());
        }
        var items = items(request.getPromptsList(), leg.get().tenantId());
        var recorder =
                request.hasRecord() ? recordings.begin(leg.get(), request.getRecord()) : null;
        var taps = new Play.Taps(recorder, listening.begin(leg.get(), request));
        var play = new Play(playId, items, request.getRepeat(), request.getBargeIn(), taps);
        return played(request.getLegId(), play)
                .thenApply(
                        known -> {
                            if (!known && recorder != null) {
                                recorder.stop();
                            }
                            return known
                                    ? response.setDone(DONE).build()
                                    : response.setLegUnknown(UNKNOWN).build();
                        });
    }

    /** Nobody listens with an ear that no leg has. */
    private CompletionStage<Boolean> played(String legId, Play play) {
        try {
            return node.play(legId, play)
                    .whenComplete(
                            (known, fault) -> {
                                if (play.ear() != null && !Boolean.TRUE.equals(known)) {
                                    play.ear().cancel();
                                }
                            });
        } catch (RejectedExecutionException busy) {
            if (play.ear() != null) {
                play.ear().cancel();
            }
            throw busy;
        }
    }

    CompletionStage<StopPromptsResponse> stop(StopPromptsRequest request) {
        var response = StopPromptsResponse.newBuilder();
        return node.stopPlay(request.getLegId(), request.getPlayId())
                .thenApply(
                        known ->
                                known
                                        ? response.setDone(DONE).build()
                                        : response.setLegUnknown(UNKNOWN).build());
    }

    CompletionStage<SendKeysResponse> sendKeys(SendKeysRequest request) {
        var keys = LegRequests.keys(request.getKeys());
        var response = SendKeysResponse.newBuilder();
        return node.sendKeys(request.getLegId(), keys)
                .thenApply(
                        sent ->
                                switch (sent) {
                                    case DONE -> response.setDone(DONE).build();
                                    case LEG_UNKNOWN -> response.setLegUnknown(UNKNOWN).build();
                                    case TOO_MANY ->
                                            throw new RejectedExecutionException(
                                                    "too many keys wait on this leg");
                                });
    }

    /** All wishes are read before the first one is loaded. */
    private List<Item> items(List<Prompt> asked, String tenant) {
        var language = prompts.languageOf(tenant, config.media().defaultLanguage());
        var read = asked.stream().map(prompt -> wishes.wish(prompt, tenant, language)).toList();
        var items = new ArrayList<Item>();
        read.forEach(wish -> items.add(prompts.item(wish)));
        return items;
    }

    CompletionStage<JoinRoomResponse> join(JoinRoomRequest request) {
        var room = LegRequests.id("room_id", request.getRoomId());
        int most = config.media().promptsPerPlay();
        if (request.getAlonePromptsCount() > most) {
            throw new IllegalArgumentException("music has at most " + most + " prompts");
        }
        var response = JoinRoomResponse.newBuilder();
        var leg = node.identityOf(request.getLegId());
        if (leg.isEmpty()) {
            return CompletableFuture.completedFuture(response.setLegUnknown(UNKNOWN).build());
        }
        int wanted = request.getParticipantsMax();
        var manners =
                new Rooms.Manners(
                        wanted > 0 ? wanted : Integer.MAX_VALUE,
                        items(request.getAlonePromptsList(), leg.get().tenantId()),
                        request.getSigns());
        return node.join(request.getLegId(), room, manners)
                .thenApply(
                        joined ->
                                switch (joined) {
                                    case DONE -> response.setDone(DONE).build();
                                    case ROOM_FULL ->
                                            response.setRoomFull(RoomFull.getDefaultInstance())
                                                    .build();
                                    case LEG_UNKNOWN -> response.setLegUnknown(UNKNOWN).build();
                                });
    }

    CompletionStage<LeaveRoomResponse> leave(LeaveRoomRequest request) {
        var response = LeaveRoomResponse.newBuilder();
        return node.leaveRoom(request.getLegId())
                .thenApply(
                        known ->
                                known
                                        ? response.setDone(DONE).build()
                                        : response.setLegUnknown(UNKNOWN).build());
    }

    CompletionStage<RecordTalkResponse> recordTalk(RecordTalkRequest request) {
        var one = LegRequests.id("leg_id", request.getLegId());
        var other = LegRequests.id("other_leg_id", request.getOtherLegId());
        if (one.equals(other)) {
            throw new IllegalArgumentException("a talk is of two legs");
        }
        var response = RecordTalkResponse.newBuilder();
        var leg = node.identityOf(one);
        if (leg.isEmpty()) {
            return CompletableFuture.completedFuture(response.setLegUnknown(UNKNOWN).build());
        }
        if (!request.hasRecord()) {
            return node.endRecording(one, other).thenApply(any -> response.setDone(DONE).build());
        }
        return node.recordingOf(one, other)
                .thenCompose(
                        known ->
                                known.isPresent()
                                        ? CompletableFuture.completedFuture(
                                                response.setRecorded(recorded(known.get())).build())
                                        : record(leg.get(), request));
    }

    private CompletionStage<RecordTalkResponse> record(LegIdentity leg, RecordTalkRequest request) {
        var response = RecordTalkResponse.newBuilder();
        var begun = recordings.beginTalk(leg, request.getRecord());
        if (begun.isEmpty()) {
            var full = response.setNoRoom(NoRoom.getDefaultInstance()).build();
            return CompletableFuture.completedFuture(full);
        }
        var recorder = begun.get();
        return node.record(leg.legId(), request.getOtherLegId(), recorder)
                .whenComplete(
                        (known, fault) -> {
                            if (!Boolean.TRUE.equals(known)) {
                                recorder.stop();
                            }
                        })
                .thenApply(
                        known ->
                                known
                                        ? response.setRecorded(recorded(recorder.id())).build()
                                        : response.setLegUnknown(UNKNOWN).build());
    }

    private static TalkRecorded recorded(String id) {
        return TalkRecorded.newBuilder().setRecordingId(id).build();
    }
}
