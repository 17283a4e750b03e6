// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.id;

/** Ids that count, so that a failing test can be read. */
public final class CountedIds implements IdSource {

    private int last;

    @Override
    public OfferId offer() {
        return new OfferId("offer_" + ++last);
    }

    @Override
    public LegId leg() {
        return new LegId("leg_" + ++last);
    }

    @Override
    public PlayId play() {
        return new PlayId("play_" + ++last);
    }

    @Override
    public CallbackId callback() {
        return new CallbackId("callback_" + ++last);
    }
}
