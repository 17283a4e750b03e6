// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.bench.peer;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.panacall.simkit.Agenda;
import org.panacall.simkit.VirtualClock;

/** A day as one distributor lives it: callers, telephones, and what becomes of each call. */
final class Trial {

    private static final int NOBODY = -1;

    /** What an agent's telephone does. */
    private enum Phone {
        IDLE,
        RINGING,
        TALKING
    }

    private final Day day;
    private final VirtualClock clock = new VirtualClock();
    private final Agenda agenda = new Agenda(clock);
    private final Scores scores;
    private final Phone[] phones;
    private final int[] rungFor;
    private final Duration[] since;
    private final boolean[] over;

    /** Calls that were rejected, and by whom; nobody rejects the same one twice. */
    private final Set<List<Integer>> rejections = new HashSet<>();

    private final Distributor distributor;

    private Trial(Day day, Function<Trial, Distributor> distributors) {
        this.day = day;
        var agents = day.shape().agents();
        scores = new Scores(agents);
        phones = new Phone[agents];
        rungFor = new int[agents];
        since = new Duration[agents];
        over = new boolean[day.arrivals().size()];
        for (int agent = 0; agent < agents; agent++) {
            phones[agent] = Phone.IDLE;
            rungFor[agent] = NOBODY;
            since[agent] = Duration.ZERO;
        }
        distributor = distributors.apply(this);
    }

    /** Lives a day to the end of its last talk. */
    static Scores of(Day day, Function<Trial, Distributor> distributors) {
        var trial = new Trial(day, distributors);
        trial.live();
        return trial.scores;
    }

    Day day() {
        return day;
    }

    Agenda agenda() {
        return agenda;
    }

    Instant instant() {
        return clock.instant();
    }

    /** How much of the day is over. */
    Duration now() {
        return Duration.between(VirtualClock.START, clock.instant());
    }

    /** An agent's telephone rings until it is answered, rejected, or the distributor stops it. */
    void ring(int call, int agent) {
        if (phones[agent] != Phone.IDLE || over[call]) {
            throw new IllegalStateException(
                    "agent " + agent + " is " + phones[agent] + ", call is over: " + over[call]);
        }
        phones[agent] = Phone.RINGING;
        rungFor[agent] = call;
        occupied(agent);
        scores.offered();
        var reaction = day.reaction(call, agent);
        var hears = day.present(agent, now());
        var reacts = day.present(agent, hears.plus(reaction.after()));
        var rung = now();
        agenda.in(
                reacts.minus(rung),
                () -> {
                    if (rings(call, agent, rung)) {
                        react(call, agent, reaction.rejects());
                    }
                });
    }

    /** The distributor gives an agent up. */
    void stop(int call, int agent) {
        if (rings(call, agent)) {
            idle(agent);
        }
    }

    boolean rings(int call, int agent) {
        return phones[agent] == Phone.RINGING && rungFor[agent] == call;
    }

    /** Whether it still is the ring that began then. */
    boolean rings(int call, int agent, Duration begun) {
        return rings(call, agent) && since[agent].equals(begun);
    }

    /** Whether nothing is going on at a telephone; wrap-up is the distributor's to know. */
    boolean idlePhone(int agent) {
        return phones[agent] == Phone.IDLE;
    }

    private void live() {
        for (int call = 0; call < over.length; call++) {
            var number = call;
            agenda.at(VirtualClock.START.plus(day.arrivals().get(call).at()), () -> arrive(number));
        }
        for (int agent = 0; agent < phones.length; agent++) {
            var number = agent;
            for (var absence : day.absences(agent)) {
                agenda.at(
                        VirtualClock.START.plus(absence.until()),
                        () -> distributor.returned(number));
            }
        }
        while (scores.calls() < over.length || talking()) {
            agenda.step();
        }
        for (int agent = 0; agent < phones.length; agent++) {
            occupied(agent);
        }
    }

    private boolean talking() {
        for (var phone : phones) {
            if (phone == Phone.TALKING) {
                return true;
            }
        }
        return false;
    }

    private void arrive(int call) {
        agenda.in(day.arrivals().get(call).patience(), () -> giveUp(call));
        distributor.arrived(call);
    }

    private void giveUp(int call) {
        if (!over[call]) {
            over[call] = true;
            scores.abandoned(day.arrivals().get(call).patience());
            distributor.abandoned(call);
        }
    }

    private void react(int call, int agent, boolean rejects) {
        if (rejects && rejections.add(List.of(call, agent))) {
            idle(agent);
            distributor.rejected(call, agent);
            return;
        }
        var arrival = day.arrivals().get(call);
        over[call] = true;
        phones[agent] = Phone.TALKING;
        scores.answered(now().minus(arrival.at()), agent);
        agenda.in(
                arrival.talk(),
                () -> {
                    idle(agent);
                    distributor.talkEnded(call, agent);
                });
        distributor.answered(call, agent);
    }

    private void idle(int agent) {
        phones[agent] = Phone.IDLE;
        rungFor[agent] = NOBODY;
        since[agent] = now();
    }

    /** Ends a time of idleness, if it is one. */
    private void occupied(int agent) {
        scores.idle(agent, now().minus(since[agent]));
        since[agent] = now();
    }
}
