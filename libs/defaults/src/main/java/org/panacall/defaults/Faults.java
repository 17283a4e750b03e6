// SPDX-License-Identifier: Apache-2.0
package org.panacall.defaults;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * Turns exceptions into the few status codes that house rules allow, in one place: bad input is the
 * caller's bug, a full mailbox or a store that is away can be tried again, the rest is ours.
 */
final class Faults implements ServerInterceptor {

    private static final Logger LOG = Logger.getLogger(Faults.class);

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        var naming = new Naming<>(call);
        return new SimpleForwardingServerCallListener<>(next.startCall(naming, headers)) {
            /** This is where the service's method runs. */
            @Override
            public void onHalfClose() {
                try {
                    super.onHalfClose();
                } catch (RuntimeException thrown) {
                    naming.failed(thrown);
                }
            }
        };
    }

    /** A call that ends with the status of what its method failed with. */
    private static final class Naming<Q, A> extends SimpleForwardingServerCall<Q, A> {
        private boolean closed;

        Naming(ServerCall<Q, A> call) {
            super(call);
        }

        @Override
        public void close(Status status, Metadata trailers) {
            closed = true;
            super.close(named(status), trailers);
        }

        void failed(RuntimeException thrown) {
            var status = statusOf(thrown);
            if (!closed) {
                close(status, new Metadata());
            }
        }
    }

    /** A method that gives an exception for a status has an unknown one so far. */
    private static Status named(Status status) {
        return status.getCode() == Status.Code.UNKNOWN && status.getCause() != null
                ? statusOf(status.getCause())
                : status;
    }

    static Status statusOf(Throwable fault) {
        var cause = fault;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return switch (cause) {
            case StatusRuntimeException status -> status.getStatus();
            case StatusException status -> status.getStatus();
            case IllegalArgumentException bad ->
                    Status.INVALID_ARGUMENT.withDescription(bad.getMessage());
            case RejectedExecutionException full ->
                    Status.RESOURCE_EXHAUSTED.withDescription(full.getMessage());
            case TimeoutException late -> Status.UNAVAILABLE.withDescription(late.getMessage());
            case java.io.IOException away -> Status.UNAVAILABLE.withDescription(away.getMessage());
            case java.io.UncheckedIOException away ->
                    Status.UNAVAILABLE.withDescription(away.getMessage());
            default -> {
                LOG.errorf(cause, "rpc failed");
                yield Status.INTERNAL.withDescription(cause.getClass().getSimpleName());
            }
        };
    }
}
