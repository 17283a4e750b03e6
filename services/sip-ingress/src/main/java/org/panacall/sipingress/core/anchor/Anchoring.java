// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.anchor;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.panacall.sipingress.core.dialog.LegId;
import org.panacall.sipingress.core.sdp.AgreedAudio;

/**
 * A call's way to new media addresses.
 *
 * <pre>
 * moving:  WAITING → OPENING → OFFERED → over
 *             '── RESTING ──'  (no node would take it)
 * staying: WAITING → OFFERED → over
 * </pre>
 *
 * <p>Owned by its call's thread.
 */
public final class Anchoring {

    /** Where it stands. */
    public enum Step {
        WAITING,
        OPENING,
        RESTING,
        OFFERED
    }

    private final Instant since;
    private final Optional<String> left;
    private final LinkedHashMap<LegId, Optional<AgreedAudio>> asked = new LinkedHashMap<>();
    private boolean moving;
    private Step step = Step.WAITING;
    private Optional<Instant> due = Optional.empty();
    private Optional<String> node = Optional.empty();

    private Anchoring(Instant since, boolean moving, Optional<String> left) {
        this.since = since;
        this.moving = moving;
        this.left = left;
    }

    /**
     * All legs get new addresses at a media node.
     *
     * @param left the node that still has the legs and is to be told to close them
     */
    public static Anchoring moving(Instant since, Optional<String> left) {
        return new Anchoring(since, true, left);
    }

    /** The legs keep their addresses; only the edge has to learn them again. */
    public static Anchoring staying(Instant since) {
        return new Anchoring(since, false, Optional.empty());
    }

    public Duration lasted(Instant now) {
        return Duration.between(since, now);
    }

    public Instant since() {
        return since;
    }

    /** The node that is to close the legs once they are elsewhere. */
    public Optional<String> left() {
        return left;
    }

    /** The legs have no media, or not all of them. */
    public boolean isMoving() {
        return moving;
    }

    public Step step() {
        return step;
    }

    /** When the step has taken too long, or the rest is over. */
    public Optional<Instant> due() {
        return due;
    }

    /** The node to which the call goes, once one has taken the first leg. */
    public Optional<String> node() {
        return node;
    }

    public void goesTo(String chosen) {
        node = Optional.of(chosen);
    }

    /** Tells once an attempt that a leg has to be asked for; with what is agreed by then. */
    public boolean ask(LegId leg, Optional<AgreedAudio> audio) {
        return asked.putIfAbsent(leg, audio) == null;
    }

    /** Whether the present attempt has asked for the leg. */
    public boolean hasAsked(LegId leg) {
        return asked.containsKey(leg);
    }

    /** Whether something else has been agreed since the leg was asked for. */
    public boolean isOutdated(LegId leg, Optional<AgreedAudio> audio) {
        return asked.containsKey(leg) && !asked.get(leg).equals(audio);
    }

    public void opening(Instant until) {
        step = Step.OPENING;
        due = Optional.of(until);
    }

    /** No node took it: all is forgotten until the next attempt. */
    public void resting(Instant until) {
        step = Step.RESTING;
        due = Optional.of(until);
        node = Optional.empty();
        asked.clear();
    }

    /** In the queue again. */
    public void waiting() {
        step = Step.WAITING;
        due = Optional.empty();
        node = Optional.empty();
        asked.clear();
    }

    /** All legs have media; their parties are being told. */
    public void offered(Instant until) {
        moving = false;
        step = Step.OFFERED;
        due = Optional.of(until);
    }
}
