// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.call;

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.panacall.sipingress.core.dialog.LegId;
import org.panacall.sipingress.core.leg.EndReason;

/** The calls at hand, found by call, by leg, and by the time when they want to be looked at. */
public final class CallTable {

    private static final int GONE_MAX = 1_000;

    private final TreeMap<CallId, Call> calls = new TreeMap<>();
    private final LinkedHashMap<LegId, Call> byLeg = new LinkedHashMap<>();
    private final TreeSet<Due> agenda =
            new TreeSet<>(Comparator.comparing(Due::at).thenComparing(Due::call));

    private final LinkedHashSet<CallId> setups = new LinkedHashSet<>();
    private final LinkedHashMap<CallId, Gone> gone = new LinkedHashMap<>();

    /** What is remembered of a call for a while after its end. */
    public record Gone(EndReason reason, EffectMemory<Optional<Refusal>> memory) {}

    private record Due(Instant at, CallId call) {}

    public Optional<Call> call(CallId id) {
        return Optional.ofNullable(calls.get(id));
    }

    public Optional<Call> ofLeg(LegId leg) {
        return Optional.ofNullable(byLeg.get(leg));
    }

    public Collection<Call> all() {
        return Collections.unmodifiableCollection(calls.values());
    }

    /** Calls after this id, in order of ids. */
    public Collection<Call> after(CallId id) {
        return Collections.unmodifiableCollection(calls.tailMap(id, false).values());
    }

    public void add(Call call) {
        calls.put(call.id(), call);
    }

    public void addLeg(LegId leg, Call call) {
        byLeg.put(leg, call);
    }

    /** Takes a call out; its answers and reason are remembered for the last 1,000 calls. */
    public void remove(Call call) {
        schedule(call, Optional.empty());
        calls.remove(call.id());
        if (gone.size() == GONE_MAX) gone.pollFirstEntry();
        gone.put(call.id(), new Gone(call.end().orElseThrow(), call.memory()));
        call.legs().forEach(leg -> byLeg.remove(leg.id()));
    }

    public Optional<Gone> gone(CallId call) {
        return Optional.ofNullable(gone.get(call));
    }

    /** Callers who wait for our answer. */
    public int setups() {
        return setups.size();
    }

    /** Puts a call on the agenda for this time, and for no other. */
    public void schedule(Call call, Optional<Instant> at) {
        if (call.isSetUp()) {
            setups.add(call.id());
        } else {
            setups.remove(call.id());
        }
        if (call.dueAt().equals(at)) return;
        call.dueAt().ifPresent(old -> agenda.remove(new Due(old, call.id())));
        at.ifPresent(due -> agenda.add(new Due(due, call.id())));
        call.dueAt(at);
    }

    public Optional<Instant> nextDue() {
        return agenda.isEmpty() ? Optional.empty() : Optional.of(agenda.first().at());
    }

    /** Calls whose time has come, in order of time. */
    public List<Call> due(Instant now) {
        return agenda.stream()
                .takeWhile(due -> !due.at().isAfter(now))
                .map(due -> calls.get(due.call()))
                .toList();
    }

    public int legs() {
        return byLeg.size();
    }
}
