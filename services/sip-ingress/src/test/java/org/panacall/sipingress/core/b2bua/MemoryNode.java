// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.b2bua;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.panacall.sipingress.core.call.Call;
import org.panacall.sipingress.core.call.CallEvent.TalkRecording;
import org.panacall.sipingress.core.call.CallEvent.TalkRecording.Outcome;
import org.panacall.sipingress.core.call.CallId;
import org.panacall.sipingress.core.call.LegPair;
import org.panacall.sipingress.core.call.MatrixCell;
import org.panacall.sipingress.core.call.Notice;
import org.panacall.sipingress.core.command.IngressCommand;
import org.panacall.sipingress.core.command.IngressEffect;
import org.panacall.sipingress.core.dialog.LegId;
import org.panacall.sipingress.core.leg.Leg;
import org.panacall.sipingress.core.leg.PlayId;
import org.panacall.sipingress.core.leg.Playing;
import org.panacall.sipingress.core.leg.Program;
import org.panacall.sipingress.core.sdp.AgreedAudio;
import org.panacall.sipingress.core.sdp.LocalAudio;

/** One media node: what is open, configured, played, joined; or dead, and refusing connections. */
final class MemoryNode {

    private static final int PORTS = 1_000;

    private final World world;
    private final String name;
    private final int firstPort;
    private final LinkedHashMap<LegId, Optional<AgreedAudio>> legs = new LinkedHashMap<>();
    private final LinkedHashMap<LegId, Integer> ports = new LinkedHashMap<>();
    private final TreeMap<CallId, List<MatrixCell>> bridges = new TreeMap<>();
    private final LinkedHashMap<LegId, IngressEffect.PlayPrompts> plays = new LinkedHashMap<>();
    private final LinkedHashMap<LegId, String> rooms = new LinkedHashMap<>();
    private final LinkedHashMap<LegPair, String> talks = new LinkedHashMap<>();
    private boolean alive = true;
    private int opened;

    MemoryNode(World world, String name, int firstPort) {
        this.world = world;
        this.name = name;
        this.firstPort = firstPort;
    }

    String name() {
        return name;
    }

