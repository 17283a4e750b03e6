// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.chaos;

/** What a fault must leave true: the least that every round is judged by. */
public enum Claim {
    TALKS_KEPT("every talk is kept"),
    CALLERS_SERVED("everybody who waited or was greeted is served"),
    ORDER_KEPT("who waits longer is served first"),
    OFFERED_ONCE("no call and no agent is offered twice at once"),
    HANG_UP_WORKS("hanging up right after the fault ends both legs"),
    INVITES_ANSWERED("every INVITE gets a first answer within 2 s, and a final one"),
    NEW_CALLS_SUCCEED("new calls succeed again"),
    RECORDS_RIGHT("every call has one record with the right end"),
    NO_GHOSTS("nothing is left of any call"),
    AGENTS_READY("agents are ready again");

    private final String title;

    Claim(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }
}
