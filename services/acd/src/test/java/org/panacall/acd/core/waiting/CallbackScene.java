// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.waiting;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.panacall.acd.core.AcdEffect;
import org.panacall.acd.core.AcdEvent;
import org.panacall.acd.core.AcdEvent.CallDequeued.Cause;
import org.panacall.acd.core.plan.NumberRules;
import org.panacall.acd.core.plan.WaitingRoom;
import org.panacall.acd.core.plan.WaitingRoom.Callbacks;
import org.panacall.acd.core.plan.WaitingRoom.Figures;
import org.panacall.acd.core.plan.WaitingRoom.Information;
import org.panacall.acd.core.wait.Trust;

/** Short words for what happens with callbacks. */
final class CallbackScene {

    private CallbackScene() {}

    private static final Figures SOON =
            new Figures(Duration.ofSeconds(10), Duration.ofSeconds(30), true, false);

    /** Offered to everybody; who gives up after 20 s is called back unasked when so wanted. */
    static WaitingRoom room(int waiting, boolean automatic) {
        return new WaitingRoom(
                "ru",
                SOON,
                Information.NONE,
                Trust.USUAL,
                new Callbacks(
                        new WaitingRoom.Offer(true, waiting, Duration.ZERO, '1'),
                        WaitingRoom.Rules.USUAL,
                        automatic ? Optional.of(Duration.ofSeconds(20)) : Optional.empty(),
                        NumberRules.INTERNATIONAL));
    }

    static Lounge lounge() {
        return new Lounge(room(0, false));
    }

    /** He hears the offer, takes it, hears that he has it, and is hung up on. */
    static void promised(Lounge lounge, String name) {
        lounge.after(10);
        lounge.presses(name, "11");
        lounge.over(Lounge.call(name));
        lounge.effects(AcdEffect.Play.class);
    }

    /** The one agent who is rung for a callback answers, and the patient is dialled. */
    static AcdEffect.AddLeg dialled(Lounge lounge) {
        var ring = lounge.only(AcdEffect.CreateCall.class);
        var call = ring.order().call();
        lounge.answered(call, ring.leg().leg());
        lounge.played(call, lounge.said());
        return lounge.only(AcdEffect.AddLeg.class);
    }

    static Callback open(Lounge lounge) {
        var open = lounge.acd.waits().callbacks().all();
        assertEquals(1, open.size(), () -> "open: " + open);
        return open.iterator().next();
    }

    static boolean nothingOpen(Lounge lounge) {
        return lounge.acd.waits().callbacks().all().isEmpty();
    }

    static Callback.End end(Lounge lounge) {
        return lounge.events(AcdEvent.CallbackEnded.class).getLast().end();
    }

    static List<Cause> causes(Lounge lounge) {
        return lounge.events(AcdEvent.CallDequeued.class).stream()
                .map(AcdEvent.CallDequeued::cause)
                .toList();
    }
}
