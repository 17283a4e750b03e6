// SPDX-License-Identifier: Apache-2.0
package org.panacall.defaults;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * The bearer token by which services know each other (decision 18): asked of every incoming rpc,
 * shown on every outgoing one.
 */
@ApplicationScoped
public class ServiceToken implements ServerInterceptor, ClientInterceptor {

    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final int LENGTH_MIN = 16;

    private final String header;
    private final byte[] expected;

    @Inject
    public ServiceToken(DefaultsConfig config) {
        this(config.serviceToken());
    }

    /** For clients outside a container, such as tests and tools. */
    public ServiceToken(String token) {
        if (token.length() < LENGTH_MIN) {
            throw new IllegalArgumentException(
                    "panacall.service-token must have at least " + LENGTH_MIN + " characters");
        }
        header = "Bearer " + token;
        expected = header.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        var shown = headers.get(AUTHORIZATION);
        if (shown == null
                || !MessageDigest.isEqual(expected, shown.getBytes(StandardCharsets.UTF_8))) {
            call.close(
                    Status.UNAUTHENTICATED.withDescription(
                            "show the service token: authorization: Bearer <token>"),
                    new Metadata());
            return new ServerCall.Listener<>() {};
        }
        return next.startCall(call, headers);
    }

    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(
            MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
            @Override
            public void start(Listener<A> listener, Metadata headers) {
                headers.put(AUTHORIZATION, header);
                super.start(listener, headers);
            }
        };
    }
}
