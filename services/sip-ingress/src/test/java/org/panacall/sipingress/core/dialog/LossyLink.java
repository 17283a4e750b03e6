// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.dialog;

import java.util.PriorityQueue;
import java.util.Random;
import org.panacall.sipingress.core.message.Endpoint;

/** A network in virtual time that loses, repeats and reorders, by seed. */
final class LossyLink {

    /** A datagram on its way. */
    record Flight(long at, long number, byte[] datagram, Endpoint from, Endpoint to)
            implements Comparable<Flight> {

        @Override
        public int compareTo(Flight other) {
            int byTime = Long.compare(at, other.at);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    private final Random random;
    private final double loss;
    private final double repeat;
    private final int delayMsMax;
    private final PriorityQueue<Flight> flights = new PriorityQueue<>();
    private long numbers;
    private Endpoint cutFrom;
    private long cutUntil;

    LossyLink(Random random, double loss, double repeat, int delayMsMax) {
        this.random = random;
        this.loss = loss;
        this.repeat = repeat;
        this.delayMsMax = delayMsMax;
    }

    /** From now on, for so long, nothing from this place gets through. */
    void cut(Endpoint from, long until) {
        cutFrom = from;
        cutUntil = until;
    }

    void send(byte[] datagram, Endpoint from, Endpoint to, long now) {
        if (from.equals(cutFrom) && now < cutUntil) return;
        int copies = random.nextDouble() < repeat ? 2 : 1;
        for (int i = 0; i < copies; i++) {
            if (random.nextDouble() < loss) continue;
            long at = now + 1 + random.nextInt(delayMsMax);
            flights.add(new Flight(at, numbers++, datagram, from, to));
        }
    }

    long next() {
        return flights.isEmpty() ? Long.MAX_VALUE : flights.peek().at();
    }

    Flight take() {
        return flights.remove();
    }
}
