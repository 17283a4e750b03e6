// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Optional;
import java.util.TreeMap;
import org.panacall.ivr.core.id.FlowId;
import org.panacall.ivr.core.id.StepId;
import org.panacall.ivr.core.run.Bookmark;
import org.panacall.ivr.core.run.Situation;
import org.panacall.ivr.core.run.Situation.Frame;
import org.panacall.proto.ivr.v1.RunFrame;

/** Bookmarks in the contract's words. */
public final class Bookmarks {

    private Bookmarks() {}

    public static org.panacall.proto.ivr.v1.Bookmark message(Bookmark bookmark) {
        var message =
                org.panacall.proto.ivr.v1.Bookmark.newBuilder()
                        .setLanguage(bookmark.situation().language())
                        .setRecordingNoticed(bookmark.situation().noticed())
                        .putAllVisits(bookmark.visits())
                        .setResumed(bookmark.resumed());
        bookmark.situation().frames().forEach(frame -> message.addFrames(message(frame)));
        return message.build();
    }

    private static RunFrame message(Frame frame) {
        return RunFrame.newBuilder()
                .setFlowId(frame.flow().value())
                .setStepId(frame.step().map(StepId::value).orElse(""))
                .putAllVariables(frame.variables())
                .build();
    }

    /**
     * @throws IllegalArgumentException when it is none of ours
     */
    public static Bookmark read(ByteString bytes) {
        try {
            return read(org.panacall.proto.ivr.v1.Bookmark.parseFrom(bytes));
        } catch (InvalidProtocolBufferException torn) {
            throw new IllegalArgumentException("no bookmark", torn);
        }
    }

    public static Bookmark read(org.panacall.proto.ivr.v1.Bookmark message) {
        var frames = message.getFramesList().stream().map(Bookmarks::frame).toList();
        return new Bookmark(
                new Situation(frames, message.getLanguage(), message.getRecordingNoticed()),
                new TreeMap<>(message.getVisitsMap()),
                message.getResumed());
    }

    private static Frame frame(RunFrame frame) {
        // It comes back to the flow as it is then.
        return new Frame(
                new FlowId(frame.getFlowId()),
                0,
                Optional.of(frame.getStepId()).filter(id -> !id.isEmpty()).map(StepId::new),
                new TreeMap<>(frame.getVariablesMap()));
    }
}
