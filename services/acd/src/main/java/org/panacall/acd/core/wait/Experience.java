// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.wait;

import java.time.Duration;
import java.time.Instant;

/**
 * What a queue has learnt from its calls: how long they occupy agents, how patient callers are, how
 * true forecasts were. A fold over what happened, in bounded memory.
 */
public final class Experience {

    private final Handling handling = new Handling();
    private final Patience patience = new Patience();
    private final Arrivals arrivals = new Arrivals();
    private final Calibration calibration = new Calibration();

    /** What is remembered, for a snapshot. */
    public record Kept(
            Handling.Kept handling,
            Patience.Kept patience,
            Arrivals.Kept arrivals,
            Calibration.Kept calibration) {}

    /**
     * A call came.
     *
     * @param headStart time that it counts as having waited already
     */
    public void arrived(Duration headStart, Instant now) {
        arrivals.add(headStart, now);
    }

    /** An agent is done with one of its calls, and with his notes. */
    public void handled(Duration occupied) {
        handling.add(occupied);
    }

    /**
     * A caller was answered.
     *
     * @param forecast what he could expect when he came
     */
    public void answered(Forecast forecast, Duration waited) {
        calibration.answered(forecast, waited, patience);
        patience.add(waited, false);
    }

    /** A caller gave up. */
    public void abandoned(Forecast forecast, Duration waited) {
        calibration.abandoned(forecast, waited, patience);
        patience.add(waited, true);
    }

    public Handling handling() {
        return handling;
    }

    public Patience patience() {
        return patience;
    }

    public Arrivals arrivals() {
        return arrivals;
    }

    public Calibration calibration() {
        return calibration;
    }

    public Kept kept() {
        return new Kept(handling.kept(), patience.kept(), arrivals.kept(), calibration.kept());
    }

    public void restore(Kept kept) {
        handling.restore(kept.handling());
        patience.restore(kept.patience());
        arrivals.restore(kept.arrivals());
        calibration.restore(kept.calibration());
    }
}
