// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.bench.peer;

/**
 * Who decides whose telephone rings for which call. Calls and agents go by their numbers of the
 * day. What it wants done it does to the {@link Trial}.
 */
interface Distributor {

    /** A call begins to wait. */
    void arrived(int call);

    /** Its caller hung up while he waited, whether a telephone rings for him or not. */
    void abandoned(int call);

    /** The telephone that rang was answered, and both talk. */
    void answered(int call, int agent);

    /** He wants another one to take it. */
    void rejected(int call, int agent);

    /** A talk is over. */
    void talkEnded(int call, int agent);

    /** An agent hears his telephone again, and says so if he was told not to be there. */
    void returned(int agent);
}