    boolean isAlive() {
        return alive;
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

    List<MatrixCell> matrix(CallId call) {
        return bridges.getOrDefault(call, List.of());
    }

    Optional<String> roomOf(LegId leg) {
        return Optional.ofNullable(rooms.get(leg));
    }

    void join(IngressEffect.JoinRoom join, int asker) {
        if (fails(join.leg(), asker)) return;
        var room = join.room().name();
        boolean full =
                join.room().most() > 0
                        && !rooms.containsKey(join.leg())
                        && rooms.values().stream().filter(room::equals).count()
                                >= join.room().most();
        if (!full) rooms.put(join.leg(), room);
        var outcome = full ? Notice.RoomOutcome.FULL : Notice.RoomOutcome.JOINED;
        world.media().answer(asker, new IngressCommand.RoomAnswered(join.leg(), room, outcome));
    }

    void leave(IngressEffect.LeaveRoom leave) {
        rooms.remove(leave.leg());
    }

    /** The recordings that are being made of talks of a leg. */
    List<String> recordings(LegId leg) {
        return talks.entrySet().stream()
                .filter(talk -> talk.getKey().has(leg))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** Who is recorded is so once, however often that is said. */
    void record(IngressEffect.RecordTalk talk, int asker) {
        var legs = talk.legs();
        if (talk.plan().isEmpty()) {
            talks.remove(legs);
            return;
        }
        if (fails(legs.one(), asker) || fails(legs.other(), asker)) return;
        boolean room = !world.media().isFull();
        if (room) talks.computeIfAbsent(legs, fresh -> "recording-" + name + "-" + ++opened);
        var what =
                room
                        ? new TalkRecording(legs.other(), Outcome.RECORDED, talks.get(legs))
                        : TalkRecording.not(legs.other(), Outcome.NO_ROOM);
        world.media().answer(asker, new IngressCommand.TalkAnswered(what));
    }

    /** All talks that are to be recorded are, and no others. */
    private boolean recordsAsBelieved(Call call) {
        var wanted =
                call.talks().pairs().stream().filter(pair -> pair.record().isPresent()).toList();
        var legs = call.legs().stream().map(Leg::id).toList();
        return talks.keySet().stream()
                .filter(pair -> legs.contains(pair.one()))
                .toList()
                .equals(wanted);
    }

    private boolean hasRoomAsBelieved(Call call) {
        boolean told = call.rooming().isTold();
        return told == rooms.containsKey(call.primary().id()) || !call.formerHolders().isEmpty();
    }

    boolean isAsBelieved(Call call) {
        if (!hasRoomAsBelieved(call) || !recordsAsBelieved(call)) return false;
        if (!alive || !matrix(call.id()).equals(call.wantedMatrix())) return false;
        // What sounds is stored along with the next event, so an heir may know an older play.
        boolean heir = !call.formerHolders().isEmpty();
        return call.legs().stream()
                .filter(leg -> !leg.isEnded())
                .allMatch(leg -> hasAsBelieved(leg) && (heir || playsAsBelieved(leg)));
    }

    private boolean hasAsBelieved(Leg leg) {
        var port = Optional.ofNullable(ports.get(leg.id()));
        return isOpen(leg.id())
                && audio(leg.id()).equals(leg.audio())
                && leg.local().map(LocalAudio::rtpPort).equals(port);
    }

    private boolean playsAsBelieved(Leg leg) {
        var believed = leg.sounding().map(Playing::play);
        return leg.overduePlays().isEmpty()
                && believed.equals(playOn(leg.id()).map(IngressEffect.PlayPrompts::play));
    }

    void open(IngressEffect.OpenMedia open, int asker) {
        if (!legs.containsKey(open.leg())) {
            ports.put(open.leg(), firstPort + 2 * (opened++ % (PORTS / 2)));
        }
        if (open.audio().isPresent() || !legs.containsKey(open.leg())) {
            legs.put(open.leg(), open.audio());
        }
        int port = ports.get(open.leg());
        var local = new LocalAudio("127.0.0.1", port, port + 1);
        world.media().answer(asker, new IngressCommand.MediaOpened(open.leg(), name, local));
    }

    void configure(IngressEffect.ConfigureMedia configure, int asker) {
        if (fails(configure.leg(), asker)) return;
        legs.put(configure.leg(), Optional.of(configure.audio()));
    }

    /** Whether the leg is not here, which its owner is told. */
    private boolean fails(LegId leg, int asker) {
        if (legs.containsKey(leg)) return false;
        world.media().answer(asker, new IngressCommand.MediaFailed(leg));
        return true;
    }

    /** Tells whether it was here. */
    boolean close(IngressEffect.CloseMedia close) {
        boolean known = legs.remove(close.leg()) != null;
        plays.remove(close.leg());
        rooms.remove(close.leg());
        talks.keySet().removeIf(pair -> pair.has(close.leg()));
        bridges.computeIfPresent(
                close.call(),
                (call, cells) ->
                        cells.stream()
                                .filter(cell -> !cell.listener().equals(close.leg()))
                                .filter(cell -> !cell.speaker().equals(close.leg()))
                                .toList());
        return known;
    }

    void set(IngressEffect.SetMatrix matrix, int asker) {
        for (var cell : matrix.cells()) if (fails(cell.listener(), asker)) return;
        if (alive) bridges.put(matrix.call(), matrix.cells());
    }

    void play(IngressEffect.PlayPrompts play, int asker) {
        if (fails(play.leg(), asker)) return;
        var before = plays.get(play.leg());
        if (before != null && before.play().equals(play.play())) return;
        if (before != null) end(before, Notice.Outcome.STOPPED);
        plays.put(play.leg(), play);
        if (!play.program().repeat()) {
            world.agenda().in(length(play.program()), () -> finish(play));
        }
    }

    void stop(IngressEffect.StopPrompts stop) {
        var playing = plays.get(stop.leg());
        if (playing != null && playing.play().equals(stop.play())) {
            end(playing, Notice.Outcome.STOPPED);
        }
    }

    private static Duration length(Program program) {
        return Duration.ofSeconds(2L * program.prompts().size());
    }

    private void finish(IngressEffect.PlayPrompts play) {
        if (play == plays.get(play.leg())) end(play, Notice.Outcome.COMPLETED);
    }

    private void end(IngressEffect.PlayPrompts play, Notice.Outcome outcome) {
        plays.remove(play.leg());
        tell(play.leg(), play.play(), outcome);
    }

    private void tell(LegId leg, PlayId play, Notice.Outcome outcome) {
        world.send(new IngressCommand.PlayFinished(leg, play, outcome));
    }

    void forget() {
        legs.clear();
        ports.clear();
        plays.clear();
        rooms.clear();
        talks.clear();
        bridges.clear();
    }

    void die() {
        forget();
        alive = false;
    }

    void live() {
        alive = true;
    }
}
