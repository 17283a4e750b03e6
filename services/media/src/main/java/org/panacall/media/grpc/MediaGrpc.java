// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.grpc;

import io.grpc.ServerServiceDefinition;
import io.grpc.stub.StreamObserver;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.panacall.defaults.Outlet;
import org.panacall.defaults.Reply;
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
import org.panacall.proto.media.v1.MediaServiceGrpc;
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
@ApplicationScoped
public class MediaGrpc implements MediaServiceGrpc.AsyncService {

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

    /** What the server serves. */
    @Produces
    @Singleton
    ServerServiceDefinition contract() {
        return MediaServiceGrpc.bindService(this);
    }

    @Override
    public void openLeg(OpenLegRequest request, StreamObserver<OpenLegResponse> caller) {
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
        Reply.later(port.thenApply(this::opened), caller);
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
    public void configureLeg(
            ConfigureLegRequest request, StreamObserver<ConfigureLegResponse> caller) {
        var settings = LegRequests.settings(request.getSettings());
        var response = ConfigureLegResponse.newBuilder();
        Reply.later(
                node.configure(request.getLegId(), settings)
                        .thenApply(
                                known ->
                                        known
                                                ? response.setDone(DONE).build()
                                                : response.setLegUnknown(UNKNOWN).build()),
                caller);
    }

    @Override
    public void closeLeg(CloseLegRequest request, StreamObserver<CloseLegResponse> caller) {
        var response = CloseLegResponse.newBuilder();
        Reply.later(
                node.close(request.getLegId())
                        .thenApply(
                                measured ->
                                        measured.map(m -> response.setClosed(statistics(m)))
                                                .orElseGet(() -> response.setLegUnknown(UNKNOWN))
                                                .build()),
                caller);
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
    public void setMatrix(SetMatrixRequest request, StreamObserver<SetMatrixResponse> caller) {
        var bridgeId = LegRequests.id("bridge_id", request.getBridgeId());
        var cells = request.getCellsList().stream().map(LegRequests::cell).toList();
        var response = SetMatrixResponse.newBuilder();
        Reply.later(
                node.setMatrix(bridgeId, cells)
                        .thenApply(
                                known ->
                                        known
                                                ? response.setDone(DONE).build()
                                                : response.setLegUnknown(UNKNOWN).build()),
                caller);
    }

    @Override
    public void playPrompts(
            PlayPromptsRequest request, StreamObserver<PlayPromptsResponse> caller) {
        var playId = LegRequests.id("play_id", request.getPlayId());
        int most = config.media().promptsPerPlay();
        if (request.getPromptsCount() < 1 || request.getPromptsCount() > most) {
            throw new IllegalArgumentException("a play has 1 to " + most + " prompts");
        }
        var response = PlayPromptsResponse.newBuilder();
        var tenant = node.tenantOf(request.getLegId());
        if (tenant.isEmpty()) {
            Reply.now(response.setLegUnknown(UNKNOWN).build(), caller);
            return;
        }
        var language = config.media().defaultLanguage();
        var wishes =
                request.getPromptsList().stream()
                        .map(prompt -> PromptRequests.wish(prompt, tenant.get(), language))
                        .toList();
        var items = new ArrayList<Item>();
        wishes.forEach(wish -> items.add(prompts.item(wish)));
        var play = new Play(playId, items, request.getRepeat(), request.getBargeIn());
        Reply.later(
                node.play(request.getLegId(), play)
                        .thenApply(
                                known ->
                                        known
                                                ? response.setDone(DONE).build()
                                                : response.setLegUnknown(UNKNOWN).build()),
                caller);
    }

    @Override
    public void stopPrompts(
            StopPromptsRequest request, StreamObserver<StopPromptsResponse> caller) {
        var response = StopPromptsResponse.newBuilder();
        Reply.later(
                node.stopPlay(request.getLegId(), request.getPlayId())
                        .thenApply(
                                known ->
                                        known
                                                ? response.setDone(DONE).build()
                                                : response.setLegUnknown(UNKNOWN).build()),
                caller);
    }

    @Override
    public void sendKeys(SendKeysRequest request, StreamObserver<SendKeysResponse> caller) {
        var keys = LegRequests.keys(request.getKeys());
        var response = SendKeysResponse.newBuilder();
        Reply.later(
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
                                        }),
                caller);
    }

    @Override
    public void watchLegs(WatchLegsRequest request, StreamObserver<LegNotice> caller) {
        var owner = LegRequests.id("sip_ingress", request.getSipIngress());
        // A reader that is this far behind is cut off and comes again with its last sequence.
        int bound = config.media().noticesKept() + 1;
        notices.watch(
                owner,
                request.getStreamId(),
                request.getAfterSequence(),
                new Reader(new Outlet<>(caller, bound, () -> {})));
    }

    private record Reader(Outlet<LegNotice> outlet) implements NoticeLogs.Watcher {

        @Override
        public boolean take(NoticeEntry entry) {
            return outlet.offer(LegNotices.toProto(entry));
        }

        @Override
        public void replaced() {
            outlet.complete();
        }
    }
}
