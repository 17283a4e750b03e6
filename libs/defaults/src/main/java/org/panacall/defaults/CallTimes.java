// SPDX-License-Identifier: Apache-2.0
package org.panacall.defaults;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** How long calls took from head to status, by method and status. */
final class CallTimes implements ServerInterceptor {

    private static final int CODES = Status.Code.values().length;

    private final MeterRegistry registry;
    private final ConcurrentHashMap<String, AtomicReferenceArray<Timer>> timers =
            new ConcurrentHashMap<>();

    CallTimes(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        var method = call.getMethodDescriptor();
        long begun = System.nanoTime();
        var timed =
                new SimpleForwardingServerCall<>(call) {
                    @Override
                    public void close(Status status, Metadata trailers) {
                        super.close(status, trailers);
                        record(method, status.getCode(), begun);
                    }
                };
        return new SimpleForwardingServerCallListener<>(next.startCall(timed, headers)) {
            @Override
            public void onCancel() {
                super.onCancel();
                record(method, Status.Code.CANCELLED, begun);
            }
        };
    }

    private void record(MethodDescriptor<?, ?> method, Status.Code code, long begun) {
        var ofMethod =
                timers.computeIfAbsent(
                        method.getFullMethodName(), name -> new AtomicReferenceArray<>(CODES));
        var timer = ofMethod.get(code.value());
        if (timer == null) {
            timer = timer(method, code);
            ofMethod.set(code.value(), timer);
        }
        timer.record(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
    }

    private Timer timer(MethodDescriptor<?, ?> method, Status.Code code) {
        return Timer.builder("grpc.server.processing.duration")
                .description("Calls served, from their head to their status")
                .tag("service", String.valueOf(method.getServiceName()))
                .tag("method", String.valueOf(method.getBareMethodName()))
                .tag("statusCode", code.name())
                .register(registry);
    }
}
