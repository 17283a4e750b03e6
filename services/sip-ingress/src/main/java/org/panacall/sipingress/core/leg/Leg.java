// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.leg;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.panacall.sipingress.core.adoption.Farewell;
import org.panacall.sipingress.core.dialog.DialogState;
import org.panacall.sipingress.core.dialog.LegId;
import org.panacall.sipingress.core.leg.StoredLeg.Who;
import org.panacall.sipingress.core.sdp.AgreedAudio;
import org.panacall.sipingress.core.sdp.LocalAudio;
import org.panacall.sipingress.core.sdp.LocalSdp;
import org.panacall.sipingress.core.sdp.Negotiation;

/**
 * One party's part of a call: its signalling state, its media and what it is being played.
 *
 * <p>Owned by its call's thread. Holds facts and checks transitions; decides nothing.
 */
public final class Leg {

    private static final int PLAYS_MAX = 8;

    private final LegId id;
    private final LegRole role;
    private final Direction direction;
    private final String party;
    private final String agentId;
    private final LocalSdp sdp;
    private final LinkedHashMap<PlayId, Boolean> plays = new LinkedHashMap<>();
    private Optional<LegPlan> plan = Optional.empty();
    private LegState state = new LegState.Opening();
    private MediaState media = new MediaState.Opening();
    private Instant mediaBy;
    private Optional<Negotiation> offer = Optional.empty();
    private Optional<AgreedAudio> audio = Optional.empty();
    private Optional<PlayId> music = Optional.empty();
    private Optional<Instant> silentSince = Optional.empty();
    private Optional<Playing> sounding = Optional.empty();
    private final Reoffer reoffer = new Reoffer();
    private int mediaReplies;
    private boolean answerWanted;
    private boolean heldByUs;
    private boolean awaitsAnswer;
    private boolean answered;
    private boolean finished;
    private boolean adopted;

    private Leg(LegId id, LegRole role, Direction direction, Who who, Start start) {
        this.id = id;
        this.role = role;
        this.direction = direction;
        this.party = who.party();
        this.agentId = who.agentId();
        this.sdp = new LocalSdp(start.sdpId());
        this.mediaBy = start.mediaBy();
    }

    private Leg(StoredLeg stored, Instant mediaBy) {
        id = stored.id();
        role = stored.role();
        direction = stored.direction();
        party = stored.who().party();
        agentId = stored.who().agentId();
        sdp = new LocalSdp(stored.media().sdp());
        this.mediaBy = mediaBy;
        state = stored.state();
        // An address that was asked for by another can only be given back; an answered leg without
        // one was on its way to another media node, and gets one of us.
        boolean opening = stored.media().state() instanceof MediaState.Opening;
        media = opening && !isAnswered() ? new MediaState.Closing() : stored.media().state();
        audio = stored.media().audio();
        music = stored.media().music();
        silentSince = stored.media().silentSince();
        heldByUs = stored.media().heldByUs();
        awaitsAnswer = stored.media().awaitsAnswer();
        sounding = stored.media().sounding();
        if (stored.media().reoffered()) reoffer.want();
        answered = stored.wasAnswered();
        finished = stored.finished();
        adopted = true;
    }

    /** Numbers that a leg begins with: id of its descriptions, and until when media must answer. */
    public record Start(long sdpId, Instant mediaBy) {}

    /** The leg of somebody who rings us; with the offer if he made one. */
    public static Leg inbound(LegId id, String party, Optional<Negotiation> offer, Start start) {
        var leg = new Leg(id, LegRole.CALLER, Direction.INBOUND, new Who(party, ""), start);
        leg.offer = offer;
        leg.audio = offer.map(Negotiation::audio);
        return leg;
    }

    /** A leg that another process had; media may take until then for what it owes us. */
    public static Leg adopted(StoredLeg stored, Instant mediaBy) {
        return new Leg(stored, mediaBy);
    }

    /** The leg as it stands, with its dialog, or what ends its INVITE. */
    public StoredLeg stored(Optional<DialogState> dialog, Optional<Farewell> farewell) {
        var audible =
                new StoredLeg.Media(
                        media,
                        audio,
                        music,
                        silentSince,
                        heldByUs,
                        awaitsAnswer,
                        sounding,
                        reoffer.isOpen() || reoffer.isWanted(),
                        sdp.stored());
        return new StoredLeg(
                id,
                role,
                direction,
                new Who(party, agentId),
                state,
                answered,
                finished,
                audible,
                dialog,
                farewell);
    }

    /** The leg of somebody whom we ring. */
    public static Leg outbound(LegPlan plan, Start start) {
        var who = new Who(plan.target().party(), plan.agentId());
        var leg = new Leg(plan.leg(), plan.role(), Direction.OUTBOUND, who, start);
        leg.plan = Optional.of(plan);
        return leg;
    }

    public LegId id() {
        return id;
    }

    public LegRole role() {
        return role;
    }

    public Direction direction() {
        return direction;
    }

    /** Extension or E.164 number. */
    public String party() {
        return party;
    }

    /** Empty when no agent is behind the leg. */
    public String agentId() {
        return agentId;
    }

    /** How it is to be originated; empty on an inbound leg. */
    public Optional<LegPlan> plan() {
        return plan;
    }

    public LegState state() {
        return state;
    }

    public boolean isEnded() {
        return state instanceof LegState.Ended;
    }

    public boolean isAnswered() {
        return state instanceof LegState.Answered;
    }

    /** Waits for our final answer. */
    public boolean isOffered() {
        return state instanceof LegState.Offered;
    }

    /** Was answered at any time. */
    public boolean wasAnswered() {
        return answered;
    }

