// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.b2bua;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.panacall.sipingress.core.call.Call;
import org.panacall.sipingress.core.call.CallIds;
import org.panacall.sipingress.core.call.CallSettings;
import org.panacall.sipingress.core.call.CallTable;
import org.panacall.sipingress.core.call.Control;
import org.panacall.sipingress.core.command.IngressEffect;
import org.panacall.sipingress.core.fallback.Line;
import org.panacall.sipingress.core.fallback.Lines;
import org.panacall.sipingress.core.fallback.RingGroup;
import org.panacall.sipingress.core.leg.Leg;
import org.panacall.sipingress.core.leg.LegPlan;
import org.panacall.sipingress.core.leg.LegRole;
import org.panacall.sipingress.core.leg.LegState;
import org.panacall.sipingress.core.plan.Destination;
import org.panacall.sipingress.core.plan.Destination.HandOver;
import org.panacall.sipingress.core.plan.Staff;
import org.panacall.sipingress.core.plan.TenantId;

/**
 * What becomes of callers who are kept while acd is away: it is asked for them again, and agents'
 * phones ring for them meanwhile. A caller has one phone ringing at a time, and a phone one caller.
 */
final class Keeping {

    /** Each phone that is rung in vain leaves a leg behind; some are left for acd to add. */
    private static final int LEGS_MAX = Call.LEGS_MAX * 3 / 4;

    private final CallSettings settings;
    private final CallTable table;
    private final CallIds ids;
    private final Routing routing;
    private final Originations originations;
    private final Lines lines;
    private final RingGroup group;

    Keeping(
            CallSettings settings,
            CallTable table,
            CallIds ids,
            Routing routing,
            Originations originations) {
        this.settings = settings;
        this.table = table;
        this.ids = ids;
        this.routing = routing;
        this.originations = originations;
        lines = routing.lines();
        group = new RingGroup(settings.keeping().ringPause());
    }

    /** acd is there, but does not want a call. */
    void refused(Call call, long request, Emitted out) {
        line(call).ifPresent(line -> line.answered(call.id(), out.now()));
        routing.refused(call, request, out);
    }

    /** acd, or ivr, does not answer. */
    void away(Call call, long request, Emitted out) {
        line(call).ifPresent(line -> line.inVain(call.id(), nextAsk(out)));
        routing.away(call, request, out);
    }

    private Optional<Line> line(Call call) {
        return lines.of(call.tenant().id()).filter(line -> line.has(call.id()));
    }

    /** Not all sip-ingresses ask at the same moment. */
    private Instant nextAsk(Emitted out) {
        var pace = settings.keeping().askPace();
        int jitter = (int) Math.max(1, pace.toMillis() / 4);
        return out.now().plus(pace).plusMillis(ids.below(jitter));
    }

    /** Does what it is time for; tells whether anything came of it that others have to look at. */
    boolean go(Emitted out) {
        boolean any = false;
        for (var call : List.copyOf(out.touched())) any |= look(call, out);
        if (lines.isEmpty()) return any;
        for (var tenant : lines.tenants()) {
            var line = lines.of(tenant).orElseThrow();
            ask(line, out);
            if (line.looksForPhones(out.now())) any |= ring(tenant, line, out);
        }
        lines.tidy();
        return any;
    }

    /** Something happened to a call: a phone may be free, a caller to be kept, or not any more. */
    private boolean look(Call call, Emitted out) {
        if (call.end().isPresent()) {
            // Its phones are free.
            lines.of(call.tenant().id()).ifPresent(line -> line.lookForPhones(out.now()));
        }
        var line = line(call);
        if (call.end().isEmpty() && call.control() instanceof Control.Kept kept) {
            return line.isEmpty() ? join(call, out) : hushed(call, line.get(), kept.target(), out);
        }
        line.ifPresent(left -> leave(call, left, out));
        return false;
    }

    /** A caller is kept from now on: with music, until acd is there again or an agent answers. */
    private boolean join(Call call, Emitted out) {
        if (lines.callers() >= settings.keeping().most()) {
            out.count(IngressEffect.Counted.KEPT_TOO_MANY);
            routing.giveUp(call, out);
            return true;
        }
        out.count(IngressEffect.Counted.KEPT_WITHOUT_ACD);
        var now = out.now();
        // acd has had its time, unless it was lost and is asked for the first time now.
        var start =
                call.former().isPresent()
                        ? new Line.Start(now, now.plus(settings.queuePatience()))
                        : new Line.Start(nextAsk(out), now);
        var since = call.waitsSince().orElse(now);
        lines.join(call.tenant().id(), call.id(), since, start, now);
        routing.answer(call, call.primary(), out);
        // Who hears something already goes on hearing it.
        routing.entertain(call, out);
        return true;
    }

    /** The phone that rang for a caller may have said no. */
    private boolean hushed(Call call, Line line, HandOver target, Emitted out) {
        var phone = line.ringing(call.id()).filter(ringing -> legOf(call, ringing).isEnded());
        if (phone.isEmpty()) return false;
        over(call, phone.get(), out);
        line.hushed(call.id());
        line.lookForPhones(out.now());
        if (target instanceof Destination.Rung rung && members(call, line, target).isEmpty()) {
            passOn(call, rung, outcome(legOf(call, phone.get())), out);
        }
        return true;
    }

    /** A caller is with somebody, or gone. */
    private void leave(Call call, Line line, Emitted out) {
        line.ringing(call.id()).ifPresent(phone -> over(call, phone, out));
        if (call.control() instanceof Control.Theirs) line.answered(call.id(), out.now());
        line.leave(call.id());
    }

