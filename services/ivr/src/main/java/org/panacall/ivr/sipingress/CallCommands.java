// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.sipingress;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.panacall.defaults.Peers;
import org.panacall.engine.effect.Effects;
import org.panacall.engine.effect.Lanes;
import org.panacall.ivr.IvrConfig;
import org.panacall.ivr.core.IvrCommand;
import org.panacall.ivr.core.IvrCommand.NoteEffectDone;
import org.panacall.ivr.core.IvrCommand.NoteEffectFailed;
import org.panacall.ivr.core.IvrCommand.NoteEffectLost;
import org.panacall.ivr.core.IvrEffect;
import org.panacall.proto.sipingress.v1.CallControlServiceGrpc;
import org.panacall.proto.sipingress.v1.RefusalKind;

/**
 * Carries effects out at the sip-ingress that holds the call, in order within a call, and tells the
 * core how it went. Repeats only while sip-ingress cannot be reached; effect ids make that safe.
 */
public final class CallCommands implements Effects<IvrEffect> {

    private static final Logger LOG = Logger.getLogger(CallCommands.class);
    private static final Duration PAUSE = Duration.ofMillis(200);

    /** After these the call is not ours to command any more. */
    private static final Set<RefusalKind> GONE =
            Set.of(RefusalKind.REFUSAL_KIND_NOT_CONTROLLER, RefusalKind.REFUSAL_KIND_STALE);

    private final Peers peers;
    private final CommandRequests requests;
    private final IvrConfig.CommandsConfig config;
    private final Lanes lanes;
    private final MeterRegistry registry;
    private volatile Consumer<IvrCommand> results = result -> {};

    public CallCommands(
            Peers peers, RunsName name, IvrConfig.CommandsConfig config, MeterRegistry registry) {
        this.peers = peers;
        this.requests = new CommandRequests(name);
        this.config = config;
        this.lanes = new Lanes("sip-ingress", config.pending(), registry);
        this.registry = registry;
    }

    /** Says who is to hear how commands went. */
    public void reportTo(Consumer<IvrCommand> core) {
        results = core;
    }

    @Override
    public void release(IvrEffect effect) {
        if (!lanes.submit(effect.caller().call().value(), () -> carryOut(effect))) {
            failed(effect, false);
        }
    }

    private void carryOut(IvrEffect effect) {
        for (int attempt = 1; ; attempt++) {
            try {
                answered(effect, attempt);
                return;
            } catch (StatusRuntimeException fault) {
                count(effect, fault.getStatus().getCode().name());
                if (attempt >= config.attempts() || !canBeRepeated(fault.getStatus())) {
                    if (fault.getStatus().getCode() == Status.Code.UNAVAILABLE) {
                        lost(effect, false);
                    } else {
                        failed(effect, false);
                    }
                    return;
                }
                LockSupport.parkNanos(PAUSE.toNanos() * attempt);
            }
        }
    }

    private void answered(IvrEffect effect, int attempt) {
        var stub =
                CallControlServiceGrpc.newBlockingStub(
                                peers.channel(effect.caller().origin().sipIngress()))
                        .withDeadlineAfter(config.timeout().toMillis(), TimeUnit.MILLISECONDS);
        var refused = requests.send(effect, stub);
        if (refused.getKind() == RefusalKind.REFUSAL_KIND_UNSPECIFIED) {
            count(effect, "DONE");
            results.accept(new NoteEffectDone(effect.caller().call(), effect.number()));
            return;
        }
        count(effect, refused.getKind().name());
        LOG.infof(
                "command refused: call=%s command=%s refusal=%s attempt=%d",
                effect.caller().call(),
                effect.getClass().getSimpleName(),
                refused.getKind(),
                attempt);
        if (refused.getKind() == RefusalKind.REFUSAL_KIND_CALL_UNKNOWN) {
            lost(effect, true);
        } else {
            failed(effect, GONE.contains(refused.getKind()));
        }
    }

    private void lost(IvrEffect effect, boolean unknown) {
        results.accept(new NoteEffectLost(effect.caller().call(), effect.number(), unknown));
    }

    private void failed(IvrEffect effect, boolean callGone) {
        results.accept(new NoteEffectFailed(effect.caller().call(), effect.number(), callGone));
    }

    private void count(IvrEffect effect, String outcome) {
        registry.counter(
                        "ivr.commands",
                        "command",
                        effect.getClass().getSimpleName(),
                        "outcome",
                        outcome)
                .increment();
    }

    private static boolean canBeRepeated(Status status) {
        return switch (status.getCode()) {
            case UNAVAILABLE, DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED -> true;
            default -> false;
        };
    }
}
