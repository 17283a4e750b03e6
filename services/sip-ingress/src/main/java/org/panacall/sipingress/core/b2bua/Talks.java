// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.b2bua;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.panacall.sipingress.core.call.Call;
import org.panacall.sipingress.core.call.CallEvent;
import org.panacall.sipingress.core.call.CallIds;
import org.panacall.sipingress.core.call.Controller;
import org.panacall.sipingress.core.call.LegPair;
import org.panacall.sipingress.core.call.Notice;
import org.panacall.sipingress.core.command.IngressEffect;
import org.panacall.sipingress.core.dialog.LegId;
import org.panacall.sipingress.core.leg.Leg;
import org.panacall.sipingress.core.leg.PlayId;
import org.panacall.sipingress.core.leg.Playing;
import org.panacall.sipingress.core.leg.Program;
import org.panacall.sipingress.core.leg.Prompt;
import org.panacall.sipingress.core.leg.RecordingPlan;
import org.panacall.sipingress.core.room.RoomWish;

/**
 * Who hears whom and what. Compares what is to be with what media was told, and tells the
 * difference: the matrix whole, music play by play.
 */
final class Talks {

    private final CallIds ids;
    private final String musicPrompt;

    Talks(CallIds ids, String musicPrompt) {
        this.ids = ids;
        this.musicPrompt = musicPrompt;
    }

    /** Takes a call's first leg into a room, once it is known where that is. */
    void enter(Call call, RoomWish room, Emitted out) {
        if (call.rooming().wish().filter(room::equals).isPresent()) return;
        leave(call, out);
        call.rooming().becomes(room);
        out.keep(call);
        place(call, out);
    }

    /** Asks where the room is, if there is one. */
    void place(Call call, Emitted out) {
        if (call.isMoving() || call.rooming().wish().isEmpty()) return;
        call.rooming().placing();
        var room = call.rooming().wish().orElseThrow().name();
        out.effect(new IngressEffect.PlaceRoom(call.id(), call.tenant().id(), room));
    }

    /** Media has the leg in the room, or not. */
    void roomAnswered(Call call, Leg leg, String room, Notice.RoomOutcome outcome, Emitted out) {
        if (!call.rooming().isWished(room) || !call.rooming().isTold()) return;
        if (outcome == Notice.RoomOutcome.JOINED) {
            if (call.rooming().joined()) {
                out.fact(call, new CallEvent.RoomJoined(leg.id(), room));
            }
            return;
        }
        // It is in none: there is nothing to be left.
        call.rooming().lost();
        roomEnded(call, outcome, out);
    }

    /** The room is not to be had. */
    void roomEnded(Call call, Notice.RoomOutcome outcome, Emitted out) {
        var room = call.rooming().wish().orElseThrow().name();
        boolean full = outcome == Notice.RoomOutcome.FULL;
        out.count(full ? IngressEffect.Counted.ROOM_FULL : IngressEffect.Counted.ROOM_FAILED);
        leave(call, out);
        out.tell(call, new Notice.RoomEnded(call.primary().id(), room, outcome));
    }

    /** Takes it out of its room, if it is to be in one. */
    void leave(Call call, Emitted out) {
        var room = call.rooming().wish();
        if (room.isEmpty()) return;
        boolean joined = call.rooming().isJoined();
        call.rooming().over();
        if (joined && call.end().isEmpty()) {
            out.fact(call, new CallEvent.RoomLeft(call.primary().id(), room.get().name()));
        }
        refresh(call, out);
    }

    /** Only a flow has callers in rooms: with whoever else decides they leave. */
    void settle(Call call, Emitted out) {
        boolean flow = call.controller().filter(Talks::isFlow).isPresent();
        if (!flow) leave(call, out);
    }

    private static boolean isFlow(Controller controller) {
        return controller.kind() == Controller.Kind.IVR;
    }

    private static void refreshRoom(Call call, Emitted out) {
        var room = call.rooming();
        var leg = call.primary();
        // Until it is known where the room is, all stays as it is.
        if (room.wish().isPresent() && !room.isPlaced()) return;
        boolean wanted = room.isPlaced() && leg.local().isPresent() && !leg.isHeld();
        if (!room.isDue(wanted)) return;
        room.told(wanted);
        if (leg.local().isEmpty()) return;
        var node = call.node().orElseThrow();
        if (wanted) {
            var wish = room.wish().orElseThrow();
            var tenant = call.tenant().id();
            out.effect(new IngressEffect.JoinRoom(call.id(), leg.id(), tenant, node, wish));
        } else {
            out.effect(new IngressEffect.LeaveRoom(call.id(), leg.id(), node));
        }
    }

    /** Lets two legs talk. What they were being played stops. */
    void join(Call call, LegPair pair, Emitted out) {
        for (var id : List.of(pair.one(), pair.other())) {
            var leg = call.leg(id).orElseThrow();
            playOf(leg).ifPresent(play -> stop(call, leg, play, out));
            parts(call, id, out);
        }
        call.join(pair);
        out.fact(call, new CallEvent.LegsJoined(pair));
        refresh(call, out);
        record(call, pair, out);
    }

    /** Has media record all talks that are to be; one that is recorded goes on as it is. */
    void record(Call call, Emitted out) {
        call.talks().pairs().forEach(pair -> record(call, pair, out));
    }

    private static void record(Call call, LegPair pair, Emitted out) {
        if (call.end().isPresent() || call.isMoving() || pair.record().isEmpty()) return;
        tellMedia(call, pair, pair.record(), out);
    }

