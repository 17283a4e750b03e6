// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.month;

import java.util.List;
import java.util.TreeMap;
import org.panacall.acd.core.AcdEvent;
import org.panacall.acd.core.AcdEvent.CallDequeued.Cause;
import org.panacall.acd.core.waiting.Callback;

/** What was in the days that were lived. */
final class MonthFigures {

    private final TreeMap<Cause, Integer> left = new TreeMap<>();
    private final TreeMap<Callback.End, Integer> callbacks = new TreeMap<>();
    private int days;
    private int calls;
    private int refused;
    private int missed;
    private int restarts;
    private int sipIngressesDied;
    private int noticesLost;
    private long events;
    private long digest;

    int nextCall() {
        return ++calls;
    }

    void refused() {
        refused++;
    }

    void died() {
        sipIngressesDied++;
    }

    void lost(int notices) {
        noticesLost += notices;
    }

    void count(AcdEvent event) {
        switch (event) {
            case AcdEvent.OfferEnded ended when ended.end().missed() -> missed++;
            case AcdEvent.CallbackEnded ended -> callbacks.merge(ended.end(), 1, Integer::sum);
            case AcdEvent.CallDequeued dequeued -> left.merge(dequeued.cause(), 1, Integer::sum);
            default -> {}
        }
    }

    void end(int lived, Succession succession) {
        days = lived;
        restarts = succession.restarts();
        events = succession.events();
        digest = succession.digest();
    }

    long digest() {
        return digest;
    }

    /** Adds what others have lived. */
    void add(MonthFigures other) {
        days += other.days;
        calls += other.calls;
        refused += other.refused;
        missed += other.missed;
        restarts += other.restarts;
        sipIngressesDied += other.sipIngressesDied;
        noticesLost += other.noticesLost;
        events += other.events;
        other.callbacks.forEach((end, count) -> callbacks.merge(end, count, Integer::sum));
        other.left.forEach((cause, count) -> left.merge(cause, count, Integer::sum));
    }

    /**
     * Whether there was some of everything; that a queue closes with somebody in it is too rare.
     */
    boolean complete() {
        return left.keySet().containsAll(List.of(Cause.ANSWERED, Cause.ABANDONED, Cause.FAILED))
                && callbacks.getOrDefault(Callback.End.REACHED, 0) > 0
                && refused > 0
                && missed > 0
                && restarts > 0
                && sipIngressesDied > 0
                && noticesLost > 0;
    }

    @Override
    public String toString() {
        return ("%,d days, %,d calls %s, callbacks %s, %,d refused, %,d offers missed, %,d restarts"
                        + " of acd, %,d sip-ingresses dead, %,d notices lost, %,d events")
                .formatted(
                        days,
                        calls,
                        left,
                        callbacks,
                        refused,
                        missed,
                        restarts,
                        sipIngressesDied,
                        noticesLost,
                        events);
    }
}
