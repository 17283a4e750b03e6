// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.panacall.tests.chaos.Desk.Offer;
import org.panacall.tests.chaos.Patient.Place;

/**
 * The judgement after the fault: silences are read, talks are ended by one side and the other in
 * turn, and whom that leaves an agent for must be served.
 */
final class Serving {

    private static final Duration OFFERED_WITHIN = Duration.ofSeconds(45);
    private static final Duration BETWEEN_ENDS = Duration.ofMillis(200);

    /** INVITEs that leave acd one after another may arrive the other way round. */
    private static final long TOLERANCE_NANOS = 500_000_000;

    private final Scene scene;

    Serving(Scene scene) {
        this.scene = scene;
    }

    void judge() {
        scene.patients().forEach(Patient::noteGap);
        var ends = new ArrayList<CompletableFuture<Void>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var patient : scene.at(Place.QUEUE, Place.GREETING)) {
                ends.add(CompletableFuture.runAsync(() -> serve(patient), threads));
            }
            endTalks(threads, ends);
        }
        ends.forEach(CompletableFuture::join);
    }

    /** Calls that an agent got after a moment though an older one waited. */
    static int overtaken(Scene scene, long since) {
        var inOrder =
                scene.at(Place.QUEUE).stream()
                        .filter(one -> scene.desk().offered(one.number()).isPresent())
                        .filter(one -> offeredAt(scene, one) >= since)
                        .sorted(Comparator.comparing(Patient::diallingAt))
                        .map(one -> scene.desk().offered(one.number()).orElseThrow())
                        .toList();
        return (int) inOrder.stream().filter(offer -> overtakes(offer, inOrder)).count();
    }

    private static long offeredAt(Scene scene, Patient patient) {
        return scene.desk().offered(patient.number()).orElseThrow().nanos();
    }

    private static boolean overtakes(Offer offer, List<Offer> inOrder) {
        return inOrder.subList(0, inOrder.indexOf(offer)).stream()
                .anyMatch(older -> older.nanos() > offer.nanos() + TOLERANCE_NANOS);
    }

    private void endTalks(ExecutorService threads, List<CompletableFuture<Void>> ends) {
        boolean byCaller = false;
        for (var patient : scene.at(Place.TALK)) {
            byCaller = !byCaller;
            boolean callerEnds = byCaller;
            ends.add(CompletableFuture.runAsync(() -> end(patient, callerEnds), threads));
            Pause.of(BETWEEN_ENDS);
        }
    }

    private static void end(Patient patient, boolean byCaller) {
        if (patient.stillTalks()) {
            patient.hangUp(byCaller);
        }
    }

    private void serve(Patient patient) {
        var desk = scene.desk();
        if (patient.place() == Place.GREETING && desk.offered(patient.number()).isEmpty()) {
            patient.call().audio().press("1");
        }
        Pause.await(
                () -> patient.call().isEnded() || desk.offered(patient.number()).isPresent(),
                OFFERED_WITHIN);
        var offer = desk.offered(patient.number());
        if (offer.isEmpty()) {
            patient.lost(
                    patient.call().isEnded() ? patient.asItStands().substring(2) : "not offered");
        } else if (patient.joins(offer.get())) {
            patient.hangUp(Integer.parseInt(patient.number().substring(9)) % 2 == 0);
        }
    }
}
