// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd;

import org.panacall.acd.core.id.CallbackId;
import org.panacall.acd.core.id.IdSource;
import org.panacall.acd.core.id.LegId;
import org.panacall.acd.core.id.OfferId;
import org.panacall.acd.core.id.PlayId;
import org.panacall.engine.id.Ids;

/** Ids as the whole platform makes them. */
public final class RandomIds implements IdSource {

    @Override
    public OfferId offer() {
        return new OfferId(Ids.next("offer"));
    }

    @Override
    public LegId leg() {
        return new LegId(Ids.next("leg"));
    }

    @Override
    public PlayId play() {
        return new PlayId(Ids.next("play"));
    }

    @Override
    public CallbackId callback() {
        return new CallbackId(Ids.next("callback"));
    }
}
