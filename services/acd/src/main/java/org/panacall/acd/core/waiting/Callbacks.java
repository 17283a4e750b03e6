// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.waiting;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.panacall.acd.core.call.Call;
import org.panacall.acd.core.call.QueuedCall;
import org.panacall.acd.core.id.CallId;
import org.panacall.acd.core.id.CallbackId;
import org.panacall.acd.core.id.LegId;
import org.panacall.acd.core.id.PartyNumber;
import org.panacall.acd.core.id.QueueId;
import org.panacall.acd.core.time.Agenda;

/** The open promises of a tenant, and by which of their calls they are known. */
public final class Callbacks {

    private final NavigableMap<CallbackId, Callback> all = new TreeMap<>();

    // Indexes over the above, and over the offers of those who stand in.
    private final Map<CallId, CallbackId> byCall = new LinkedHashMap<>();
    private final NavigableMap<String, NavigableSet<CallbackId>> byNumber = new TreeMap<>();
    private final NavigableMap<QueueId, NavigableSet<CallbackId>> byQueue = new TreeMap<>();
    private final Map<CallId, CallId> offered = new LinkedHashMap<>();
    private final Map<CallId, List<CallId>> offeredFor = new LinkedHashMap<>();
    private final Agenda<CallbackId> agenda = new Agenda<>();

    void put(Callback callback) {
        remove(callback.id());
        all.put(callback.id(), callback);
        calls(callback).forEach(call -> byCall.put(call, callback.id()));
        byNumber.computeIfAbsent(key(callback), number -> new TreeSet<>()).add(callback.id());
        byQueue.computeIfAbsent(callback.queue(), queue -> new TreeSet<>()).add(callback.id());
        agenda.set(callback.id(), callback.deadline());
    }

    void remove(CallbackId id) {
        var before = all.remove(id);
        if (before != null) {
            calls(before).forEach(byCall::remove);
            remove(byNumber, key(before), id);
            remove(byQueue, before.queue(), id);
            agenda.set(id, Optional.empty());
        }
    }

    private static <K> void remove(
            NavigableMap<K, NavigableSet<CallbackId>> index, K key, CallbackId id) {
        var same = index.get(key);
        same.remove(id);
        if (same.isEmpty()) {
            index.remove(key);
        }
    }

    private static List<CallId> calls(Callback callback) {
        return switch (callback.state()) {
            case Callback.State.InLine inLine -> List.of(callback.standIn());
            case Callback.State.AtAgent at -> List.of(at.call());
            case Callback.State.Apologising apologising -> List.of(apologising.call());
            case Callback.State.Resting resting -> List.of();
        };
    }

    private static String key(Callback callback) {
        return callback.caller().number().value();
    }

    /** What is known of a stand-in's offers; an offer under way puts expiry off. */
    void follow(QueuedCall call) {
        of(call.id())
                .ifPresent(
                        callback -> {
                            forget(call.id());
                            var ringing =
                                    call.offers().stream()
                                            .flatMap(offer -> offer.rings().stream())
                                            .map(ring -> Callback.callOf(ring.leg()))
                                            .toList();
                            ringing.forEach(at -> offered.put(at, call.id()));
                            offeredFor.put(call.id(), ringing);
                            agenda.set(
                                    callback.id(),
                                    callback.deadline().filter(at -> call.offers().isEmpty()));
                        });
    }

    void forget(CallId standIn) {
        Optional.ofNullable(offeredFor.remove(standIn))
                .ifPresent(ringing -> ringing.forEach(offered::remove));
    }

    public Optional<Callback> callback(CallbackId id) {
        return Optional.ofNullable(all.get(id));
    }

    /** The promise in which this call is made or stands in. */
    public Optional<Callback> of(CallId call) {
        return Optional.ofNullable(byCall.get(call)).map(all::get);
    }

    /** Whether a call only stands in for a patient who is not there. */
    public boolean isStandIn(Call call) {
        return call instanceof QueuedCall && byCall.containsKey(call.id());
    }

    /** Who stands in where this call rings an agent. */
    public Optional<CallId> standIn(CallId ringing) {
        return Optional.ofNullable(offered.get(ringing));
    }

    /**
     * In which call at sip-ingress a leg is; its own, but for a stand-in's, each of which has one.
     */
    public CallId callAt(Call call, LegId leg) {
        return isStandIn(call) ? Callback.callOf(leg) : call.id();
    }

    public boolean knows(CallId call) {
        return byCall.containsKey(call) || offered.containsKey(call);
    }

    /** The open promise to a number in a queue; at most one. */
    public Optional<Callback> to(PartyNumber number, QueueId queue) {
        return to(number).stream().filter(one -> one.queue().equals(queue)).findFirst();
    }

    private List<Callback> to(PartyNumber number) {
        return byNumber.getOrDefault(number.value(), Collections.emptyNavigableSet()).stream()
                .map(all::get)
                .toList();
    }

    /** Promises to the same number in other queues: a patient is rung for one of them at a time. */
    public List<Callback> besides(Callback callback) {
        return to(callback.caller().number()).stream()
                .filter(other -> !other.id().equals(callback.id()))
                .toList();
    }

    /** How many are open in a queue. */
    public int count(QueueId queue) {
        return byQueue.getOrDefault(queue, Collections.emptyNavigableSet()).size();
    }

    public Collection<Callback> all() {
        return Collections.unmodifiableCollection(all.values());
    }

    public Agenda<CallbackId> agenda() {
        return agenda;
    }
}