    public MediaState media() {
        return media;
    }

    /** When media must have opened or closed the leg at the latest. */
    public Instant mediaBy() {
        return mediaBy;
    }

    /** Our address; empty when media has none for us, or no longer. */
    public Optional<LocalAudio> local() {
        return media instanceof MediaState.Open(var local) ? Optional.of(local) : Optional.empty();
    }

    /** What is agreed at present. */
    public Optional<AgreedAudio> audio() {
        return audio;
    }

    public void mediaOpened(LocalAudio local) {
        require(media instanceof MediaState.Opening);
        media = new MediaState.Open(local);
    }

    /** Media was told to close the leg; until then it owes us the figures. */
    public void mediaClosing(Instant until) {
        require(media instanceof MediaState.Open);
        media = new MediaState.Closing();
        mediaBy = until;
    }

    public void mediaClosed(LegQuality quality) {
        media = new MediaState.Closed(quality);
    }

    /** The party's offer, to which {@link #answerSdp} will be the answer. */
    public void offered(Negotiation theirs) {
        offer = Optional.of(theirs);
        audio = Optional.of(theirs.audio());
    }

    /** Our description: the answer when there is an offer of theirs, else an offer. */
    public String describe() {
        var local = local().orElseThrow();
        return offer.map(theirs -> sdp.answer(theirs, local)).orElseGet(() -> sdp.offer(local));
    }

    /** A new offer of ours, in spite of an older one of theirs. */
    public String offerAnew() {
        offer = Optional.empty();
        return sdp.offer(local().orElseThrow());
    }

    /** We have an offer of theirs, so that what we say is an answer. */
    public boolean hasOffer() {
        return offer.isPresent();
    }

    /** Our offer is in a 200; their answer must come with the ACK. */
    public boolean awaitsAnswer() {
        return awaitsAnswer;
    }

    public void awaitAnswer(boolean awaited) {
        awaitsAnswer = awaited;
    }

    /** Where their answer must have our audio stream. */
    public int audioIndex() {
        return sdp.audioIndex();
    }

    public void agreed(AgreedAudio agreed) {
        audio = Optional.of(agreed);
    }

    public void becomes(LegState next) {
        require(!isEnded());
        answered |= next instanceof LegState.Answered;
        state = next;
    }

    /** Tells once that all about the leg has been recorded. */
    public boolean finish() {
        boolean first = !finished;
        finished = true;
        return first;
    }

    public boolean isFinished() {
        return finished;
    }

    public boolean heldByUs() {
        return heldByUs;
    }

    public void holdByUs(boolean held) {
        heldByUs = held;
    }

    public boolean heldByParty() {
        return audio.map(AgreedAudio::partyHolds).orElse(false);
    }

    public boolean isHeld() {
        return heldByUs || heldByParty();
    }

    /** Music of ours that the leg hears while held. */
    public Optional<PlayId> music() {
        return music;
    }

    public void music(Optional<PlayId> play) {
        music = play;
    }

    /** Begins a play for the controller. At most 8 ends are waited for; the oldest goes. */
    public void playing(PlayId play) {
        if (plays.size() == PLAYS_MAX) plays.pollFirstEntry();
        plays.put(play, true);
    }

    /** The controller's newest play, if its end has not been told. */
    public Optional<PlayId> lastPlay() {
        return Optional.ofNullable(plays.lastEntry()).map(Map.Entry::getKey);
    }

    /**
     * Whether it was the controller's play, which is over now. Which plays the holder before us had
     * begun is not known, so those of an adopted leg are all taken for the controller's.
     */
    public boolean played(PlayId play) {
        boolean ours = music.filter(play::equals).isPresent();
        return plays.remove(play) != null || adopted && !ours;
    }

    public Optional<Instant> silentSince() {
        return silentSince;
    }

    public void silentSince(Optional<Instant> since) {
        silentSince = since;
    }

    /** What media was told to play last, so that another node can go on with it. */
    public Optional<Playing> sounding() {
        return sounding;
    }

    public void sounds(Playing playing) {
        sounding = Optional.of(playing);
    }

    /** The play is over, or is to be. */
    public void hushed(PlayId play) {
        sounding = sounding.filter(playing -> !playing.play().equals(play));
    }

    /** Plays whose ends are awaited though they are not to be heard any more. */
    public List<PlayId> overduePlays() {
        return plays.keySet().stream()
                .filter(play -> sounding.filter(now -> now.play().equals(play)).isEmpty())
                .toList();
    }

    /** It is to be answered as soon as media has an address to say. */
    public boolean isAnswerWanted() {
        return answerWanted;
    }

    public void wantAnswer() {
        answerWanted = true;
    }

    /** Our re-INVITE. */
    public Reoffer reoffer() {
        return reoffer;
    }

    /** An offer of our present address that keeps to what was agreed. */
    public String describeAnew() {
        var local = local().orElseThrow();
        return audio.map(agreed -> sdp.reoffer(local, agreed)).orElseGet(() -> sdp.offer(local));
    }

    /** Media was asked for an address; answered in the order of asking. */
    public void mediaAsked(Instant until) {
        mediaReplies++;
        mediaBy = until;
    }

    /** Whether an answer of media is the one to our last question. */
    public boolean mediaReplied() {
        if (mediaReplies > 0) mediaReplies--;
        return mediaReplies == 0;
    }

    /** Media has nothing of the leg any more, and has to be asked again. */
    public void mediaGone() {
        if (media instanceof MediaState.Open) media = new MediaState.Opening();
    }

    private static void require(boolean holds) {
        if (!holds) throw new IllegalStateException("not a transition of a leg");
    }
}
