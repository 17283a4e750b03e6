// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.directory;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/** Sends a file in parts, after what it is for. */
final class Upload {

    private static final int PART_BYTES = 1 << 16;

    private Upload() {}

    /**
     * Blocks until it is answered.
     *
     * @param method takes the parts; has a deadline
     * @throws StatusRuntimeException when it is not taken
     */
    static <R, S> S send(
            Function<StreamObserver<S>, StreamObserver<R>> method,
            R start,
            byte[] file,
            Function<ByteString, R> part) {
        var answer = new CompletableFuture<S>();
        var parts = method.apply(into(answer));
        parts.onNext(start);
        for (int at = 0; at < file.length && !answer.isDone(); at += PART_BYTES) {
            int length = Math.min(PART_BYTES, file.length - at);
            parts.onNext(part.apply(UnsafeByteOperations.unsafeWrap(file, at, length)));
        }
        parts.onCompleted();
        try {
            return answer.join();
        } catch (CompletionException fault) {
            throw fault.getCause() instanceof StatusRuntimeException told
                    ? told
                    : Status.UNAVAILABLE.withCause(fault.getCause()).asRuntimeException();
        }
    }

    private static <S> StreamObserver<S> into(CompletableFuture<S> answer) {
        return new StreamObserver<>() {
            @Override
            public void onNext(S response) {
                answer.complete(response);
            }

            @Override
            public void onError(Throwable fault) {
                answer.completeExceptionally(fault);
            }

            @Override
            public void onCompleted() {
                answer.completeExceptionally(Status.UNAVAILABLE.asRuntimeException());
            }
        };
    }
}
