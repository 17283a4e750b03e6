// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import org.panacall.defaults.ServiceToken;

/** Channels of those who know the services' token. */
public final class TestChannel {

    private TestChannel() {}

    public static ManagedChannel to(int port) {
        return NettyChannelBuilder.forAddress("127.0.0.1", port)
                .usePlaintext()
                .intercept(new ServiceToken("test-service-token"))
                .build();
    }
}
