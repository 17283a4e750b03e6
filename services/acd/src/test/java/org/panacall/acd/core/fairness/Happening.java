// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.fairness;

import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.panacall.acd.core.AcdEvent;
import org.panacall.acd.core.call.Offer;
import org.panacall.acd.core.waiting.Callback;

/** Kinds of what can happen, so that days in which too little does are noticed. */
public final class Happening {

    private Happening() {}

    public static String of(AcdEvent event) {
        return switch (event) {
            case AcdEvent.OfferEnded ended -> "offer " + ended.end();
            case AcdEvent.CallDequeued dequeued -> "call " + dequeued.cause();
            case AcdEvent.CallbackEnded ended -> "callback " + ended.end();
            default -> event.getClass().getSimpleName();
        };
    }

    /** All that can happen. */
    public static TreeSet<String> all() {
        var kinds = new TreeSet<String>();
        for (var end : Offer.End.values()) {
            kinds.add("offer " + end);
        }
        for (var cause : AcdEvent.CallDequeued.Cause.values()) {
            kinds.add("call " + cause);
        }
        Stream.of(
                        AcdEvent.class,
                        AcdEvent.OfCall.class,
                        AcdEvent.OfAgent.class,
                        AcdEvent.OfQueue.class,
                        AcdEvent.OfCallback.class)
                .flatMap(family -> Stream.of(family.getPermittedSubclasses()))
                .filter(kind -> !kind.isInterface())
                .forEach(kind -> kinds.add(kind.getSimpleName()));
        for (var end : Callback.End.values()) {
            kinds.add("callback " + end);
        }
        kinds.removeAll(List.of("OfferEnded", "CallDequeued", "CallbackEnded"));
        return kinds;
    }
}
