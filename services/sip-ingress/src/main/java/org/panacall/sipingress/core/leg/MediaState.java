// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.leg;

import org.panacall.sipingress.core.sdp.LocalAudio;

/** What a leg has at media: Opening → Open → Closing → Closed; Opening → Closed on failure. */
public sealed interface MediaState {

    /** Asked for, not there yet. */
    record Opening() implements MediaState {}

    /** Receives at this address. */
    record Open(LocalAudio local) implements MediaState {}

    /** Told to close; the figures are on their way. */
    record Closing() implements MediaState {}

    /** Nothing is left at media. */
    record Closed(LegQuality quality) implements MediaState {}
}
