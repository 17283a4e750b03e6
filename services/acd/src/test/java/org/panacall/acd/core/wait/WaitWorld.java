// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.wait;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.panacall.acd.core.id.QueueId;
import org.panacall.simkit.Dice;

/**
 * Days of calls, agents and callers who give up, by seed. Who gave up stays in line as a shadow, so
 * that it is known how long he would have waited.
 */
final class WaitWorld {

    static final double DAY = 10 * 3600;
    private static final double HALF_HOUR = 1800;
    private static final int HALF_HOURS = (int) (DAY / HALF_HOUR);
    private static final double AWAY = 0.2;

    /** A caller who found nobody free, and what became of him. */
    static final class Caller implements Comparable<Caller> {
        final QueueId queue;
        final double came;
        final boolean urgent;
        final double patience;
        private final long number;
        Forecast forecast = Forecast.NONE;
        double[] told = {};
        boolean gone;
        boolean served;
        double wait = -1;

        private Caller(QueueId queue, double came, boolean urgent, double patience, long number) {
            this.queue = queue;
            this.came = came;
            this.urgent = urgent;
            this.patience = patience;
            this.number = number;
        }

        double order() {
            return came - (urgent ? Workload.HEAD_START : 0);
        }

        @Override
        public int compareTo(Caller other) {
            var order = Double.compare(order(), other.order());
            return order != 0 ? order : Long.compare(number, other.number);
        }
    }

    /** An agent; away means that he does not come back after his present call. */
    static final class Agent {
        final TreeSet<QueueId> queues;
        boolean away;
        Caller caller;
        double since;

        private Agent(TreeSet<QueueId> queues) {
            this.queues = queues;
        }
    }

    private record Entry(double at, long number, Runnable action) {}

    private final Workload workload;
    private final Dice dice;
    private final Rules rules;
    private final List<Agent> agents = new ArrayList<>();
    private final NavigableMap<QueueId, TreeSet<Caller>> lines = new TreeMap<>();
    private final NavigableMap<QueueId, Experience> experiences = new TreeMap<>();
    private final PriorityQueue<Entry> agenda =
            new PriorityQueue<>(Comparator.comparing(Entry::at).thenComparing(Entry::number));
    private final double[] loads = new double[HALF_HOURS];
    private Consumer<Caller> seen = caller -> {};
    private long number;
    private double now;
    private Instant morning = Instant.parse("2026-01-05T08:00:00Z");

    WaitWorld(Workload workload, long seed) {
        this.workload = workload;
        dice = new Dice(seed);
        rules = new Rules(workload);
        for (var team : workload.teams()) {
            for (int agent = 0; agent < team.agents(); agent++) {
                agents.add(new Agent(new TreeSet<>(team.queues())));
            }
        }
        for (var queue : workload.queueIds()) {
            lines.put(queue, new TreeSet<>());
            experiences.put(queue, new Experience());
        }
    }

    Experience experience(QueueId queue) {
        return experiences.get(queue);
    }

    NavigableMap<QueueId, Experience> experiences() {
        return experiences;
    }

    Rules rules() {
        return rules;
    }

    /** Lives days, and shows each caller who had to wait once it is known how long. */
    void live(int days, Consumer<Caller> seen) {
        this.seen = seen;
        for (int day = 0; day < days; day++) {
            now = 0;
            morning = morning.plus(Duration.ofDays(1));
            plan();
            for (var next = agenda.poll(); next != null; next = agenda.poll()) {
                now = next.at();
                next.action().run();
            }
        }
    }

    private void plan() {
        for (int half = 0; half < HALF_HOURS; half++) {
            var load = workload.load();
            loads[half] = load.least() + (load.most() - load.least()) * unit();
        }
        for (int dip = 0; dip < 2; dip++) {
            var from = (0.05 + 0.45 * dip + 0.3 * unit()) * DAY;
            at(from, () -> leave((int) Math.round(AWAY * agents.size())));
            at(from + 3600, this::comeBack);
        }
        at(gap(0), this::arrive);
    }

    private double unit() {
        return dice.below(1 << 30) / (double) (1 << 30);
    }

    private void at(double time, Runnable action) {
        agenda.add(new Entry(time, number++, action));
    }

    private double exponential(double mean) {
        return -mean * Math.log(1 - unit());
    }

    private double gap(double time) {
        var load = loads[Math.min(HALF_HOURS - 1, (int) (time / HALF_HOUR))];
        return time + exponential(Workload.OCCUPIED / (load * workload.agents()));
    }

