// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.chaos;

import java.util.Arrays;
import java.util.Optional;

/** What is done to the platform, to which process, and the goal for it. */
public enum Fault {
    SIP_INGRESS("sip-ingress", Deed.KILL, "≥ 99 % kept, no gap, control back ≤ 5 s"),
    SIP_INGRESS_IDLE("sip-ingress", Deed.KILL_IDLE, "the next call succeeds"),
    MEDIA("media", Deed.KILL, "≥ 99 % moved, silence ≤ 3 s median, 5 s p99"),
    IVR("ivr", Deed.KILL, "back at the checkpoint ≤ 3 s"),
    ACD("acd", Deed.KILL, "0 lost, order kept, pause ≤ 3 s, 0 offered twice"),
    ACD_FROZEN("acd", Deed.FREEZE, "0 offered twice, order kept"),
    DIRECTORY("directory", Deed.KILL, "calls untouched"),
    REPORTING("reporting", Deed.KILL, "calls untouched, lag ≤ 60 s"),
    DESKTOP("desktop", Deed.KILL, "calls untouched"),
    KAMAILIO("kamailio", Deed.KILL, "100 % kept, no gap, in-dialog ≤ 5 s, registered ≤ 10 s"),
    RTPENGINE("rtpengine", Deed.KILL, "restarted ≤ 2 s, talks re-anchored ≤ 5 s"),
    NATS("nats", Deed.KILL, "calls untouched, 0 events lost"),
    NATS_AWAY("nats", Deed.HOLD_DOWN, "calls untouched, callers served by fallback"),
    POSTGRES("postgres", Deed.KILL, "calls untouched, 0 records lost"),
    POSTGRES_AWAY("postgres", Deed.HOLD_DOWN, "calls untouched, 0 records lost");

    /** How a process is treated. */
    enum Deed {
        /** {@code kill -9} of the one that holds the most calls, while calls are up. */
        KILL,
        /** {@code kill -9} of one before the first call. */
        KILL_IDLE,
        /** SIGSTOP, and SIGCONT some seconds later. */
        FREEZE,
        /** {@code kill -9}, and no restart for a while. */
        HOLD_DOWN
    }

    private final String service;
    private final Deed deed;
    private final String goal;

    Fault(String service, Deed deed, String goal) {
        this.service = service;
        this.deed = deed;
        this.goal = goal;
    }

    /** As in FAULTS: {@code sip-ingress-idle}. */
    public String title() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    public static Optional<Fault> named(String title) {
        return Arrays.stream(values()).filter(one -> one.title().equals(title)).findFirst();
    }

    /** Name of the service, or of the server below all services. */
    String service() {
        return service;
    }

    Deed deed() {
        return deed;
    }

    /**
     * Whether agents are rung without acd while it lasts: then each sip-ingress knows its own
     * callers and talks only, and a phone that talks elsewhere has to say so.
     */
    boolean leavesRingGroups() {
        return this == NATS_AWAY;
    }

    String goal() {
        return goal;
    }
}
