// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.grpc;

import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.BackPressureFailure;
import io.smallrye.mutiny.subscription.MultiEmitter;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.panacall.media.MediaConfig;
import org.panacall.media.node.MediaNode;
import org.panacall.media.node.NoticeEntry;
import org.panacall.media.node.NoticeLogs;
import org.panacall.media.pipeline.LegStatistics;
import org.panacall.media.play.Item;
import org.panacall.media.play.Play;
import org.panacall.media.prompt.PromptLibrary;
import org.panacall.proto.media.v1.CloseLegRequest;
import org.panacall.proto.media.v1.CloseLegResponse;
import org.panacall.proto.media.v1.ConfigureLegRequest;
import org.panacall.proto.media.v1.ConfigureLegResponse;
import org.panacall.proto.media.v1.Done;
import org.panacall.proto.media.v1.LegNotice;
import org.panacall.proto.media.v1.LegOpened;
import org.panacall.proto.media.v1.LegUnknown;
import org.panacall.proto.media.v1.MediaService;
import org.panacall.proto.media.v1.NoCapacity;
import org.panacall.proto.media.v1.OpenLegRequest;
import org.panacall.proto.media.v1.OpenLegResponse;
import org.panacall.proto.media.v1.PlayPromptsRequest;
import org.panacall.proto.media.v1.PlayPromptsResponse;
import org.panacall.proto.media.v1.SendKeysRequest;
import org.panacall.proto.media.v1.SendKeysResponse;
import org.panacall.proto.media.v1.SetMatrixRequest;
import org.panacall.proto.media.v1.SetMatrixResponse;
import org.panacall.proto.media.v1.StopPromptsRequest;
import org.panacall.proto.media.v1.StopPromptsResponse;
import org.panacall.proto.media.v1.WatchLegsRequest;

/** The contract of this service on top of {@link MediaNode}. */
@GrpcService
public class MediaGrpc implements MediaService {

    private static final Done DONE = Done.getDefaultInstance();
    private static final LegUnknown UNKNOWN = LegUnknown.getDefaultInstance();

    private final MediaNode node;
    private final NoticeLogs notices;
    private final PromptLibrary prompts;
    private final MediaConfig config;

    @Inject
    MediaGrpc(MediaNode node, NoticeLogs notices, PromptLibrary prompts, MediaConfig config) {
        this.node = node;
        this.notices = notices;
        this.prompts = prompts;
        this.config = config;
    }

    @Override
    public Uni<OpenLegResponse> openLeg(OpenLegRequest request) {
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
        return uni(port.thenApply(this::opened));
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

    @Override
    public Uni<ConfigureLegResponse> configureLeg(ConfigureLegRequest request) {
        var settings = LegRequests.settings(request.getSettings());
        var response = ConfigureLegResponse.newBuilder();
        return uni(
                node.configure(request.getLegId(), settings)
                        .thenApply(
                                known ->
                                        known
                                                ? response.setDone(DONE).build()
                                                : response.setLegUnknown(UNKNOWN).build()));
    }

    @Override
    public Uni<CloseLegResponse> closeLeg(CloseLegRequest request) {
        var response = CloseLegResponse.newBuilder();
        return uni(
                node.close(request.getLegId())
                        .thenApply(
                                measured ->
                                        measured.map(m -> response.setClosed(statistics(m)))
                                                .orElseGet(() -> response.setLegUnknown(UNKNOWN))
                                                .build()));
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

    @Override
    public Uni<SetMatrixResponse> setMatrix(SetMatrixRequest request) {
        var bridgeId = LegRequests.id("bridge_id", request.getBridgeId());
        var cells = request.getCellsList().stream().map(LegRequests::cell).toList();
        var response = SetMatrixResponse.newBuilder();
        return uni(
                node.setMatrix(bridgeId, cells)
                        .thenApply(
                                known ->
                                        known
                                                ? response.setDone(DONE).build()
                                                : response.setLegUnknown(UNKNOWN).build()));
    }

    @Override
    public Uni<PlayPromptsResponse> playPrompts(PlayPromptsRequest request) {
        var playId = LegRequests.id("play_id", request.getPlayId());
        int most = config.media().promptsPerPlay();
        if (request.getPromptsCount() < 1 || request.getPromptsCount() > most) {
            throw new IllegalArgumentException("a play has 1 to " + most + " prompts");
        }
        var response = PlayPromptsResponse.newBuilder();
        var tenant = node.tenantOf(request.getLegId());
        if (tenant.isEmpty()) {
            return Uni.createFrom().item(response.setLegUnknown(UNKNOWN).build());
        }
        var language = config.media().defaultLanguage();
        var wishes =
                request.getPromptsList().stream()
                        .map(prompt -> PromptRequests.wish(prompt, tenant.get(), language))
                        .toList();
        var items = new ArrayList<Item>();
        wishes.forEach(wish -> items.add(prompts.item(wish)));
        var play = new Play(playId, items, request.getRepeat(), request.getBargeIn());
        return uni(
                node.play(request.getLegId(), play)
                        .thenApply(
                                known ->
                                        known
                                                ? response.setDone(DONE).build()
                                                : response.setLegUnknown(UNKNOWN).build()));
    }

    @Override
    public Uni<StopPromptsResponse> stopPrompts(StopPromptsRequest request) {
        var response = StopPromptsResponse.newBuilder();
        return uni(
                node.stopPlay(request.getLegId(), request.getPlayId())
                        .thenApply(
                                known ->
                                        known
                                                ? response.setDone(DONE).build()
                                                : response.setLegUnknown(UNKNOWN).build()));
    }

    @Override
    public Uni<SendKeysResponse> sendKeys(SendKeysRequest request) {
        var keys = LegRequests.keys(request.getKeys());
        var response = SendKeysResponse.newBuilder();
        return uni(
                node.sendKeys(request.getLegId(), keys)
                        .thenApply(
                                sent ->
                                        switch (sent) {
                                            case DONE -> response.setDone(DONE).build();
                                            case LEG_UNKNOWN ->
                                                    response.setLegUnknown(UNKNOWN).build();
                                            case TOO_MANY ->
                                                    throw new RejectedExecutionException(
                                                            "too many keys wait on this leg");
                                        }));
    }

    @Override
    public Multi<LegNotice> watchLegs(WatchLegsRequest request) {
        var owner = LegRequests.id("sip_ingress", request.getSipIngress());
        // A reader that is this far behind is cut off and comes again with its last sequence.
        int bound = config.media().noticesKept() + 1;
        return Multi.createFrom()
                .<NoticeEntry>emitter(
                        emitter ->
                                notices.watch(
                                        owner,
                                        request.getStreamId(),
                                        request.getAfterSequence(),
                                        new Reader(emitter)),
                        bound)
                .map(LegNotices::toProto)
                .onFailure(BackPressureFailure.class)
                .transform(slow -> new RejectedExecutionException("the reader is too slow"));
    }

    private record Reader(MultiEmitter<? super NoticeEntry> emitter) implements NoticeLogs.Watcher {

        @Override
        public boolean take(NoticeEntry entry) {
            if (emitter.isCancelled()) {
                return false;
            }
            emitter.emit(entry);
            return true;
        }

        @Override
        public void replaced() {
            emitter.complete();
        }
    }

    private static <T> Uni<T> uni(CompletionStage<T> stage) {
        return Uni.createFrom().completionStage(stage);
    }
}
