// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.panacall.tests.chaos.Desk.Offer;
import org.panacall.tests.ua.Call;
import org.panacall.tests.ua.Dialling;
import org.panacall.tests.ua.UserAgent;
import org.panacall.tests.watch.ToneWatch;

/** Somebody who rings the clinic before the fault, and what becomes of his call. */
final class Patient {

    private static final Duration SOON = Duration.ofSeconds(5);

    /** More than the part of what was heard that a tone is looked for in. */
    private static final int FRESH_PACKETS = 15;

    /** Where the fault finds the call. */
    enum Place {
        TALK,
        /** In a talk that its caller ends right after the fault. */
        LEAVING,
        QUEUE,
        GREETING
    }

    private final Place place;
    private final String number;
    private final UserAgent phone;
    private final Instant diallingAt = Instant.now();
    private final Call call;
    private final ToneWatch ears;
    private Optional<Offer> talk = Optional.empty();
    private Optional<ToneWatch> agentsEars = Optional.empty();
    private Instant hungUpAt = Instant.MAX;
    private String expectedEnd = "";
    private String loss = "";
    private long gapMillis = -1;

    Patient(Place place, String number, UserAgent phone, String dialled) {
        this.place = place;
        this.number = number;
        this.phone = phone;
        call = phone.dial(dialled, Dialling.plain());
        ears = ToneWatch.of(call);
    }

    Place place() {
        return place;
    }

    String number() {
        return number;
    }

    Call call() {
        return call;
    }

    Instant diallingAt() {
        return diallingAt;
    }

    Instant hungUpAt() {
        return hungUpAt;
    }

    Optional<Offer> talk() {
        return talk;
    }

    /** The word that the call's record must have as its end; empty when we did not end it. */
    String expectedEnd() {
        return expectedEnd;
    }

    /** Why the call is lost; empty while it is not. */
    String loss() {
        return loss;
    }

    /** Longest silence that either side had since the fault; -1 when not measured. */
    long gapMillis() {
        return gapMillis;
    }

    void lost(String why) {
        if (loss.isEmpty()) {
            loss = why;
        }
    }

    /** Both sides hear each other. */
    boolean joins(Offer offer) {
        talk = Optional.of(offer);
        boolean joined = hearsNow(call, offer.toneHz()) && hearsNow(offer.call(), phone.toneHz());
        if (!joined) {
            lost("no audio with the agent" + asItStands());
        }
        return joined;
    }

    /** Starts to look for silence. */
    void watch() {
        ears.begin(place == Place.QUEUE || place == Place.GREETING ? 0 : talk.get().toneHz());
        agentsEars = talk.map(offer -> ToneWatch.of(offer.call()));
        agentsEars.ifPresent(watch -> watch.begin(phone.toneHz()));
    }

    /** Notes the longest silence until now, of calls that live. */
    void noteGap() {
        if (!call.isEnded()) {
            long agents = agentsEars.map(ToneWatch::longestMillis).orElse(0L);
            gapMillis = Math.max(ears.longestMillis(), agents);
        }
    }

    /** Whether the talk still is one; else it is lost. */
    boolean stillTalks() {
        var agents = talk.orElseThrow().call();
        if (call.isEnded() || agents.isEnded()) {
            lost((call.isEnded() ? "ended " : "agent's leg ended ") + reason());
        } else if (!hearsNow(call, talk.get().toneHz())) {
            lost("caller hears nothing");
        } else if (!hearsNow(agents, phone.toneHz())) {
            lost("agent hears nothing");
        }
        return loss.isEmpty();
    }

    /** One side hangs up: BYE is answered by 200, and the other leg ends. */
    boolean hangUp(boolean byCaller) {
        var agents = talk.orElseThrow().call();
        var one = byCaller ? call : agents;
        var other = byCaller ? agents : call;
        expectedEnd = byCaller ? "caller-hung-up" : "agent-hung-up";
        hungUpAt = Instant.now();
        one.hangUp();
        boolean otherEnded = other.awaitEnded(SOON.multipliedBy(2));
        int status = one.awaitByeAnswered(SOON);
        if (!otherEnded) {
            lost("the other leg stayed, BYE got " + status);
        } else if (status != 200) {
            lost("BYE got " + status);
        }
        return loss.isEmpty();
    }

    /** In packets that are still to come: what was heard before the fault proves nothing. */
    private static boolean hearsNow(Call call, int toneHz) {
        long from = call.hearing().packets() + FRESH_PACKETS;
        return call.hearing().await(ears -> ears.packets() >= from && ears.hears(toneHz), SOON);
    }

    /** Why and how the call stands, for a report. */
    String asItStands() {
        return call.isEnded() ? ", ended " + reason() : "";
    }

    private String reason() {
        var agents = talk.map(offer -> offer.call().reason()).orElse("");
        var told = call.reason().isEmpty() ? agents : call.reason();
        if (!told.isEmpty()) {
            return told;
        }
        var statuses = call.statuses();
        return statuses.isEmpty() ? "without any answer" : "after " + statuses.getLast();
    }

    void close() {
        phone.close();
    }
}
