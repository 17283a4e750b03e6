// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.b2bua;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.panacall.sipingress.core.call.Call;
import org.panacall.sipingress.core.call.CallId;
import org.panacall.sipingress.core.call.MatrixCell;
import org.panacall.sipingress.core.command.IngressCommand;
import org.panacall.sipingress.core.command.IngressEffect;
import org.panacall.sipingress.core.dialog.LegId;
import org.panacall.sipingress.core.leg.LegQuality;
import org.panacall.sipingress.core.sdp.AgreedAudio;

/** Media nodes in memory, as strict as the real ones, and what carries requests to them. */
public final class MemoryMedia {

    private static final Duration DELAY = Duration.ofMillis(2);
    private static final Duration NOTICED = Duration.ofMillis(700);

    private final World world;
    private final TreeMap<String, MemoryNode> nodes = new TreeMap<>();
    private final TreeMap<CallId, Instant> busyUntil = new TreeMap<>();
    private final TreeMap<String, String> rooms = new TreeMap<>();
    private final TreeSet<String> missed = new TreeSet<>();
    private Refusing refusing = open -> false;
    private Refusing late = open -> false;
    private boolean full;

    /** Which legs are not to be opened, or too late. */
    interface Refusing {
        boolean refuses(IngressEffect.OpenMedia open);
    }

    MemoryMedia(World world) {
        this.world = world;
        add("media-1");
    }

    /** Says where a room is: where it was, while that node lives. */
    void place(IngressEffect.PlaceRoom asked) {
        int asker = world.generation();
        world.agenda()
                .in(
                        DELAY,
                        () -> {
                            var node = placeOf(asked.tenant().value() + "/" + asked.room());
                            var placed =
                                    new IngressCommand.RoomPlaced(asked.call(), asked.room(), node);
                            answer(asker, placed);
                        });
    }

    private String placeOf(String room) {
        var before = rooms.get(room);
        boolean stands = before != null && nodes.get(before).isAlive();
        var first = alive().isEmpty() ? nodes.firstKey() : alive().getFirst();
        rooms.put(room, stands ? before : first);
        return rooms.get(room);
    }

    /** The room that a leg is in. */
    public Optional<String> roomOf(LegId leg) {
        return living().flatMap(node -> node.roomOf(leg).stream()).findFirst();
    }

    /** One more node. */
    public void add(String name) {
        nodes.put(name, new MemoryNode(world, name, 24_000 + 1_000 * nodes.size()));
    }

    /** There is no room for recordings from now on. */
    public void beFull() {
        full = true;
    }

    boolean isFull() {
        return full;
    }

    /** The recordings that are being made of talks of a leg. */
    public List<String> recordings(LegId leg) {
        return living().flatMap(node -> node.recordings(leg).stream()).toList();
    }

    void refuse(Refusing which) {
        refusing = which;
    }

    /** Which legs, and what is asked for after them, wait until they are given up. */
    void beLate(Refusing which) {
        late = which;
    }

    int openLegs() {
        return living().mapToInt(MemoryNode::openLegs).sum();
    }

    boolean isOpen(LegId leg) {
        return living().anyMatch(node -> node.isOpen(leg));
    }

    Optional<AgreedAudio> audio(LegId leg) {
        return living().flatMap(node -> node.audio(leg).stream()).findFirst();
    }

    public Optional<IngressEffect.PlayPrompts> playOn(LegId leg) {
        return living().flatMap(node -> node.playOn(leg).stream()).findFirst();
    }

    /** Whether one leg hears another, or itself. */
    public boolean hears(CallId call, LegId listener, LegId speaker) {
        var cell = new MatrixCell(listener, speaker);
        return living().anyMatch(node -> node.matrix(call).contains(cell));
    }

    private Stream<MemoryNode> living() {
        return nodes.values().stream().filter(MemoryNode::isAlive);
    }

    /** Whether a call's node has all that the call believes it has. */
    boolean isAsBelieved(Call call) {
        var node = call.node().map(nodes::get);
        return node.isEmpty() || node.get().isAsBelieved(call);
    }

