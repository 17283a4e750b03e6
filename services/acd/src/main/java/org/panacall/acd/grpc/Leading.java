// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.grpc;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.panacall.acd.AcdConfig;
import org.panacall.acd.AcdMailbox;
import org.panacall.acd.TenantShard;
import org.panacall.acd.Tenants;
import org.panacall.acd.core.Acd;
import org.panacall.acd.core.AcdCommand;
import org.panacall.acd.core.Refusal;
import org.panacall.defaults.Reply;
import org.panacall.proto.acd.v1.NotLeader;

/** Brings requests to the core that leads their tenant, or says where that is. */
@Singleton
class Leading {

    private final Tenants tenants;
    private final String address;
    private final Duration answerWithin;

    Leading(Tenants tenants, AcdConfig config) {
        this.tenants = tenants;
        address = config.grpc().advertisedAddress();
        answerWithin = config.acd().answerWithin();
    }

    /** Does it when we lead the tenant; else names who does, or says at once that nobody does. */
    <A> void lead(
            String tenant,
            StreamObserver<A> caller,
            Function<AcdMailbox, CompletableFuture<A>> deed,
            Function<NotLeader, A> elsewhere) {
        watch(
                tenant,
                caller,
                (shard, acd) -> {
                    var within = answerWithin.toMillis();
                    Reply.later(deed.apply(acd).orTimeout(within, TimeUnit.MILLISECONDS), caller);
                },
                elsewhere);
    }

    /** The same for what answers the caller by itself, and as often as it likes. */
    <A> void watch(
            String tenant,
            StreamObserver<A> caller,
            BiConsumer<TenantShard, AcdMailbox> deed,
            Function<NotLeader, A> elsewhere) {
        var shard = tenants.find(tenant);
        var leading = shard.flatMap(TenantShard::leading);
        if (leading.isPresent()) {
            deed.accept(shard.get(), leading.get());
            return;
        }
        shard.flatMap(TenantShard::leader)
                .filter(leader -> !leader.equals(address))
                .map(leader -> NotLeader.newBuilder().setLeader(leader).build())
                .ifPresentOrElse(
                        leader -> Reply.now(elsewhere.apply(leader), caller),
                        () -> caller.onError(nobody()));
    }

    private static RuntimeException nobody() {
        return Status.UNAVAILABLE
                .withDescription("nobody leads this tenant at the moment")
                .asRuntimeException();
    }

    /** Answers with what is the case afterwards. */
    static <A> CompletableFuture<A> done(
            AcdMailbox acd,
            AcdCommand command,
            Function<Refusal, A> refused,
            Function<Acd, A> otherwise) {
        return acd.send(command)
                .thenCompose(
                        no ->
                                no.map(refused)
                                        .map(CompletableFuture::completedFuture)
                                        .orElseGet(() -> acd.ask(otherwise)));
    }
}
