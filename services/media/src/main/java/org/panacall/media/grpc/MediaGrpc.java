// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.grpc;

import io.grpc.ServerServiceDefinition;
import io.grpc.stub.StreamObserver;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.panacall.defaults.Outlet;
import org.panacall.defaults.Reply;
import org.panacall.media.MediaConfig;
import org.panacall.media.node.NoticeEntry;
import org.panacall.media.node.NoticeLogs;
import org.panacall.proto.media.v1.ArrangeRequest;
import org.panacall.proto.media.v1.ArrangeResponse;
import org.panacall.proto.media.v1.CloseLegRequest;
import org.panacall.proto.media.v1.CloseLegResponse;
import org.panacall.proto.media.v1.ConfigureLegRequest;
import org.panacall.proto.media.v1.ConfigureLegResponse;
import org.panacall.proto.media.v1.JoinRoomRequest;
import org.panacall.proto.media.v1.JoinRoomResponse;
import org.panacall.proto.media.v1.LeaveRoomRequest;
import org.panacall.proto.media.v1.LeaveRoomResponse;
import org.panacall.proto.media.v1.LegNotice;
import org.panacall.proto.media.v1.MediaServiceGrpc;
import org.panacall.proto.media.v1.OpenLegRequest;
import org.panacall.proto.media.v1.OpenLegResponse;
import org.panacall.proto.media.v1.PlayPromptsRequest;
import org.panacall.proto.media.v1.PlayPromptsResponse;
import org.panacall.proto.media.v1.RecordTalkRequest;
import org.panacall.proto.media.v1.RecordTalkResponse;
import org.panacall.proto.media.v1.SendKeysRequest;
import org.panacall.proto.media.v1.SendKeysResponse;
import org.panacall.proto.media.v1.SetMatrixRequest;
import org.panacall.proto.media.v1.SetMatrixResponse;
import org.panacall.proto.media.v1.StopPromptsRequest;
import org.panacall.proto.media.v1.StopPromptsResponse;
import org.panacall.proto.media.v1.WatchLegsRequest;

/** The contract of this service. */
@ApplicationScoped
public class MediaGrpc implements MediaServiceGrpc.AsyncService {

    private final LegAnswers legs;
    private final NoticeLogs notices;
    private final MediaConfig config;

    @Inject
    MediaGrpc(LegAnswers legs, NoticeLogs notices, MediaConfig config) {
        this.legs = legs;
        this.notices = notices;
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
        Reply.later(legs.open(request), caller);
    }

    @Override
    public void configureLeg(
            ConfigureLegRequest request, StreamObserver<ConfigureLegResponse> caller) {
        Reply.later(legs.configure(request), caller);
    }

    @Override
    public void closeLeg(CloseLegRequest request, StreamObserver<CloseLegResponse> caller) {
        Reply.later(legs.close(request), caller);
    }

    @Override
    public void setMatrix(SetMatrixRequest request, StreamObserver<SetMatrixResponse> caller) {
        Reply.later(legs.setMatrix(request), caller);
    }

    @Override
    public void playPrompts(
            PlayPromptsRequest request, StreamObserver<PlayPromptsResponse> caller) {
        Reply.later(legs.play(request), caller);
    }

    @Override
    public void stopPrompts(
            StopPromptsRequest request, StreamObserver<StopPromptsResponse> caller) {
        Reply.later(legs.stop(request), caller);
    }

    @Override
    public void sendKeys(SendKeysRequest request, StreamObserver<SendKeysResponse> caller) {
        Reply.later(legs.sendKeys(request), caller);
    }

    @Override
    public void joinRoom(JoinRoomRequest request, StreamObserver<JoinRoomResponse> caller) {
        Reply.later(legs.join(request), caller);
    }

    @Override
    public void leaveRoom(LeaveRoomRequest request, StreamObserver<LeaveRoomResponse> caller) {
        Reply.later(legs.leave(request), caller);
    }

    @Override
    public void recordTalk(RecordTalkRequest request, StreamObserver<RecordTalkResponse> caller) {
        Reply.later(legs.recordTalk(request), caller);
    }

    @Override
    public void arrange(ArrangeRequest request, StreamObserver<ArrangeResponse> caller) {
        Reply.later(legs.arrange(request), caller);
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
