// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.waiting;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.panacall.acd.core.AcdEvent;
import org.panacall.acd.core.agent.Agent;
import org.panacall.acd.core.agent.AgentState;
import org.panacall.acd.core.call.Call;
import org.panacall.acd.core.call.QueuedCall;
import org.panacall.acd.core.call.Target;
import org.panacall.acd.core.id.AgentId;
import org.panacall.acd.core.id.CallId;
import org.panacall.acd.core.id.QueueId;
import org.panacall.acd.core.id.SipIngress;
import org.panacall.acd.core.plan.TenantPlan;
import org.panacall.acd.core.rules.Action;
import org.panacall.acd.core.time.Agenda;
import org.panacall.acd.core.wait.Experience;
import org.panacall.acd.core.wait.Forecast;
import org.panacall.acd.core.wait.Told;
import org.panacall.acd.core.waiting.Listening.Entry;

/**
 * What is the case with those who wait, beside their places in line: what they hear, what they were
 * promised, and what queues have learnt from all who waited before. A fold over events.
 */
public final class Waits {

    /** Since when an agent is occupied by a queue's call. */
    public record Occupation(QueueId queue, CallId call, Instant since) {}

    /** What is the case, for a snapshot. */
    public record Kept(
            Map<CallId, Listening> listenings,
            Map<AgentId, Occupation> occupations,
            Map<QueueId, Experience.Kept> experiences,
            List<Callback> callbacks,
            Optional<SipIngress> ingress) {}

    /** Of a queue that had no call yet; nobody teaches it anything. */
    private final Experience nothingLearnt = new Experience();

    private final Map<CallId, Listening> listenings = new LinkedHashMap<>();
    private final Map<AgentId, Occupation> occupations = new LinkedHashMap<>();
    private final Map<QueueId, Experience> experiences = new LinkedHashMap<>();
    private final Callbacks callbacks = new Callbacks();
    private final Agenda<CallId> agenda = new Agenda<>();
    private final Function<CallId, Optional<QueuedCall>> calls;
    private Optional<SipIngress> ingress = Optional.empty();

    public Waits(Function<CallId, Optional<QueuedCall>> calls) {
        this.calls = calls;
    }

    /** Before the event changes the call or agent that it is about. */
    public void apply(AcdEvent event) {
        var at = event.stamp().at();
        switch (event) {
            case AcdEvent.CallQueued queued -> queue(queued, at);
            case AcdEvent.OfferAccepted accepted ->
                    calls.apply(accepted.call()).ifPresent(call -> accept(call, accepted, at));
            case AcdEvent.CallTold told -> hush(told.call());
            case AcdEvent.NumberAnswered answered -> hush(answered.call());
            case AcdEvent.CallOverflowed overflowed
                    when overflowed.action() instanceof Action.ToFlow ->
                    hush(overflowed.call());
            case AcdEvent.CallReturned returned -> occupations.remove(returned.agent());
            case AcdEvent.CallDequeued dequeued -> dequeue(dequeued, at);
            case AcdEvent.CallReleased released -> listenings.remove(released.call());
            case AcdEvent.AgentChanged changed -> rest(changed.next(), at);
            case AcdEvent.AgentRemoved removed -> occupations.remove(removed.agent());
            case AcdEvent.ListeningChanged changed ->
                    listenings.put(changed.call(), changed.next());
            case AcdEvent.CallbackChanged changed -> callBack(changed.next());
            case AcdEvent.CallbackEnded ended -> callbacks.remove(ended.callback());
            default -> {}
        }
    }

    private void queue(AcdEvent.CallQueued queued, Instant at) {
        ingress = Optional.of(queued.caller().sipIngress());
        var told = listening(queued.call()).map(Listening::told).orElse(Told.NOTHING);
        listenings.remove(queued.call());
        if (queued.target() instanceof Target.ToQueue(var queue)) {
            var entry = new Entry(at, queued.forecast());
            listenings.put(queued.call(), Listening.begin(entry, told, queued.music()));
            learning(queue).arrived(Duration.ZERO, at);
        }
    }

    /** Somebody else talks to him. */
    private void hush(CallId call) {
        listenings.computeIfPresent(call, (id, heard) -> heard.answered());
    }

    private void accept(QueuedCall call, AcdEvent.OfferAccepted accepted, Instant at) {
        var offer = call.offerTo(accepted.agent());
        if (call.queue().isEmpty() || offer.isEmpty()) {
            return;
        }
        var queue = call.queue().get();
        occupations.put(accepted.agent(), new Occupation(queue, call.id(), offer.get().since()));
        listening(call.id())
                .ifPresent(
                        heard -> {
                            var entry = heard.entry();
                            var waited = Duration.between(entry.at(), at);
                            learning(queue).answered(entry.forecast(), waited);
                            listenings.put(call.id(), heard.answered());
                        });
    }