    private static void tellMedia(
            Call call, LegPair pair, Optional<RecordingPlan> record, Emitted out) {
        var node = call.node().orElseThrow();
        out.effect(new IngressEffect.RecordTalk(call.id(), pair, node, record));
    }

    /** The talk of a leg is over, while its parties are there: so is the recording of it. */
    private static void parts(Call call, LegId leg, Emitted out) {
        if (call.isMoving()) return;
        call.talks().pairs().stream()
                .filter(pair -> pair.has(leg) && pair.record().isPresent())
                .forEach(pair -> tellMedia(call, pair, Optional.empty(), out));
    }

    /** Media records a talk, or does not, and the talk goes on. */
    void recorded(Call call, Leg agent, CallEvent.TalkRecording what, Emitted out) {
        if (!agent.isFinished()) out.fact(call, what);
    }

    /** What a leg is being played, music for who is held apart. */
    private static Optional<PlayId> playOf(Leg leg) {
        return leg.lastPlay()
                .or(() -> leg.sounding().map(Playing::play))
                .filter(play -> !leg.music().equals(Optional.of(play)));
    }

    void echo(Call call, Leg leg, Emitted out) {
        parts(call, leg.id(), out);
        call.echo(leg.id());
        // Nothing is told of it, but an heir has to know.
        out.keep(call);
        refresh(call, out);
    }

    /** A leg was held or resumed: tells everybody, and plays music or takes it away. */
    void holdChanged(Call call, Leg leg, boolean byUs, Emitted out) {
        out.fact(call, new CallEvent.LegHoldChanged(leg.id(), leg.isHeld()));
        out.tell(
                call,
                new Notice.LegHeld(leg.id(), byUs ? leg.heldByUs() : leg.heldByParty(), byUs));
        refresh(call, out);
    }

    void play(Call call, Leg leg, PlayId play, Program program, Emitted out) {
        var before = leg.sounding();
        leg.sounds(new Playing(play, program));
        if (call.isMoving()) {
            before.ifPresent(replaced -> stopped(call, leg, replaced.play(), out));
        } else {
            tellMedia(call, leg, leg.sounding().get(), out);
        }
    }

    private static void tellMedia(Call call, Leg leg, Playing playing, Emitted out) {
        var node = call.node().orElseThrow();
        out.effect(
                new IngressEffect.PlayPrompts(
                        call.id(), leg.id(), node, playing.play(), playing.program()));
    }

    /** Tells of the end of a play that media cannot tell of. */
    void stopped(Call call, Leg leg, PlayId play, Emitted out) {
        leg.hushed(play);
        if (!leg.played(play)) return;
        out.tell(call, new Notice.PlayEnded(leg.id(), play, Notice.Outcome.STOPPED));
    }

    void stop(Call call, Leg leg, PlayId play, Emitted out) {
        leg.hushed(play);
        if (call.isMoving()) {
            stopped(call, leg, play, out);
            return;
        }
        out.effect(
                new IngressEffect.StopPrompts(
                        call.id(), leg.id(), call.node().orElseThrow(), play));
    }

    /** Brings media to what is to be. */
    void refresh(Call call, Emitted out) {
        out.touch(call);
        if (call.end().isPresent() || call.isMoving()) return;
        var cells = call.wantedMatrix();
        if (!cells.equals(call.matrix())) {
            call.matrix(cells);
            out.effect(new IngressEffect.SetMatrix(call.id(), call.node().orElseThrow(), cells));
        }
        refreshRoom(call, out);
        for (var leg : call.legs()) {
            boolean wanted = wantsMusic(call, leg);
            if (wanted && leg.music().isEmpty()) {
                startMusic(call, leg, out);
            } else if (!wanted && leg.music().isPresent()) {
                if (leg.local().isPresent()) stop(call, leg, leg.music().get(), out);
                leg.music(Optional.empty());
            }
        }
    }

    /** The media node has nothing of the call any more: what it told and played is forgotten. */
    void forget(Call call, Emitted out) {
        call.matrix(List.of());
        call.rooming().lost();
        for (var leg : call.legs()) {
            if (leg.isEnded()) continue;
            leg.music().ifPresent(leg::hushed);
            leg.music(Optional.empty());
            leg.silentSince(Optional.empty());
            leg.overduePlays().forEach(play -> stopped(call, leg, play, out));
            leg.mediaGone();
        }
    }

    /** A new node has all legs: it is told who hears whom, and plays go on from their beginning. */
    void restore(Call call, Emitted out) {
        var plays = new LinkedHashMap<Leg, Playing>();
        for (var leg : call.legs()) {
            if (leg.local().isEmpty()) continue;
            leg.sounding().ifPresent(playing -> plays.put(leg, playing));
        }
        refresh(call, out);
        record(call, out);
        plays.forEach(
                (leg, playing) -> {
                    leg.sounds(playing);
                    tellMedia(call, leg, playing, out);
                });
        place(call, out);
    }

    private void startMusic(Call call, Leg leg, Emitted out) {
        var play = ids.play();
        leg.music(Optional.of(play));
        var music = new Prompt.Stored(musicPrompt, call.tenant().language(), "");
        play(call, leg, play, new Program(List.of(music), true, false), out);
    }

    /** Whom we hold hears music, and so does whose partner has put the talk on hold. */
    private static boolean wantsMusic(Call call, Leg leg) {
        if (!leg.isAnswered() || leg.local().isEmpty() || leg.heldByParty()) return false;
        return leg.heldByUs() || call.partners(leg.id()).stream().anyMatch(Leg::heldByParty);
    }
}
