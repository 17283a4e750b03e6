// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.outside;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.panacall.ivr.IvrConfig;
import org.panacall.ivr.core.IvrCommand;
import org.panacall.ivr.core.IvrCommand.NoteOutcome;
import org.panacall.ivr.core.IvrEffect;
import org.panacall.ivr.core.outside.Errand;
import org.panacall.ivr.core.outside.Question;

/**
 * Does what flows ask for outside, each errand on a virtual thread. So many at once, of one tenant
 * as well; one more fails at once.
 */
public final class Outside {

    private static final Logger LOG = Logger.getLogger(Outside.class);

    private final IvrConfig.OutsideConfig config;
    private final MeterRegistry registry;
    private final AtomicInteger pending = new AtomicInteger();
    private final ConcurrentHashMap<String, Integer> byTenant = new ConcurrentHashMap<>();
    private final Map<Class<?>, Doer> doers = new ConcurrentHashMap<>();

    /** An answerer that has been given the right errand. */
    private interface Doer {
        Answer answer(IvrEffect.Ask ask);
    }

    public Outside(IvrConfig.OutsideConfig config, MeterRegistry registry) {
        this.config = config;
        this.registry = registry;
        Gauge.builder("ivr.outside.pending", pending, AtomicInteger::get)
                .description("Errands under way")
                .register(registry);
    }

    /** Says who does errands of a kind. */
    public <E extends Errand> Outside with(Class<E> kind, Answerer<E> answerer) {
        doers.put(
                kind,
                ask -> {
                    var question = ask.question();
                    return answerer.answer(kind.cast(question.errand()), question, ask.caller());
                });
        return this;
    }

    /** Never blocks. What comes of it is told to the core, on another thread or at once. */
    public void ask(IvrEffect.Ask ask, Consumer<IvrCommand> core) {
        var question = ask.question();
        registry.counter("ivr.outside.asked", "errand", question.errand().word()).increment();
        var tenant = ask.caller().tenant().value();
        if (!enter(tenant)) {
            tell(ask, Answer.failed("busy"), core);
            return;
        }
        Thread.ofVirtual()
                .name("outside")
                .start(
                        () -> {
                            try {
                                tell(ask, timed(ask), core);
                            } finally {
                                leave(tenant);
                            }
                        });
    }

    private Answer timed(IvrEffect.Ask ask) {
        var begun = System.nanoTime();
        var answer = answer(ask);
        registry.timer(
                        "ivr.outside.time",
                        "errand",
                        ask.question().errand().word(),
                        "exit",
                        answer.outcome().exit())
                .record(Duration.ofNanos(System.nanoTime() - begun));
        return answer;
    }

    private Answer answer(IvrEffect.Ask ask) {
        var doer = doers.get(ask.question().errand().getClass());
        if (doer == null) {
            return Answer.failed("unknown");
        }
        try {
            return doer.answer(ask);
        } catch (RuntimeException fault) {
            LOG.errorf(fault, "an errand failed: call=%s", ask.caller().call());
            return Answer.failed("fault");
        }
    }

    private void tell(IvrEffect.Ask ask, Answer answer, Consumer<IvrCommand> core) {
        if (!answer.reason().isEmpty()) {
            noteFailure(ask, answer.reason());
        }
        core.accept(new NoteOutcome(ask.caller().call(), ask.number(), answer.outcome()));
    }

    private void noteFailure(IvrEffect.Ask ask, String reason) {
        Question question = ask.question();
        var errand = question.errand().word();
        registry.counter("ivr.outside.failed", "errand", errand, "reason", reason).increment();
        LOG.infof(
                "nothing came of an errand: call=%s step=%s errand=%s reason=%s",
                ask.caller().call(), question.step(), errand, reason);
    }

    private boolean enter(String tenant) {
        if (pending.incrementAndGet() > config.pending()) {
            pending.decrementAndGet();
            return false;
        }
        if (byTenant.merge(tenant, 1, Integer::sum) > config.tenantPending()) {
            leave(tenant);
            return false;
        }
        return true;
    }

    private void leave(String tenant) {
        byTenant.computeIfPresent(tenant, (_, count) -> count == 1 ? null : count - 1);
        pending.decrementAndGet();
    }
}
