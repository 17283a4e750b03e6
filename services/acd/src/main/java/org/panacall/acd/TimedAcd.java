// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd;

import io.micrometer.core.instrument.Timer;
import java.time.Instant;
import java.util.Optional;
import org.panacall.acd.core.Acd;
import org.panacall.acd.core.AcdCommand;
import org.panacall.acd.core.AcdEffect;
import org.panacall.acd.core.AcdEvent;
import org.panacall.acd.core.Refusal;
import org.panacall.engine.Core;
import org.panacall.engine.Decision;

/** The core with a watch in its hand: how long decisions take, without journal and mailbox. */
public final class TimedAcd implements Core<AcdCommand, AcdEvent, AcdEffect, Refusal> {

    private final Acd acd;
    private final Timer decisions;

    TimedAcd(Acd acd, Timer decisions) {
        this.acd = acd;
        this.decisions = decisions;
    }

    public Acd acd() {
        return acd;
    }

    @Override
    public Decision<AcdEvent, AcdEffect, Refusal> handle(AcdCommand command, Instant now) {
        return decisions.record(() -> acd.handle(command, now));
    }

    @Override
    public Decision<AcdEvent, AcdEffect, Refusal> tick(Instant now) {
        return acd.tick(now);
    }

    @Override
    public Optional<Instant> nextDeadline() {
        return acd.nextDeadline();
    }

    @Override
    public void apply(AcdEvent event) {
        acd.apply(event);
    }
}
