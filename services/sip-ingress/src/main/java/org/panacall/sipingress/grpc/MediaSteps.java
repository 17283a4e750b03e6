// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.grpc;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.panacall.proto.media.v1.ArrangeStep;
import org.panacall.proto.media.v1.CloseLegRequest;
import org.panacall.proto.media.v1.ConfigureLegRequest;
import org.panacall.proto.media.v1.JoinRoomRequest;
import org.panacall.proto.media.v1.LeaveRoomRequest;
import org.panacall.proto.media.v1.MatrixCell;
import org.panacall.proto.media.v1.PlayPromptsRequest;
import org.panacall.proto.media.v1.RecordTalkRequest;
import org.panacall.proto.media.v1.SendKeysRequest;
import org.panacall.proto.media.v1.SetMatrixRequest;
import org.panacall.proto.media.v1.StopPromptsRequest;
import org.panacall.sipingress.Listening;
import org.panacall.sipingress.Prompts;
import org.panacall.sipingress.Recordings;
import org.panacall.sipingress.core.call.CallId;
import org.panacall.sipingress.core.command.IngressEffect;
import org.panacall.sipingress.core.command.IngressEffect.ForMedia;

/**
 * The requests to media that wait, by call, and which of them travel together: those in a row for
 * one node, as steps of one rpc.
 *
 * <p>Any thread. Bounded by the lanes that carry them.
 */
final class MediaSteps {

    /** As many as a node takes at once. */
    private static final int STEPS_MAX = 16;

    private final Map<CallId, ArrayDeque<ForMedia>> waiting = new ConcurrentHashMap<>();

    void add(ForMedia request) {
        waiting.compute(
                request.call(),
                (call, before) -> {
                    var line = before == null ? new ArrayDeque<ForMedia>() : before;
                    line.addLast(request);
                    return line;
                });
    }

    /** False when it is on its way already. */
    boolean remove(ForMedia request) {
        var removed = new AtomicBoolean();
        waiting.computeIfPresent(
                request.call(),
                (call, line) -> {
                    removed.set(line.removeIf(other -> other == request));
                    return line.isEmpty() ? null : line;
                });
        return removed.get();
    }

    /** Takes what goes next for a call; empty when it went with what was before. */
    List<ForMedia> next(CallId of) {
        var together = new ArrayList<ForMedia>();
        waiting.computeIfPresent(
                of,
                (call, line) -> {
                    do {
                        together.add(line.pollFirst());
                    } while (together.size() < STEPS_MAX
                            && !line.isEmpty()
                            && travels(together, line.peekFirst()));
                    return line.isEmpty() ? null : line;
                });
        return together;
    }

    /** Of two plays the first would begin again if both were asked for again. */
    private static boolean travels(List<ForMedia> before, ForMedia request) {
        var node = node(before.getFirst());
        boolean second =
                request instanceof IngressEffect.PlayPrompts
                        && before.stream().anyMatch(IngressEffect.PlayPrompts.class::isInstance);
        return !second && !node.isEmpty() && node.equals(node(request));
    }

    /** Empty for what may be carried out on another node too, or twice, and so travels alone. */
    private static String node(ForMedia request) {
        return switch (request) {
            case IngressEffect.OpenMedia open -> "";
            case IngressEffect.PlayKeys keys -> "";
            case IngressEffect.CloseMedia close -> close.node();
            case IngressEffect.ConfigureMedia configure -> configure.node();
            case IngressEffect.SetMatrix matrix -> matrix.node();
            case IngressEffect.PlayPrompts play -> play.node();
            case IngressEffect.StopPrompts stop -> stop.node();
            case IngressEffect.JoinRoom join -> join.node();
            case IngressEffect.LeaveRoom leave -> leave.node();
            case IngressEffect.RecordTalk talk -> talk.node();
        };
    }

    /** The step that a request of {@link #next} is, all but OpenMedia. */
    static ArrangeStep step(ForMedia request) {
        var step = ArrangeStep.newBuilder();
        switch (request) {
            case IngressEffect.OpenMedia open ->
                    throw new IllegalArgumentException("opening tries one node after another");
            case IngressEffect.CloseMedia close ->
                    step.setCloseLeg(CloseLegRequest.newBuilder().setLegId(close.leg().value()));
            case IngressEffect.ConfigureMedia configure ->
                    step.setConfigureLeg(
                            ConfigureLegRequest.newBuilder()
                                    .setLegId(configure.leg().value())
                                    .setSettings(MediaMessages.settings(configure.audio())));
            case IngressEffect.SetMatrix matrix -> step.setSetMatrix(matrix(matrix));
            case IngressEffect.PlayPrompts play -> step.setPlayPrompts(play(play));
            case IngressEffect.StopPrompts(var call, var leg, var node, var play) ->
                    step.setStopPrompts(
                            StopPromptsRequest.newBuilder()
                                    .setLegId(leg.value())
                                    .setPlayId(play.value()));
            case IngressEffect.JoinRoom join -> step.setJoinRoom(join(join));
            case IngressEffect.LeaveRoom leave ->
                    step.setLeaveRoom(LeaveRoomRequest.newBuilder().setLegId(leave.leg().value()));
            case IngressEffect.RecordTalk talk -> step.setRecordTalk(talk(talk));
            case IngressEffect.PlayKeys(var call, var leg, var node, var keys) ->
                    step.setSendKeys(
                            SendKeysRequest.newBuilder().setLegId(leg.value()).setKeys(keys));
        }
        return step.build();
    }

    private static RecordTalkRequest.Builder talk(IngressEffect.RecordTalk talk) {
        var request =
                RecordTalkRequest.newBuilder()
                        .setLegId(talk.legs().one().value())
                        .setOtherLegId(talk.legs().other().value());
        talk.plan().map(Recordings::toMessage).ifPresent(request::setRecord);
        return request;
    }

    /** Rooms of two tenants may have the same name. */
    private static JoinRoomRequest.Builder join(IngressEffect.JoinRoom join) {
        var room = join.room();
        return JoinRoomRequest.newBuilder()
                .setLegId(join.leg().value())
                .setRoomId(join.tenant().value() + "/" + room.name())
                .setParticipantsMax(room.most())
                .addAllAlonePrompts(Prompts.toMessages(room.alone()))
                .setSigns(room.signs());
    }

    private static SetMatrixRequest.Builder matrix(IngressEffect.SetMatrix matrix) {
        var request = SetMatrixRequest.newBuilder().setBridgeId(matrix.call().value());
        for (var cell : matrix.cells()) {
            request.addCells(
                    MatrixCell.newBuilder()
                            .setListenerLegId(cell.listener().value())
                            .setSpeakerLegId(cell.speaker().value()));
        }
        return request;
    }

    private static PlayPromptsRequest.Builder play(IngressEffect.PlayPrompts play) {
        var request =
                PlayPromptsRequest.newBuilder()
                        .setLegId(play.leg().value())
                        .setPlayId(play.play().value())
                        .addAllPrompts(Prompts.toMessages(play.program().prompts()))
                        .setRepeat(play.program().repeat())
                        .setBargeIn(play.program().bargeIn());
        play.program().record().map(Recordings::toMessage).ifPresent(request::setRecord);
        play.program().listen().map(Listening::toMessage).ifPresent(request::setListen);
        return request;
    }
}
