// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.call;

import org.panacall.sipingress.core.dialog.IdSource;
import org.panacall.sipingress.core.leg.PlayId;

/** Where the core takes its identifiers from. Called on the engine's thread only. */
public interface CallIds extends IdSource {

    /** Names a call that came in. */
    CallId call();

    /** Names a play of our own. */
    PlayId play();

    /** A positive number for o= of a leg's descriptions. */
    long sdp();

    /** A new W3C trace context. */
    String traceparent();
}