    private void leave(int count) {
        for (int left = 0; left < count; ) {
            var agent = agents.get(dice.below(agents.size()));
            if (!agent.away) {
                agent.away = true;
                left++;
            }
        }
    }

    private void comeBack() {
        for (var agent : agents) {
            agent.away = false;
            if (agent.caller == null) {
                takeNext(agent);
            }
        }
    }

    private void arrive() {
        if (now > DAY) {
            return;
        }
        at(gap(now), this::arrive);
        var queue = queue();
        var urgent = unit() < queue.urgent();
        var patience = exponential(workload.patience());
        var caller = new Caller(queue.id(), now, urgent, patience, number++);
        experience(queue.id()).arrived(headStart(caller), moment());
        var free = agents.stream().filter(agent -> fits(agent, caller)).findFirst();
        if (free.isPresent()) {
            take(free.get(), caller);
        } else {
            waits(caller);
        }
    }

    private Workload.Traffic queue() {
        var point = unit();
        for (var queue : workload.queues()) {
            point -= queue.share();
            if (point < 0) {
                return queue;
            }
        }
        return workload.queues().getLast();
    }

    private static boolean fits(Agent agent, Caller caller) {
        return agent.caller == null && !agent.away && agent.queues.contains(caller.queue);
    }

    private void waits(Caller caller) {
        var ahead = new TreeMap<QueueId, Integer>();
        lines.forEach(
                (queue, line) ->
                        ahead.put(
                                queue,
                                (int) line.headSet(caller).stream().filter(c -> !c.gone).count()));
        caller.forecast =
                new Forecaster(crews(), experiences::get)
                        .forecast(caller.queue, ahead, headStart(caller));
        caller.told = rules.tell(caller, new Rules.Scene(now, lines, agents, ahead));
        lines.get(caller.queue).add(caller);
        at(now + caller.patience, () -> giveUp(caller));
    }

    private static Duration headStart(Caller caller) {
        return duration(caller.urgent ? Workload.HEAD_START : 0);
    }

    private List<Crew> crews() {
        var crews = new ArrayList<Crew>();
        for (var team : workload.teams()) {
            var queues = new TreeSet<>(team.queues());
            var present = agents.stream().filter(a -> !a.away && a.queues.equals(queues)).toList();
            var busy =
                    present.stream()
                            .filter(agent -> agent.caller != null)
                            .map(
                                    agent ->
                                            new Crew.Busy(
                                                    Optional.of(agent.caller.queue),
                                                    duration(now - agent.since)))
                            .toList();
            crews.add(new Crew(queues, present.size() - busy.size(), busy));
        }
        return crews;
    }

    private void giveUp(Caller caller) {
        if (caller.served || caller.wait >= 0) {
            return;
        }
        caller.gone = true;
        experience(caller.queue).abandoned(caller.forecast, duration(now - caller.came));
    }

    private void takeNext(Agent agent) {
        while (!agent.away) {
            var next =
                    agent.queues.stream()
                            .map(lines::get)
                            .filter(line -> !line.isEmpty())
                            .map(TreeSet::first)
                            .min(Comparator.naturalOrder());
            if (next.isEmpty()) {
                return;
            }
            lines.get(next.get().queue).remove(next.get());
            if (!next.get().gone) {
                take(agent, next.get());
                return;
            }
            // He would have been answered now.
            next.get().wait = now + Workload.RING - next.get().came;
            seen.accept(next.get());
        }
    }

    /** His phone rings for a moment, in which the caller stays. */
    private void take(Agent agent, Caller caller) {
        agent.caller = caller;
        agent.since = now;
        caller.served = true;
        var waited = caller.forecast.known() || caller.told.length > 0;
        caller.wait = now + Workload.RING - caller.came;
        experience(caller.queue).answered(caller.forecast, duration(caller.wait));
        rules.answered(caller.queue, caller.wait);
        if (waited) {
            seen.accept(caller);
        }
        at(now + Workload.RING + talk() + Workload.WRAP_UP, () -> free(agent));
    }

    private double talk() {
        var sigma = workload.deviation();
        return Workload.TALK * Math.exp(sigma * normal() - sigma * sigma / 2);
    }

    private double normal() {
        return Math.sqrt(-2 * Math.log(1 - unit())) * Math.cos(2 * Math.PI * unit());
    }

    private void free(Agent agent) {
        var queue = agent.caller.queue;
        experience(queue).handled(duration(now - agent.since));
        rules.freed(agent, queue);
        agent.caller = null;
        takeNext(agent);
    }

    private Instant moment() {
        return morning.plus(duration(now));
    }

    static Duration duration(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1000));
    }
}
