// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.room;

import java.util.Optional;

/**
 * The room that a call's first leg is to be in, and how far that has come.
 *
 * <pre>
 * NOWHERE → PLACING → PLACED → JOINED
 *              ▲─────────┴────────┘  (the media node is lost, or another one)
 * </pre>
 *
 * <p>Owned by its call's thread.
 */
public final class Rooming {

    private static final int GOES_MAX = 2;

    private enum Step {
        NOWHERE,
        PLACING,
        PLACED,
        JOINED
    }

    private Optional<RoomWish> wish = Optional.empty();
    private Step step = Step.NOWHERE;
    private boolean told;
    private boolean unsure;
    private int goes;

    public Optional<RoomWish> wish() {
        return wish;
    }

    /** Whether it is another room than before. */
    public boolean becomes(RoomWish next) {
        if (wish.equals(Optional.of(next))) return false;
        wish = Optional.of(next);
        step = Step.NOWHERE;
        goes = 0;
        return true;
    }

    /** Another process had it in that room, and media may have it there still. */
    public void adopted(RoomWish before) {
        wish = Optional.of(before);
        told = true;
        unsure = true;
    }

    /** It is asked where the room is. */
    public void placing() {
        step = Step.PLACING;
    }

    /** Whether it waits to hear where that room is. */
    public boolean isPlacing(String room) {
        return step == Step.PLACING && isWished(room);
    }

    /** Whether that room is still the one. */
    public boolean isWished(String room) {
        return wish.filter(now -> now.name().equals(room)).isPresent();
    }

    /** The call is where the room is. */
    public void placed() {
        step = Step.PLACED;
        goes = 0;
    }

    public boolean isPlaced() {
        return step == Step.PLACED || step == Step.JOINED;
    }

    /** Tells once that media has it there. */
    public boolean joined() {
        boolean first = step == Step.PLACED;
        if (first) step = Step.JOINED;
        return first;
    }

    public boolean isJoined() {
        return step == Step.JOINED;
    }

    /** Whether the call may go to the room's node: not for ever. */
    public boolean mayGo() {
        return goes++ < GOES_MAX;
    }

    /** Media was told to have it in the room, or not any more. */
    public void told(boolean in) {
        told = in;
        unsure = false;
    }

    public boolean isTold() {
        return told;
    }

    /** Whether media is to be told that it is in, or is not. */
    public boolean isDue(boolean in) {
        return in != told || in && unsure;
    }

    /** The media node has nothing of it any more. */
    public void lost() {
        told = false;
        unsure = false;
        step = Step.NOWHERE;
    }

    /** No room is wished any more. */
    public void over() {
        wish = Optional.empty();
        step = Step.NOWHERE;
    }
}
