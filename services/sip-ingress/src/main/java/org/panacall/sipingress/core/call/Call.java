// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.call;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.panacall.sipingress.core.adoption.StoredCall;
import org.panacall.sipingress.core.anchor.Anchoring;
import org.panacall.sipingress.core.anchor.Moves;
import org.panacall.sipingress.core.dialog.LegId;
import org.panacall.sipingress.core.leg.Direction;
import org.panacall.sipingress.core.leg.EndReason;
import org.panacall.sipingress.core.leg.Leg;
import org.panacall.sipingress.core.leg.LegState;
import org.panacall.sipingress.core.plan.Destination;
import org.panacall.sipingress.core.plan.TenantPlan;
import org.panacall.sipingress.core.room.Rooming;

/** A call of one thread: legs, who talks with whom, who decides. The rules are in b2bua. */
public final class Call {

    /** Legs of one call, ended ones included. */
    public static final int LEGS_MAX = 64;

    private final CallId id;
    private final TenantPlan tenant;
    private final Facts facts;
    private final Instant startedAt;
    private final LinkedHashMap<LegId, Leg> legs = new LinkedHashMap<>();
    private final LinkedHashSet<LegPair> pairs = new LinkedHashSet<>();
    private final LinkedHashSet<LegId> parting = new LinkedHashSet<>();
    private final LinkedHashSet<LegId> echoes = new LinkedHashSet<>();
    private final EffectMemory<Optional<Refusal>> memory = new EffectMemory<>();
    private Optional<Destination> destination = Optional.empty();
    private Optional<String> node = Optional.empty();
    private Optional<Instant> answeredAt = Optional.empty();
    private Control control = new Control.Nobody();
    private Optional<Controller> former = Optional.empty();
    private Optional<Instant> waitsSince = Optional.empty();
    private List<MatrixCell> matrix = List.of();
    private Optional<Anchoring> anchoring = Optional.empty();
    private final Moves moves = new Moves();
    private Optional<End> end = Optional.empty();
    private Optional<Instant> endDue = Optional.empty();
    private Optional<Instant> dueAt = Optional.empty();
    private boolean finished;
    private long lastEvent;
    private final Control.Requests requests = new Control.Requests();
    private final Rooming rooming = new Rooming();
    private List<String> formerHolders = List.of();

    /**
     * What does not change about a call.
     *
     * @param from E.164 with +, an extension, or empty text when withheld
     * @param carrier it came by; empty text when it came by none
     * @param fallbackQueue where it goes when its own way is barred
     */
    public record Facts(
            Direction direction,
            String from,
            String to,
            String carrier,
            String origin,
            Optional<String> fallbackQueue,
            String traceparent) {

        /** A phone of the tenant began it. */
        public boolean isOwn() {
            return direction == Direction.INBOUND && carrier.isEmpty();
        }
    }

    /** The end of a call: why, and when it came for its parties. */
    public record End(EndReason reason, Instant at) {}

    public Call(CallId id, TenantPlan tenant, Facts facts, Instant startedAt) {
        this.id = id;
        this.tenant = tenant;
        this.facts = facts;
        this.startedAt = startedAt;
    }

    /** A call that another process held. */
    public static Call adopted(StoredCall stored, TenantPlan tenant, Instant mediaBy) {
        var call = new Call(stored.id(), tenant, stored.facts(), stored.startedAt());
        stored.legs().forEach(leg -> call.add(Leg.adopted(leg, mediaBy)));
        call.pairs.addAll(stored.talks().pairs());
        call.echoes.addAll(stored.talks().echoes());
        call.matrix = stored.talks().matrix();
        stored.talks().room().ifPresent(call.rooming::adopted);
        call.node = stored.node();
        call.answeredAt = stored.answeredAt();
        call.control = stored.control();
        call.end = stored.end();
        call.lastEvent = stored.sequence();
        var holders = new LinkedHashSet<>(stored.holding().former());
        holders.add(stored.holding().holder());
        call.formerHolders = List.copyOf(holders);
        return call;
    }

    /** Who hears whom, as it stands. */
    public StoredCall.Talks talks() {
        var room = rooming.wish();
        return new StoredCall.Talks(List.copyOf(pairs), List.copyOf(echoes), matrix, room);
    }

    /** Processes that held the call before us; parties may still name them. */
    public List<String> formerHolders() {
        return formerHolders;
    }

    public CallId id() {
        return id;
    }

    public TenantPlan tenant() {
        return tenant;
    }

    public Facts facts() {
        return facts;
    }

    public Instant startedAt() {
        return startedAt;
    }

    public Optional<Instant> answeredAt() {
        return answeredAt;
    }

    public void answered(Instant now) {
        if (answeredAt.isEmpty()) answeredAt = Optional.of(now);
    }

    public Optional<Leg> leg(LegId leg) {
        return Optional.ofNullable(legs.get(leg));
    }

    public Collection<Leg> legs() {
        return Collections.unmodifiableCollection(legs.values());
    }

    /** The leg with which the call began: its end is the call's. */
    public Leg primary() {
        return legs.firstEntry().getValue();
    }

    public void add(Leg leg) {
        legs.put(leg.id(), leg);
    }

    /** What the dial plan says about a call that came in. */
    public Optional<Destination> destination() {
        return destination;
    }

    public void destination(Destination planned) {
        destination = Optional.of(planned);
    }

    /** Media node of all legs; empty until the first one is open. */
    public Optional<String> node() {
        return node;
    }

    public void node(String name) {
        node = Optional.of(name);
    }

    /** Its way to new media addresses, while it is on it. */
    public Optional<Anchoring> anchoring() {
        return anchoring;
    }

