// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.wait;

import java.time.Duration;

/**
 * When a forecast is good enough to be said.
 *
 * @param samples calls it must have been learnt from
 * @param share of the expected wait, by which the likely one may exceed it
 * @param floor by which it may in any case
 */
public record Trust(int samples, double share, Duration floor) {

    public static final Trust USUAL = new Trust(30, 0.6, Duration.ofMinutes(1));

    public boolean in(Forecast forecast) {
        var width = forecast.likely().minus(forecast.expected()).toMillis();
        var most = Math.max(floor.toMillis(), share * forecast.expected().toMillis());
        return forecast.known() && forecast.samples() >= samples && width <= most;
    }
}
