// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.chaos;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.panacall.tests.chaos.Patient.Place;

/** What one fault did. */
public final class Outcome {

    private final Fault fault;
    final String victim;
    double victimsCalls;
    final Map<Place, Integer> calls = new EnumMap<>(Place.class);
    final Map<Place, Integer> well = new EnumMap<>(Place.class);

    /** Why calls were lost, counted. */
    final Map<String, Integer> losses = new TreeMap<>();

    final List<Long> talkGaps = new ArrayList<>();
    final List<Long> playGaps = new ArrayList<>();
    OptionalLong controlMillis = OptionalLong.empty();
    OptionalLong nextOfferMillis = OptionalLong.empty();
    OptionalLong registeredMillis = OptionalLong.empty();
    OptionalLong readyMillis = OptionalLong.empty();
    int newCalls;
    int newCallsWell;
    Map<String, Integer> newCallFailures = Map.of();
    long slowestFirstMillis;
    OptionalLong backMillis = OptionalLong.empty();
    int records;
    final Map<String, Integer> wrongRecords = new TreeMap<>();
    List<String> ghosts = List.of();
    private final Map<Claim, String> broken = new EnumMap<>(Claim.class);

    Outcome(Fault fault, String victim) {
        this.fault = fault;
        this.victim = victim;
    }

    public Fault fault() {
        return fault;
    }

    /** Claims that did not hold, each with what was seen instead. */
    public Map<Claim, String> broken() {
        return Map.copyOf(broken);
    }

    void add(Patient patient) {
        calls.merge(patient.place(), 1, Integer::sum);
        if (patient.loss().isEmpty()) {
            well.merge(patient.place(), 1, Integer::sum);
        } else {
            losses.merge(patient.place() + ": " + patient.loss(), 1, Integer::sum);
        }
        if (patient.gapMillis() >= 0) {
            boolean talk = patient.place() == Place.TALK;
            (talk ? talkGaps : playGaps).add(patient.gapMillis());
        }
    }

    void check(Claim claim, boolean holds, String otherwise) {
        if (!holds) {
            broken.put(claim, otherwise);
        }
    }

    /** "7 of 8", of the places given. */
    String wellOf(Place... places) {
        int all = 0;
        int good = 0;
        for (var place : places) {
            all += calls.getOrDefault(place, 0);
            good += well.getOrDefault(place, 0);
        }
        return all == 0 ? "–" : good + " of " + all;
    }

    boolean allWell(Place... places) {
        for (var place : places) {
            if (!calls.getOrDefault(place, 0).equals(well.getOrDefault(place, 0))) {
                return false;
            }
        }
        return true;
    }
}
