// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.grpc;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayOutputStream;
import java.util.function.BiConsumer;

/**
 * Collects an upload, up to a bound, and hands it on when it is whole.
 *
 * @param <R> what is sent: first what it is for, then bytes
 * @param <S> what it is for
 */
final class Upload<R, S> implements StreamObserver<R> {

    /** How to read what is sent. */
    interface Form<R, S> {

        /** Null when it is not the start. */
        S start(R request);

        /** Null when it is no part. */
        ByteString part(R request);
    }

    private static final String BEGINNING = "an upload begins with what it is for";

    private final ServerCallStreamObserver<?> caller;
    private final int bytesMax;
    private final Form<R, S> form;
    private final BiConsumer<S, byte[]> whole;
    private final Runnable end;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private S start;
    private boolean over;

    /**
     * @param whole gets the upload; must not block. More bytes than the bound say that it has more
     * @param end run once, when nothing is kept of it here any more
     */
    Upload(
            ServerCallStreamObserver<?> caller,
            int bytesMax,
            Form<R, S> form,
            BiConsumer<S, byte[]> whole,
            Runnable end) {
        this.caller = caller;
        this.bytesMax = bytesMax;
        this.form = form;
        this.whole = whole;
        this.end = end;
        caller.setOnCancelHandler(this::leave);
    }

    @Override
    public void onNext(R request) {
        if (over) {
            return;
        }
        var part = form.part(request);
        if (part == null) {
            start = form.start(request);
            if (start == null) {
                fail("an upload has start and parts");
            }
        } else if (start == null) {
            fail(BEGINNING);
        } else if (bytes.size() <= bytesMax) {
            bytes.writeBytes(part.toByteArray());
        }
    }

    @Override
    public void onCompleted() {
        if (over) {
            return;
        }
        if (start == null) {
            fail(BEGINNING);
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
