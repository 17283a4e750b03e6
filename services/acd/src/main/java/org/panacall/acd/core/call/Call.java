// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.call;

import java.time.Instant;
import java.util.Optional;
import org.panacall.acd.core.id.CallId;
import org.panacall.acd.core.id.SipIngress;

/** A call in acd's care. Immutable: each event gives the next one. */
public sealed interface Call permits QueuedCall, PlacedCall {

    CallId id();

    /** Where it is held. */
    SipIngress sipIngress();

    /** Number of the last event about it. */
    long sequence();

    Call numbered(long next);

    /** The same, held there. */
    Call at(SipIngress next);

    /** When its present state began. */
    Instant since();

    /** When something has to be done about it, should nothing happen. */
    Optional<Instant> deadline();

    /** Whether two parties were joined in it. */
    boolean talked();

    /** It is about to end; should nobody tell that it did, it is forgotten at that time. */
    Call leave(Instant now, Instant forgottenAt);

    /** Whether it is over but for the last word of sip-ingress. */
    boolean leaving();
}
