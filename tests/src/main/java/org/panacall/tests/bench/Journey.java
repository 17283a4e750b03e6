// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.bench;

/** One call of a patient, seen from his telephone and from the agent's. Times of nanoTime. */
final class Journey {

    final long id;

    /** The caller's number, by which the agent's telephone tells whose call it is. */
    final String number;

    final long startedAt;
    long tryingAt;
    long answeredAt;
    long rangAt;
    long talkedAt;

    /** Of the caller's dialog, once answered. */
    String inDialog = "";

    String target = "";
    int callerAudioPort;
    int agentAudioPort;
    boolean callerOver;
    boolean agentOver;
    boolean finished;
    boolean releasedWell;

    /** Talks until the load says otherwise. */
    final boolean held;

    Journey(long id, long startedAt, boolean held) {
        this.id = id;
        this.number = "79" + (160_000_000L + id % 800_000_000L);
        this.startedAt = startedAt;
        this.held = held;
    }
}
