// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.panacall.engine.Core;
import org.panacall.engine.Decision;
import org.panacall.ivr.core.Caller;
import org.panacall.ivr.core.Ivr;
import org.panacall.ivr.core.IvrCommand;
import org.panacall.ivr.core.IvrEffect;
import org.panacall.ivr.core.IvrEvent;
import org.panacall.ivr.core.IvrEvent.FlowFinished;
import org.panacall.ivr.core.IvrEvent.FlowStarted;
import org.panacall.ivr.core.IvrEvent.StepEntered;
import org.panacall.ivr.core.Refusal;

/** The core with a counter at its door. */
public final class MeteredIvr implements Core<IvrCommand, IvrEvent, IvrEffect, Refusal> {

    private final Ivr ivr;
    private final MeterRegistry registry;
    private final AtomicInteger live = new AtomicInteger();

    MeteredIvr(Ivr ivr, MeterRegistry registry) {
        this.ivr = ivr;
        this.registry = registry;
        live.set(ivr.runs());
    }

    /** Callers in a flow now. Any thread may ask. */
    int live() {
        return live.get();
    }

    /** See {@link Ivr#callersAt}. */
    public List<Caller> callersAt(String sipIngress) {
        return ivr.callersAt(sipIngress);
    }

    @Override
    public Decision<IvrEvent, IvrEffect, Refusal> handle(IvrCommand command, Instant now) {
        return counted(ivr.handle(command, now));
    }

    @Override
    public Decision<IvrEvent, IvrEffect, Refusal> tick(Instant now) {
        return counted(ivr.tick(now));
    }

    @Override
    public Optional<Instant> nextDeadline() {
        return ivr.nextDeadline();
    }

    @Override
    public void apply(IvrEvent event) {
        ivr.apply(event);
        live.set(ivr.runs());
    }

    private Decision<IvrEvent, IvrEffect, Refusal> counted(
            Decision<IvrEvent, IvrEffect, Refusal> decision) {
        decision.events().forEach(this::count);
        live.set(ivr.runs());
        return decision;
    }

    private void count(IvrEvent event) {
        switch (event.fact()) {
            case FlowStarted _ -> registry.counter("ivr.runs.started").increment();
            case StepEntered _ -> registry.counter("ivr.steps.entered").increment();
            case FlowFinished(var ending, _, _) ->
                    registry.counter("ivr.runs.finished", "outcome", word(ending)).increment();
            case IvrEvent.RunResumed _ -> registry.counter("ivr.runs.resumed").increment();
            case IvrEvent.ChoiceHeard(_, _, _, var accepted) ->
                    registry.counter("ivr.choices.heard", "accepted", String.valueOf(accepted))
                            .increment();
            default -> {}
        }
    }

    private static String word(IvrEvent.Ending ending) {
        return ending.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
