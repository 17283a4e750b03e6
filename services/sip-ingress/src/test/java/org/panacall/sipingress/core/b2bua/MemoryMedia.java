// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.b2bua;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.panacall.sipingress.core.call.CallId;
import org.panacall.sipingress.core.call.MatrixCell;
import org.panacall.sipingress.core.call.Notice;
import org.panacall.sipingress.core.dialog.LegId;
import org.panacall.sipingress.core.leg.LegQuality;
import org.panacall.sipingress.core.leg.PlayId;
import org.panacall.sipingress.core.leg.Program;
import org.panacall.sipingress.core.sdp.AgreedAudio;
import org.panacall.sipingress.core.sdp.LocalAudio;

/** A media node in memory, as strict as the real one: what is open, configured, played, joined. */
final class MemoryMedia {

    static final String NODE = "media-1";
    private static final Duration DELAY = Duration.ofMillis(2);

    private final World world;
    private final LinkedHashMap<LegId, Optional<AgreedAudio>> legs = new LinkedHashMap<>();
    private final TreeMap<CallId, List<MatrixCell>> bridges = new TreeMap<>();
    private final LinkedHashMap<LegId, IngressEffect.PlayPrompts> plays = new LinkedHashMap<>();
    private final TreeMap<CallId, Instant> busyUntil = new TreeMap<>();
    private Refusing refusing = open -> false;
    private int port = 24_000;

    /** Which legs are not to be opened. */
    interface Refusing {
        boolean refuses(IngressEffect.OpenMedia open);
    }

    MemoryMedia(World world) {
        this.world = world;
    }

    void refuse(Refusing which) {
        refusing = which;
    }

    int openLegs() {
        return legs.size();
    }

    boolean isOpen(LegId leg) {
        return legs.containsKey(leg);
    }

    Optional<AgreedAudio> audio(LegId leg) {
        return legs.getOrDefault(leg, Optional.empty());
    }

    Optional<IngressEffect.PlayPrompts> playOn(LegId leg) {
        return Optional.ofNullable(plays.get(leg));
    }

    /** Whether one leg hears another, or itself. */
    boolean hears(CallId call, LegId listener, LegId speaker) {
        return bridges.getOrDefault(call, List.of()).contains(new MatrixCell(listener, speaker));
    }

    /** Takes requests as the adapter does: those of a call one after another. */
    void request(IngressEffect.ForMedia request) {
        var due = world.now().plus(DELAY);
        var before = busyUntil.getOrDefault(request.call(), due);
        var at = before.isAfter(due) ? before : due;
        busyUntil.put(request.call(), at);
        int asker = world.generation();
        world.agenda().at(at, () -> carryOut(request, asker));
    }

    /** Who asked may be dead by now: what he asked for is done, and nobody hears the answer. */
    private void answer(int asker, IngressCommand answer) {
        if (asker == world.generation()) world.send(answer);
    }

    private void carryOut(IngressEffect.ForMedia request, int asker) {
        switch (request) {
            case IngressEffect.OpenMedia open -> open(open, asker);
            case IngressEffect.ConfigureMedia(var call, var leg, var node, var audio) -> {
                if (legs.containsKey(leg)) legs.put(leg, Optional.of(audio));
            }
            case IngressEffect.CloseMedia(var call, var leg, var node) -> {
                boolean known = legs.remove(leg) != null;
                plays.remove(leg);
                var quality = known ? new LegQuality(100, 0, 1, 4.4) : LegQuality.UNKNOWN;
                answer(asker, new IngressCommand.MediaClosed(leg, quality));
            }
            case IngressEffect.SetMatrix(var call, var node, var cells) -> bridges.put(call, cells);
            case IngressEffect.PlayPrompts play -> play(play);
            case IngressEffect.StopPrompts(var call, var leg, var node, var play) -> {
                var playing = plays.get(leg);
                if (playing != null && playing.play().equals(play)) {
                    end(playing, Notice.Outcome.STOPPED);
                }
            }
            case IngressEffect.PlayKeys keys -> {}
        }
    }

    private void open(IngressEffect.OpenMedia open, int asker) {
        if (refusing.refuses(open)) {
            answer(asker, new IngressCommand.MediaRefused(open.leg()));
            return;
        }
        legs.put(open.leg(), open.audio());
        port = port >= 24_996 ? 24_000 : port + 2;
        var local = new LocalAudio("127.0.0.1", port, port + 1);
        answer(asker, new IngressCommand.MediaOpened(open.leg(), NODE, local));
    }

    private void play(IngressEffect.PlayPrompts play) {
        if (!legs.containsKey(play.leg())) {
            tell(play.leg(), play.play(), Notice.Outcome.FAILED);
            return;
        }
        var before = plays.get(play.leg());
        if (before != null) end(before, Notice.Outcome.STOPPED);
        plays.put(play.leg(), play);
        if (!play.program().repeat()) {
            world.agenda().in(length(play.program()), () -> finish(play));
        }
    }

    private static Duration length(Program program) {
        return Duration.ofSeconds(2L * program.prompts().size());
    }

    private void finish(IngressEffect.PlayPrompts play) {
        if (play.equals(plays.get(play.leg()))) end(play, Notice.Outcome.COMPLETED);
    }

    private void end(IngressEffect.PlayPrompts play, Notice.Outcome outcome) {
        plays.remove(play.leg());
        tell(play.leg(), play.play(), outcome);
    }

    private void tell(LegId leg, PlayId play, Notice.Outcome outcome) {
        world.send(new IngressCommand.PlayFinished(leg, play, outcome));
    }

    /** The node was restarted: nothing is left. */
    void restart() {
        legs.clear();
        plays.clear();
        bridges.clear();
        world.send(new IngressCommand.MediaLost(NODE));
    }
}
