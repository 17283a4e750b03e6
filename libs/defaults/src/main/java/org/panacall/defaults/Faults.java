// SPDX-License-Identifier: Apache-2.0
package org.panacall.defaults;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.quarkus.grpc.ExceptionHandler;
import io.quarkus.grpc.ExceptionHandlerProvider;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * Turns exceptions into the few status codes that house rules allow, in one place: bad input is the
 * caller's bug, a full mailbox or a store that is away can be tried again, the rest is ours.
 */
@ApplicationScoped
public class Faults implements ExceptionHandlerProvider {

    private static final Logger LOG = Logger.getLogger(Faults.class);

    @Override
    public <Q, A> ExceptionHandler<Q, A> createHandler(
            ServerCall.Listener<Q> listener, ServerCall<Q, A> call, Metadata metadata) {
        return new ExceptionHandler<>(listener, call, metadata) {
            @Override
            protected void handleException(Throwable fault, ServerCall<Q, A> failed, Metadata md) {
                failed.close(statusOf(fault), md);
            }
        };
    }

    @Override
    public Throwable transform(Throwable fault) {
        return statusOf(fault).asRuntimeException();
    }

    static Status statusOf(Throwable fault) {
        var cause = fault;
        while ((cause instanceof java.util.concurrent.CompletionException
                        || cause instanceof java.util.concurrent.ExecutionException)
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
