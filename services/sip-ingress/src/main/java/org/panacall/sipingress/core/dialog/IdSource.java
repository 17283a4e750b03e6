// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.dialog;

/**
 * Where the user agent takes its identifiers from: random ones in production, counted ones in
 * tests. Called on the shard's thread only.
 */
public interface IdSource {

    /** Names a leg that came in. */
    LegId leg();

    /** A tag of a From or To header: a token with at least 32 bits of chance. */
    String tag();

    /** A Call-ID, unique in the world. */
    String callId();

    /** What makes a Via branch unique; the user agent puts the magic cookie before it. */
    String branch();

    /** A whole number below the bound, for retry delays that must differ between the two sides. */
    int below(int bound);
}