    private void dequeue(AcdEvent.CallDequeued dequeued, Instant at) {
        var entry = listening(dequeued.call()).map(Listening::entry);
        if (entry.isEmpty() || dequeued.queue().isEmpty()) {
            return;
        }
        var waited = Duration.between(entry.get().at(), at);
        var experience = learning(dequeued.queue().get());
        switch (dequeued.cause()) {
            case ABANDONED -> experience.abandoned(entry.get().forecast(), waited);
            case OVERFLOW, CALLBACK_PROMISED -> experience.answered(Forecast.NONE, waited);
            case ANSWERED, FAILED -> {}
        }
    }

    /** At rest again, or on a call of his own: what occupied him is over, notes and all. */
    private void rest(Agent next, Instant at) {
        var occupation = occupations.get(next.id());
        if (occupation == null) {
            return;
        }
        var elsewhere =
                next.state() instanceof AgentState.OnCall onCall
                        && !onCall.call().equals(occupation.call());
        if (next.resting() || elsewhere) {
            occupations.remove(next.id());
            var occupied = Duration.between(occupation.since(), at);
            learning(occupation.queue()).handled(occupied);
        }
    }

    private void callBack(Callback next) {
        callbacks.put(next);
        if (next.state() instanceof Callback.State.AtAgent at) {
            occupations.computeIfPresent(
                    at.agent(), (id, by) -> new Occupation(by.queue(), at.call(), by.since()));
        }
    }

    private Experience learning(QueueId queue) {
        return experiences.computeIfAbsent(queue, id -> new Experience());
    }

    /** What a queue has learnt; to be read alone. */
    public Experience experience(QueueId queue) {
        return experiences.getOrDefault(queue, nothingLearnt);
    }

    public Optional<Listening> listening(CallId call) {
        return Optional.ofNullable(listenings.get(call));
    }

    public Optional<Occupation> occupation(AgentId agent) {
        return Optional.ofNullable(occupations.get(agent));
    }

    public Callbacks callbacks() {
        return callbacks;
    }

    /** Where calls came in last, so that it is alive. */
    public Optional<SipIngress> ingress() {
        return ingress;
    }

    public Agenda<CallId> agenda() {
        return agenda;
    }

    /** A call is now thus; what its caller hears next follows from that, and from the plan. */
    public void schedule(QueuedCall call, TenantPlan plan) {
        callbacks.follow(call);
        agenda.set(call.id(), listening(call.id()).flatMap(heard -> due(call, heard, plan)));
    }

    private static Optional<Instant> due(QueuedCall call, Listening heard, TenantPlan plan) {
        if (!call.inLine()) {
            return Optional.empty();
        }
        var ends = heard.announcement().map(Announcement::endsBy);
        if (ends.isPresent() || heard.dialogue().underWay()) {
            return ends.or(() -> heard.dialogue().deadline());
        }
        return call.queue()
                .filter(queue -> call.waits())
                .flatMap(plan::queue)
                .map(queue -> queue.waitingRoom())
                .flatMap(
                        room ->
                                Stream.of(heard.figuresDue(room), heard.informationDue(room))
                                        .flatMap(Optional::stream)
                                        .min(Instant::compareTo));
    }

    /** A call is gone. */
    public void remove(CallId call) {
        callbacks.forget(call);
        agenda.set(call, Optional.empty());
    }

    public Kept kept() {
        var learnt = new TreeMap<QueueId, Experience.Kept>();
        experiences.forEach((queue, experience) -> learnt.put(queue, experience.kept()));
        return new Kept(
                new TreeMap<>(listenings),
                new TreeMap<>(occupations),
                learnt,
                List.copyOf(callbacks.all()),
                ingress);
    }

    /**
     * Begins with what was kept.
     *
     * @param calls all there are; who waited before there were announcements hears music too
     */
    public void restore(Kept kept, Collection<Call> calls) {
        listenings.putAll(kept.listenings());
        occupations.putAll(kept.occupations());
        kept.experiences().forEach((queue, learnt) -> learning(queue).restore(learnt));
        kept.callbacks().forEach(callbacks::put);
        ingress = kept.ingress();
        for (var call : calls) {
            if (call instanceof QueuedCall queued
                    && queued.queue().isPresent()
                    && !callbacks.isStandIn(queued)) {
                var place = queued.place();
                var entry = new Entry(place.since(), Forecast.NONE);
                listenings.putIfAbsent(
                        queued.id(), Listening.begin(entry, Told.NOTHING, place.music()));
            }
        }
    }
}
