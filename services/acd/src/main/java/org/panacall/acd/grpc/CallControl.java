// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.grpc;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.panacall.acd.core.AcdCommand.HearEffectFailed;
import org.panacall.acd.core.AcdCommand.HearEffectFailed.Failure;
import org.panacall.acd.core.AcdEffect;
import org.panacall.defaults.Peers;
import org.panacall.engine.effect.Effects;
import org.panacall.engine.effect.Lanes;
import org.panacall.proto.sipingress.v1.CallControlServiceGrpc;
import org.panacall.proto.sipingress.v1.CallControlServiceGrpc.CallControlServiceBlockingStub;
import org.panacall.proto.sipingress.v1.Refused;

/**
 * Carries the effects of one tenant out at the sip-ingress that holds the call: in order within a
 * call, with a bounded number of tries, each with the same effect id.
 */
public final class CallControl implements Effects<AcdEffect> {

    private static final Logger LOG = Logger.getLogger(CallControl.class);
    private static final Duration PAUSE = Duration.ofMillis(150);
    private static final Set<Status.Code> AGAIN =
            Set.of(
                    Status.Code.UNAVAILABLE,
                    Status.Code.DEADLINE_EXCEEDED,
                    Status.Code.RESOURCE_EXHAUSTED);

    private final OrderWriter writer;
    private final Peers peers;
    private final Lanes lanes;
    private final Bounds bounds;
    private final MeterRegistry registry;
    private volatile Consumer<HearEffectFailed> failures = failed -> {};

    /**
     * How hard we try.
     *
     * @param timeout of one try
     */
    public record Bounds(Duration timeout, int tries) {}

    public CallControl(
            String tenant, Peers peers, Lanes lanes, Bounds bounds, MeterRegistry registry) {
        writer = new OrderWriter(tenant);
        this.peers = peers;
        this.lanes = lanes;
        this.bounds = bounds;
        this.registry = registry;
    }

    /** Who is told of what could not be done. */
    public void onFailure(Consumer<HearEffectFailed> listener) {
        failures = listener;
    }

    @Override
    public void release(AcdEffect effect) {
        if (!lanes.submit(effect.order().call().value(), () -> carryOut(effect))) {
            fail(effect, Failure.AWAY);
        }
    }

    private void carryOut(AcdEffect effect) {
        for (int attempt = 1; ; attempt++) {
            try {
                failureOf(ask(effect)).ifPresent(failure -> fail(effect, failure));
                return;
            } catch (StatusRuntimeException away) {
                var code = away.getStatus().getCode();
                if (!AGAIN.contains(code) || attempt >= bounds.tries()) {
                    LOG.warnf(
                            "order %s on call %s failed: %s",
                            effect.getClass().getSimpleName(), effect.order().call(), code);
                    fail(effect, AGAIN.contains(code) ? Failure.AWAY : Failure.REFUSED);
                    return;
                }
                LockSupport.parkNanos(PAUSE.multipliedBy(attempt).toNanos());
            }
        }
    }

    private void fail(AcdEffect effect, Failure failure) {
        registry.counter("acd.orders.failed", "failure", failure.name().toLowerCase(Locale.ROOT))
                .increment();
        failures.accept(new HearEffectFailed(effect, failure));
    }

    private static Optional<Failure> failureOf(Optional<Refused> refused) {
        return refused.flatMap(
                refusal ->
                        switch (refusal.getKind()) {
                            case REFUSAL_KIND_CALL_UNKNOWN -> Optional.of(Failure.CALL_GONE);
                            case REFUSAL_KIND_NOT_CONTROLLER -> Optional.of(Failure.NOT_CONTROLLER);
                            // A newer leader has spoken: what we think is of no account.
                            case REFUSAL_KIND_STALE -> Optional.empty();
                            default -> Optional.of(Failure.REFUSED);
                        });
    }

    private Optional<Refused> ask(AcdEffect effect) {
        var stub = stub(effect);
        return switch (effect) {
            case AcdEffect.RingLeg ring -> {
                var answer = stub.ringLeg(writer.write(ring));
                yield refused(answer.hasRefused(), answer.getRefused());
            }
            case AcdEffect.AnswerLeg answer -> {
                var done = stub.answerLeg(writer.write(answer));
                yield refused(done.hasRefused(), done.getRefused());
            }
            case AcdEffect.Play play -> {
                var answer = stub.play(writer.write(play));
                yield refused(answer.hasRefused(), answer.getRefused());
            }
            case AcdEffect.AddLeg add -> {
                var answer = stub.addLeg(writer.write(add));
                yield refused(answer.hasRefused(), answer.getRefused());
            }
            case AcdEffect.CreateCall create -> {
                var answer = stub.createCall(writer.write(create));
                yield refused(answer.hasRefused(), answer.getRefused());
            }
            case AcdEffect.JoinLegs join -> {
                var answer = stub.joinLegs(writer.write(join));
                yield refused(answer.hasRefused(), answer.getRefused());
            }
            case AcdEffect.HandOver handOver -> {
                var answer = stub.handOver(writer.write(handOver));
                yield refused(answer.hasRefused(), answer.getRefused());
            }
            case AcdEffect.HandBack handBack -> {
                var answer = stub.handOver(writer.write(handBack));
                yield refused(answer.hasRefused(), answer.getRefused());
            }
            case AcdEffect.HangUpLeg hangUp -> {
                var answer = stub.hangUpLeg(writer.write(hangUp));
                yield refused(answer.hasRefused(), answer.getRefused());
            }
            case AcdEffect.HangUpCall hangUp -> {
                var answer = stub.hangUpCall(writer.write(hangUp));
                yield refused(answer.hasRefused(), answer.getRefused());
            }
        };
    }

    private static Optional<Refused> refused(boolean is, Refused refused) {
        return is ? Optional.of(refused) : Optional.empty();
    }

    private CallControlServiceBlockingStub stub(AcdEffect effect) {
        var channel = peers.channel(effect.order().sipIngress().address());
        return CallControlServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(bounds.timeout().toMillis(), TimeUnit.MILLISECONDS);
    }
}
