// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.grpc;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayOutputStream;
import java.util.function.BiConsumer;
import org.panacall.proto.directory.v1.PromptAudioStart;
import org.panacall.proto.directory.v1.PutPromptAudioRequest;

/** Collects an upload, up to a bound, and hands it on when it is whole. */
final class AudioUpload implements StreamObserver<PutPromptAudioRequest> {

    private final ServerCallStreamObserver<?> caller;
    private final int bytesMax;
    private final BiConsumer<PromptAudioStart, byte[]> whole;
    private final Runnable end;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private PromptAudioStart start = PromptAudioStart.getDefaultInstance();
    private boolean over;

    /**
     * @param whole gets the upload; must not block. More bytes than the bound say that it has more
     * @param end run once, when nothing is kept of it here any more
     */
    AudioUpload(
            ServerCallStreamObserver<?> caller,
            int bytesMax,
            BiConsumer<PromptAudioStart, byte[]> whole,
            Runnable end) {
        this.caller = caller;
        this.bytesMax = bytesMax;
        this.whole = whole;
        this.end = end;
        caller.setOnCancelHandler(this::leave);
    }

    @Override
    public void onNext(PutPromptAudioRequest request) {
        if (over) {
            return;
        }
        switch (request.getContentCase()) {
            case START -> start = request.getStart();
            case PART -> {
                if (!start.hasEdit()) {
                    fail("an upload begins with what it is for");
                } else if (bytes.size() <= bytesMax) {
                    bytes.writeBytes(request.getPart().toByteArray());
                }
            }
            case CONTENT_NOT_SET -> fail("an upload has start and parts");
        }
    }

    @Override
    public void onCompleted() {
        if (over) {
            return;
        }
        if (!start.hasEdit()) {
            fail("an upload begins with what it is for");
            return;
        }
        over = true;
        whole.accept(start, bytes.toByteArray());
    }

    @Override
    public void onError(Throwable gone) {
        leave();
    }

    private void fail(String why) {
        refuse(Status.INVALID_ARGUMENT, why);
    }

    /** Ends it before it is whole. */
    void refuse(Status status, String why) {
        leave();
        caller.onError(status.withDescription(why).asRuntimeException());
    }

    private void leave() {
        if (!over) {
            over = true;
            end.run();
        }
    }
}
