// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.load;

/** One call of a patient, seen from his telephone and from the agent's. Times of nanoTime. */
public final class Journey {

    public final long id;

    /** The caller's number, by which the agent's telephone tells whose call it is. */
    public final String number;

    public final long startedAt;
    public long tryingAt;
    public long answeredAt;
    public long rangAt;
    public long talkedAt;

    /** Of the caller's dialog, once answered. */
    public String inDialog = "";

    public String target = "";
    public int callerAudioPort;
    public int agentAudioPort;
    public boolean callerOver;
    public boolean agentOver;
    public boolean finished;
    public boolean releasedWell;

    /** Its caller was told to hang up. */
    public boolean releasing;

    /** Talks until the load says otherwise. */
    public final boolean held;

    public Journey(long id, long startedAt, boolean held) {
        this.id = id;
        this.number = "79" + (160_000_000L + id % 800_000_000L);
        this.startedAt = startedAt;
        this.held = held;
    }
}