    /** Takes requests as the adapter does: those of a call one after another. */
    void request(IngressEffect.ForMedia request) {
        var due = world.now().plus(DELAY);
        var before = busyUntil.getOrDefault(request.call(), due);
        var at = before.isAfter(due) ? before : due;
        if (request instanceof IngressEffect.OpenMedia open && late.refuses(open)) {
            at = at.plus(World.settings().mediaTimeout());
        }
        var then = at;
        busyUntil.put(request.call(), then);
        int asker = world.generation();
        world.agenda().at(then, () -> carryOut(request, asker));
    }

    /** Who asked may be dead by now: what he asked for is done, and nobody hears the answer. */
    void answer(int asker, IngressCommand answer) {
        if (asker == world.generation()) world.send(answer);
    }

    private void carryOut(IngressEffect.ForMedia request, int asker) {
        switch (request) {
            case IngressEffect.OpenMedia open -> open(open, asker);
            case IngressEffect.ConfigureMedia configure ->
                    nodes.get(configure.node()).configure(configure, asker);
            case IngressEffect.CloseMedia close -> close(close, asker);
            case IngressEffect.SetMatrix matrix -> nodes.get(matrix.node()).set(matrix, asker);
            case IngressEffect.PlayPrompts play -> nodes.get(play.node()).play(play, asker);
            case IngressEffect.StopPrompts stop -> nodes.get(stop.node()).stop(stop);
            case IngressEffect.PlayKeys keys -> {}
            case IngressEffect.JoinRoom join -> nodes.get(join.node()).join(join, asker);
            case IngressEffect.LeaveRoom leave -> nodes.get(leave.node()).leave(leave);
            case IngressEffect.RecordTalk talk -> nodes.get(talk.node()).record(talk, asker);
        }
    }

    /** Without a node's name it is closed wherever it is. */
    private void close(IngressEffect.CloseMedia close, int asker) {
        var quality = LegQuality.UNKNOWN;
        for (var node : nodes.values()) {
            boolean meant = close.node().isEmpty() || close.node().equals(node.name());
            if (meant && node.close(close)) quality = new LegQuality(100, 0, 1, 4.4);
        }
        answer(asker, new IngressCommand.MediaClosed(close.leg(), quality));
    }

    private void open(IngressEffect.OpenMedia open, int asker) {
        var node =
                living().filter(one -> open.node().filter(n -> !n.equals(one.name())).isEmpty())
                        .min(Comparator.comparing(MemoryNode::openLegs));
        boolean away = open.node().map(nodes::get).filter(named -> !named.isAlive()).isPresent();
        if (away) {
            answer(asker, new IngressCommand.MediaAway(open.leg()));
        } else if (node.isEmpty() || refusing.refuses(open)) {
            answer(asker, new IngressCommand.MediaRefused(open.leg()));
        } else {
            node.get().open(open, asker);
        }
    }

    /** The first node was restarted: nothing is left. */
    void restart() {
        restart("media-1");
    }

    /** A node was restarted at once, which is noticed at once. */
    void restart(String name) {
        nodes.get(name).forget();
        world.send(new IngressCommand.MediaLost(name));
    }

    /** A node dies, which is noticed soon. */
    public void kill(String name) {
        nodes.get(name).die();
        miss(nodes.get(name));
    }

    /** An heir misses the dead nodes, though they died before he had any call there. */
    void missed() {
        nodes.values().stream().filter(node -> !node.isAlive()).forEach(this::miss);
    }

    private void miss(MemoryNode node) {
        missed.add(node.name());
        world.agenda().in(NOTICED, () -> notice(node.name()));
    }

    /** Once a death: at the latest when it is back, with another stream of notices. */
    private void notice(String name) {
        if (missed.remove(name)) world.send(new IngressCommand.MediaLost(name));
    }

    /** A dead node is there again, with nothing. */
    void revive(String name) {
        nodes.get(name).live();
        notice(name);
    }

    boolean knows(String name) {
        return nodes.containsKey(name);
    }

    List<String> alive() {
        return living().map(MemoryNode::name).toList();
    }
}