    private static String outcome(Leg phone) {
        var end = phone.state() instanceof LegState.Ended how ? how.reason().reason() : "";
        return switch (end) {
            case "no-answer" -> "no-answer";
            case "busy", "rejected" -> "busy";
            default -> "unavailable";
        };
    }

    /**
     * A person was not to be had: his caller's flow is next, if it wants that, else the queue
     * behind him, else the number's.
     */
    private void passOn(Call call, Destination.Rung person, String outcome, Emitted out) {
        if (routing.back(call, outcome, out)) return;
        var next =
                Optional.of(person.fallbackQueue())
                        .filter(queue -> !queue.isEmpty())
                        .or(call.facts()::fallbackQueue);
        // An answer that is about the person is none for the queue.
        call.requests().next();
        if (next.isPresent()) {
            routing.keep(call, new Destination.Queue(next.get()), out);
        } else {
            routing.giveUp(call, out);
        }
    }

    /** A phone rings no longer: it was answered, or shall have a rest. */
    private void over(Call call, Line.Ringing phone, Emitted out) {
        var tenant = call.tenant().id();
        if (legOf(call, phone).wasAnswered()) {
            group.answered(tenant, phone.extension());
        } else {
            group.missed(tenant, phone.extension(), out.now());
        }
    }

    private static Leg legOf(Call call, Line.Ringing phone) {
        return call.leg(phone.leg()).orElseThrow();
    }

    private void ask(Line line, Emitted out) {
        var now = out.now();
        for (var next = line.toBeAsked(now); next.isPresent(); next = line.toBeAsked(now)) {
            line.asks(next.get(), now.plus(settings.queuePatience()));
            table.call(next.get()).ifPresent(call -> routing.askAgain(call, out));
        }
    }

    /** Rings for whom a phone is free, in the order of their arrival. */
    private boolean ring(TenantId tenant, Line line, Emitted out) {
        boolean passedOn = false;
        line.lookForPhones(out.now().plus(settings.keeping().ringPause()));
        var busy = busy(tenant);
        Set<Staff.Group> withoutFree = new LinkedHashSet<>();
        for (var id : line.inOrder()) {
            var call = table.call(id).orElseThrow();
            if (!(call.control() instanceof Control.Kept kept)) continue;
            if (line.ringing(id).isPresent() || call.legs().size() >= LEGS_MAX) continue;
            var wanted =
                    group(call, line, kept.target()).filter(some -> !withoutFree.contains(some));
            var next =
                    wanted.flatMap(some -> group.next(tenant, some.extensions(), busy, out.now()));
            if (next.isPresent()) {
                busy.add(next.get());
                ring(call, line, next.get(), wanted.get(), out);
            } else if (kept.target() instanceof Destination.Rung rung) {
                passOn(call, rung, lastOutcome(call, line, rung), out);
                passedOn = true;
            } else {
                wanted.ifPresent(withoutFree::add);
            }
        }
        if (passedOn) line.lookForPhones(out.now());
        return passedOn;
    }

    /** Extensions that ring or talk in any call of ours, or have not heard yet that it is over. */
    private Set<String> busy(TenantId tenant) {
        var busy = new TreeSet<String>();
        for (var call : table.all()) {
            if (!call.tenant().id().equals(tenant)) continue;
            for (var leg : call.legs()) {
                if (!leg.isEnded() || call.isParting(leg.id())) busy.add(leg.party());
            }
        }
        return busy;
    }

    /** Those who could take the call; a queue without agents has those of the fallback queue. */
    private static Optional<Staff.Group> group(Call call, Line line, HandOver target) {
        var staff = call.tenant().staff();
        return switch (target) {
            case Destination.Queue queue ->
                    staff.of(queue.target())
                            .or(() -> call.facts().fallbackQueue().flatMap(staff::of));
            case Destination.Person person ->
                    Optional.of(person.target())
                            .filter(staff.people()::containsKey)
                            .map(one -> new Staff.Group(List.of(one), Optional.empty()));
            case Destination.Group all ->
                    Optional.of(
                                    new Staff.Group(
                                            members(call, line, all), all.group().times().each()))
                            .filter(left -> !left.extensions().isEmpty());
            case Destination.Flow flow -> Optional.empty();
            case Destination.Telephone telephone -> Optional.empty();
        };
    }

    /** Those of a ring group who have not been rung yet; in turn, whatever was drawn. */
    private static List<String> members(Call call, Line line, HandOver target) {
        var people = call.tenant().staff().people();
        return target instanceof Destination.Group all
                ? all.group().members().stream()
                        .filter(people::containsKey)
                        .filter(member -> !line.hasRung(call.id(), member))
                        .toList()
                : List.of();
    }

    private static String lastOutcome(Call call, Line line, Destination.Rung target) {
        return target instanceof Destination.Group all
                        && all.group().members().stream()
                                .anyMatch(member -> line.hasRung(call.id(), member))
                ? "no-answer"
                : "unavailable";
    }

    private void ring(Call call, Line line, String extension, Staff.Group wanted, Emitted out) {
        var plan =
                new LegPlan(
                        ids.leg(),
                        LegRole.AGENT,
                        new LegPlan.Target.Extension(extension),
                        call.facts().from(),
                        "",
                        wanted.ringFor().orElse(settings.keeping().ringFor()),
                        call.tenant().staff().person(extension));
        line.rings(call.id(), new Line.Ringing(plan.leg(), extension));
        originations.begin(call, plan, out);
    }
}
