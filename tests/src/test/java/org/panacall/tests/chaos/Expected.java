// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.chaos;

import static org.panacall.tests.chaos.Claim.CALLERS_SERVED;
import static org.panacall.tests.chaos.Claim.INVITES_ANSWERED;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * What each fault leaves true today: the one place to write down what has been won. A fault that is
 * not here is not struck by the test; {@code make chaos} strikes all and judges by all claims.
 */
final class Expected {

    private static final Set<Claim> ALL = EnumSet.allOf(Claim.class);

    private static final Map<Fault, Set<Claim>> CLAIMS = new EnumMap<>(Fault.class);

    static {
        CLAIMS.put(Fault.SIP_INGRESS, ALL);
        CLAIMS.put(Fault.SIP_INGRESS_IDLE, ALL);
        CLAIMS.put(Fault.MEDIA, ALL);
        CLAIMS.put(Fault.RTPENGINE, ALL);
        CLAIMS.put(Fault.IVR, ALL);
        CLAIMS.put(Fault.ACD, ALL);
        CLAIMS.put(Fault.DIRECTORY, ALL);
        CLAIMS.put(Fault.REPORTING, ALL);
        CLAIMS.put(Fault.DESKTOP, ALL);
        // Once in three runs a caller who waited was not served in time.
        CLAIMS.put(Fault.NATS, EnumSet.complementOf(EnumSet.of(CALLERS_SERVED)));
        CLAIMS.put(Fault.NATS_AWAY, ALL);
        CLAIMS.put(Fault.POSTGRES, ALL);
        // How soon the edge is back to say 100 is the machine's speed.
        CLAIMS.put(Fault.KAMAILIO, EnumSet.complementOf(EnumSet.of(INVITES_ANSWERED)));
    }

    private Expected() {}

    static Set<Fault> faults() {
        return CLAIMS.keySet();
    }

    static Set<Claim> of(Fault fault) {
        return CLAIMS.get(fault);
    }
}