    public void anchoring(Optional<Anchoring> way) {
        anchoring = way;
    }

    /** Its legs, or some of them, have no media node at present. */
    public boolean isMoving() {
        return anchoring.filter(Anchoring::isMoving).isPresent();
    }

    public Moves moves() {
        return moves;
    }

    public Control control() {
        return control;
    }

    public void control(Control next) {
        control = next;
    }

    /** The service that decides, when it is one. */
    public Optional<Controller> controller() {
        return control instanceof Control.Theirs theirs
                ? Optional.of(theirs.controller())
                : Optional.empty();
    }

    /** Who decided before us and is asked to go on: until he is told otherwise he hears of it. */
    public Optional<Controller> former() {
        return former;
    }

    public void former(Optional<Controller> asked) {
        former = asked;
    }

    /** Since when the caller waits for an agent; empty when he does not. */
    public Optional<Instant> waitsSince() {
        return waitsSince;
    }

    public void waitsSince(Optional<Instant> since) {
        waitsSince = since;
    }

    /** What was answered to the orders on this call. */
    public EffectMemory<Optional<Refusal>> memory() {
        return memory;
    }

    /** What services were asked to take the call. */
    public Control.Requests requests() {
        return requests;
    }

    /** The room that its first leg is to be in. */
    public Rooming rooming() {
        return rooming;
    }

    public long nextEvent() {
        return ++lastEvent;
    }

    /** Lets two legs talk; each leaves the talk it was in. */
    public void join(LegPair pair) {
        part(pair.one());
        part(pair.other());
        echoes.remove(pair.one());
        echoes.remove(pair.other());
        pairs.add(pair);
    }

    public void echo(LegId leg) {
        part(leg);
        echoes.add(leg);
    }

    /** Takes a leg out of all talk; tells whether it was in one. */
    public boolean part(LegId leg) {
        echoes.remove(leg);
        return pairs.removeIf(pair -> pair.has(leg));
    }

    public boolean isJoined(LegId leg) {
        return pairs.stream().anyMatch(pair -> pair.has(leg));
    }

    /** The legs that this one talks with. */
    public List<Leg> partners(LegId leg) {
        return pairs.stream()
                .filter(pair -> pair.has(leg))
                .map(pair -> legs.get(pair.one().equals(leg) ? pair.other() : pair.one()))
                .toList();
    }

    public boolean hasTalk() {
        return !pairs.isEmpty();
    }

    /** Who is to hear whom now. */
    public List<MatrixCell> wantedMatrix() {
        var cells = new ArrayList<MatrixCell>();
        for (var pair : pairs) {
            var one = legs.get(pair.one());
            var other = legs.get(pair.other());
            if (one.isHeld() || other.isHeld()) continue;
            cells.add(new MatrixCell(one.id(), other.id()));
            cells.add(new MatrixCell(other.id(), one.id()));
        }
        for (var echo : echoes) {
            if (!legs.get(echo).isHeld()) cells.add(new MatrixCell(echo, echo));
        }
        return cells;
    }

    /** What media was told last about who hears whom. */
    public List<MatrixCell> matrix() {
        return matrix;
    }

    public void matrix(List<MatrixCell> told) {
        matrix = List.copyOf(told);
    }

    /** Why the call is ending or over. */
    public Optional<EndReason> end() {
        return end.map(End::reason);
    }

    /** Why and since when. */
    public Optional<End> ending() {
        return end;
    }

    /** The first reason stays. */
    public void ends(EndReason reason, Instant at) {
        if (end.isEmpty()) end = Optional.of(new End(reason, at));
    }

    /** Until when the controller may be left without word of the end; empty once it is told. */
    public Optional<Instant> endDue() {
        return endDue;
    }

    public void endDue(Instant tellBy) {
        endDue = Optional.of(tellBy);
    }

    public void endTold() {
        endDue = Optional.empty();
    }

    /** We said BYE to a leg: its party has yet to answer, so that its phone may be busy still. */
    public void parting(LegId leg) {
        parting.add(leg);
    }

    public void parted(LegId leg) {
        parting.remove(leg);
    }

    public boolean isParting(LegId leg) {
        return parting.contains(leg);
    }

    public boolean isParting() {
        return !parting.isEmpty();
    }

    /** No party is left. */
    public boolean isOver() {
        return legs.values().stream().allMatch(Leg::isEnded);
    }

    /** Tells once that all about the call has been recorded. */
    public boolean finish() {
        boolean first = !finished;
        finished = true;
        return first;
    }

    /** Nothing is left to be recorded of its legs. */
    public boolean isFinished() {
        return legs.values().stream().allMatch(Leg::isFinished);
    }

    /** A caller waits for our answer to his INVITE. */
    boolean isSetUp() {
        var state = primary().state();
        return state instanceof LegState.Offered
                || state instanceof LegState.Opening && primary().plan().isEmpty();
    }

    /** Something of the call waits for us, or for a service that we asked; no party is needed. */
    public boolean waitsForUs() {
        if (end.isPresent()) return false;
        boolean opening =
                legs.values().stream().anyMatch(leg -> leg.state() instanceof LegState.Opening);
        boolean unanswered =
                legs.size() == 1
                        && primary().state() instanceof LegState.Offered
                        && !(control instanceof Control.Ours);
        return opening || unanswered || control instanceof Control.Asked;
    }

    /** The moment for which the table has put the call on its agenda. */
    Optional<Instant> dueAt() {
        return dueAt;
    }

    void dueAt(Optional<Instant> due) {
        dueAt = due;
    }
}
