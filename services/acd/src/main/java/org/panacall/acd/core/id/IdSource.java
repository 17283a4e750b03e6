// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.id;

/**
 * Where the core takes the ids of what it begins from: random ones in production, counted ones in
 * tests. What it gives is kept in events, so a replay never asks.
 */
public interface IdSource {

    OfferId offer();

    LegId leg();

    PlayId play();

    CallbackId callback();
}
