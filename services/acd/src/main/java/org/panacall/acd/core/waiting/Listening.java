// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.waiting;

import java.time.Instant;
import java.util.Optional;
import org.panacall.acd.core.id.PlayId;
import org.panacall.acd.core.plan.WaitingRoom;
import org.panacall.acd.core.wait.Forecast;
import org.panacall.acd.core.wait.Told;

/**
 * What one waiting caller hears and has heard: music or one announcement, never two things at a
 * time. Immutable: each change gives the next one, which an event carries whole.
 *
 * @param entry what he could expect when he came
 * @param music names the music that he hears, or that goes on after the announcement
 */
public record Listening(
        Entry entry,
        Told told,
        PlayId music,
        Optional<Announcement> announcement,
        Heard heard,
        Dialogue dialogue) {

    /** When he came to this queue, and with what prospect. */
    public record Entry(Instant at, Forecast forecast) {}

    /**
     * What he heard last.
     *
     * @param figures when it was his place in line and his wait
     * @param information when it was one of the queue's announcements
     * @param count how many of those he has heard
     */
    public record Heard(Optional<Instant> figures, Optional<Instant> information, int count) {

        public static final Heard NOTHING = new Heard(Optional.empty(), Optional.empty(), 0);
    }

    /**
     * Of somebody who comes to a queue.
     *
     * @param told what he was told before, in another queue: he does not forget it
     */
    static Listening begin(Entry entry, Told told, PlayId music) {
        return new Listening(
                entry, told, music, Optional.empty(), Heard.NOTHING, new Dialogue.None());
    }

    /** Told something instead of music. */
    Listening announcing(Announcement next) {
        return new Listening(entry, told, music, Optional.of(next), heard, dialogue);
    }

    /** Music, by this name. */
    public Listening music(PlayId next) {
        return new Listening(entry, told, next, Optional.empty(), heard, dialogue);
    }

    /** An agent talks to him instead. */
    Listening answered() {
        return music(music);
    }

    Listening in(Dialogue next) {
        return new Listening(entry, told, music, announcement, heard, next);
    }

    Listening heardFigures(Told next, Instant now) {
        var after = new Heard(Optional.of(now), heard.information(), heard.count());
        return new Listening(entry, next, music, announcement, after, dialogue);
    }

    Listening heardInformation(Instant now) {
        var after = new Heard(heard.figures(), Optional.of(now), heard.count() + 1);
        return new Listening(entry, told, music, announcement, after, dialogue);
    }

    /** When he is to hear his place in line next; empty: never. */
    Optional<Instant> figuresDue(WaitingRoom room) {
        var figures = room.figures();
        var any = figures.position() || figures.expectedWait() || room.callbacks().offer().made();
        return Optional.of(
                        heard.figures()
                                .map(last -> last.plus(figures.every()))
                                .orElse(entry.at().plus(figures.first())))
                .filter(at -> any);
    }

    /** When he is to hear one of the queue's announcements next; empty: never. */
    Optional<Instant> informationDue(WaitingRoom room) {
        var information = room.information();
        return Optional.of(
                        heard.information()
                                .map(last -> last.plus(information.every()))
                                .orElse(entry.at().plus(information.first())))
                .filter(at -> !information.prompts().isEmpty());
    }
}
