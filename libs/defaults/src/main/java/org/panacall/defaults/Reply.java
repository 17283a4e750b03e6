// SPDX-License-Identifier: Apache-2.0
package org.panacall.defaults;

import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Answers of one message to calls of one message. */
public final class Reply {

    private Reply() {}

    /** Answers now. */
    public static <A> void now(A answer, StreamObserver<A> caller) {
        caller.onNext(answer);
        caller.onCompleted();
    }

    /** For a question whose answer is of no interest, nor whether there is one. */
    public static <A> StreamObserver<A> ignored() {
        return new StreamObserver<>() {
            @Override
            public void onNext(A answer) {}

            @Override
            public void onError(Throwable fault) {}

            @Override
            public void onCompleted() {}
        };
    }

    /** Answers when there is an answer, on the thread that has it. */
    public static <A> void later(CompletionStage<A> answer, StreamObserver<A> caller) {
        answer.whenComplete(
                (given, fault) -> {
                    if (fault == null) {
                        now(given, caller);
                    } else {
                        var cause = fault instanceof CompletionException ? fault.getCause() : fault;
                        caller.onError(cause);
                    }
                });
    }
}
