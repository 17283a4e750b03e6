// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.directory;

import com.google.protobuf.ByteString;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.atomic.AtomicInteger;
import org.panacall.proto.directory.v1.GetPromptAudioRequest;
import org.panacall.proto.directory.v1.PromptAudioPart;
import org.panacall.proto.directory.v1.PromptsServiceGrpc;
import org.panacall.proto.directory.v1.PublishedPrompts;
import org.panacall.proto.directory.v1.WatchPromptsRequest;

/** A directory that speaks its part of the contract over real gRPC, and can be away. */
final class PlayedDirectory extends PromptsServiceGrpc.PromptsServiceImplBase
        implements AutoCloseable {

    final Map<String, byte[]> audio = new ConcurrentHashMap<>();
    final AtomicInteger fetched = new AtomicInteger();
    volatile int failuresLeft;
    private final Set<StreamObserver<PublishedPrompts>> readers = new CopyOnWriteArraySet<>();
    private volatile PublishedPrompts newest = PublishedPrompts.getDefaultInstance();
    private final Server server;
    private final int port;

    PlayedDirectory() throws IOException {
        server =
                NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
                        .addService(this)
                        .build()
                        .start();
        port = server.getPort();
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    void publish(PublishedPrompts prompts) {
        newest = prompts;
        readers.forEach(reader -> reader.onNext(prompts));
    }

    @Override
    public void watchPrompts(WatchPromptsRequest request, StreamObserver<PublishedPrompts> caller) {
        readers.add(caller);
        if (newest.getVersion() != request.getKnownVersion()) {
            caller.onNext(newest);
        }
    }

    @Override
    public void getPromptAudio(
            GetPromptAudioRequest request, StreamObserver<PromptAudioPart> caller) {
        if (failuresLeft > 0) {
            failuresLeft--;
            caller.onError(Status.UNAVAILABLE.asRuntimeException());
            return;
        }
        fetched.incrementAndGet();
        var bytes = audio.getOrDefault(request.getHash(), new byte[0]);
        for (int at = 0; at < bytes.length; at += 1000) {
            int length = Math.min(1000, bytes.length - at);
            caller.onNext(
                    PromptAudioPart.newBuilder()
                            .setData(ByteString.copyFrom(bytes, at, length))
                            .build());
        }
        caller.onCompleted();
    }

    @Override
    public void close() {
        server.shutdownNow();
    }
}
