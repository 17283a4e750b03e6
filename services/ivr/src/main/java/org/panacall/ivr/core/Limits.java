// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core;

import java.time.Duration;

/**
 * Bounds of runs.
 *
 * @param runs runs at once
 * @param steps steps a run may enter; past it the caller goes to the fallback queue
 * @param duration longest time of a run; past it the same, and an echo test ends
 * @param answer longest wait for our own answer to take effect
 * @param play longest play; past it the run goes on as if it had ended
 * @param handOver longest wait for a new controller
 * @param missing longest wait for a sip-ingress to say that it holds a call
 */
public record Limits(
        int runs,
        int steps,
        Duration duration,
        Duration answer,
        Duration play,
        Duration handOver,
        Duration missing) {}
