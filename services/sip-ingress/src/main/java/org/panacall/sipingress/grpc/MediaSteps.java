// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.grpc;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.panacall.proto.media.v1.ArrangeStep;
import org.panacall.proto.media.v1.CloseLegRequest;
import org.panacall.proto.media.v1.ConfigureLegRequest;
import org.panacall.proto.media.v1.MatrixCell;
import org.panacall.proto.media.v1.PlayPromptsRequest;
import org.panacall.proto.media.v1.SendKeysRequest;
import org.panacall.proto.media.v1.SetMatrixRequest;
import org.panacall.proto.media.v1.StopPromptsRequest;
import org.panacall.sipingress.core.b2bua.IngressEffect;
import org.panacall.sipingress.core.b2bua.IngressEffect.ForMedia;
import org.panacall.sipingress.core.call.CallId;

/**
 * The requests to media that wait, by call, and which of them travel together: those in a row for
 * one node, as steps of one rpc.
 *
 * <p>Any thread. Bounded by the lanes that carry them.
 */
final class MediaSteps {

    /** As many as a node takes at once. */
    private static final int STEPS_MAX = 16;

    private final Map<CallId, ArrayDeque<ForMedia>> waiting = new HashMap<>();

    synchronized void add(ForMedia request) {
        waiting.computeIfAbsent(request.call(), any -> new ArrayDeque<>()).addLast(request);
    }

    /** False when it is on its way already. */
    synchronized boolean remove(ForMedia request) {
        var line = waiting.get(request.call());
        boolean there = line != null && line.removeIf(other -> other == request);
        if (there && line.isEmpty()) waiting.remove(request.call());
        return there;
    }

    /** Takes what goes next for a call; empty when it went with what was before. */
    synchronized List<ForMedia> next(CallId call) {
        var line = waiting.get(call);
        if (line == null) return List.of();
        var together = new ArrayList<ForMedia>();
        do {
            together.add(line.pollFirst());
        } while (together.size() < STEPS_MAX
                && !line.isEmpty()
                && travels(together.getFirst(), line.peekFirst()));
        if (line.isEmpty()) waiting.remove(call);
        return together;
    }

    private static boolean travels(ForMedia first, ForMedia other) {
        return !node(first).isEmpty() && node(first).equals(node(other));
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
        };
    }
}
