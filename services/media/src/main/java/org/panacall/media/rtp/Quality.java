// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.rtp;

/** How a listener would rate what came, by the E-model of ITU-T G.107 with its default values. */
public final class Quality {

    private static final double R_WITHOUT_IMPAIRMENT = 93.2;

    /** G.113 appendix I for G.711 without elaborate concealment: our simple one earns no more. */
    private static final double LOSS_ROBUSTNESS = 4.3;

    private static final double DELAY_NOTICED_MS = 177.3;

    private Quality() {}

    /**
     * Mean opinion score, 1 to 4.5.
     *
     * @param lossPercent packets that could not be played, lost or late, 0 to 100
     * @param delayMs from mouth to ear, as far as known
     */
    public static double mos(double lossPercent, double delayMs) {
        double noticed = Math.max(0, delayMs - DELAY_NOTICED_MS);
        double delayImpairment = 0.024 * delayMs + 0.11 * noticed;
        double lossImpairment = 95 * lossPercent / (lossPercent + LOSS_ROBUSTNESS);
        double r = R_WITHOUT_IMPAIRMENT - delayImpairment - lossImpairment;
        if (r <= 0) {
            return 1;
        }
        return Math.clamp(1 + 0.035 * r + r * (r - 60) * (100 - r) * 7e-6, 1, 4.5);
    }
}
