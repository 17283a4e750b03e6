// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.chaos;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.panacall.tests.chaos.NewCalls.Caller;
import org.panacall.tests.chaos.Patient.Place;
import org.panacall.tests.demo.Clinic;
import org.panacall.tests.ua.UserAgent;
import org.panacall.tests.ua.UserAgent.Identity;

/** Calls in every place: talks as many as there are phones, the others waiting and greeted. */
final class Scene implements AutoCloseable {

    private static final String REGISTRY = "74950000101";
    private static final Duration SOON = Duration.ofSeconds(15);
    private static final int FIRST_TONE_HZ = 300;
    private static final int TONES = 20;
    private static final int NEW_CALL_TONE_HZ = 1_800;
    private static final AtomicInteger NUMBERS =
            new AtomicInteger((int) (System.nanoTime() / 1_000_000 % 9_000_000));

    private final Clinic clinic;
    private final Desk desk;
    private final List<Patient> patients = new ArrayList<>();

    /** Registers the phones and makes so many calls. */
    Scene(Clinic clinic, int calls) {
        this.clinic = clinic;
        int talks = Math.min(Desk.PHONES_MAX, Math.max(2, calls * 2 / 5));
        desk = new Desk(clinic, talks);
        if (calls == 0) {
            return;
        }
        for (int i = 0; i < talks; i++) {
            talk(i == 0 ? Place.LEAVING : Place.TALK, i < Desk.REGISTRY_PHONES);
        }
        int waiting = (calls - talks) / 2;
        for (int i = 0; i < waiting; i++) {
            answered(dial(Place.QUEUE, REGISTRY));
        }
        for (int i = talks + waiting; i < calls; i++) {
            answered(dial(Place.GREETING, Clinic.MAIN_NUMBER));
        }
    }

    List<Patient> patients() {
        return patients;
    }

    List<Patient> at(Place... places) {
        var wanted = List.of(places);
        return patients.stream().filter(one -> wanted.contains(one.place())).toList();
    }

    Desk desk() {
        return desk;
    }

    /** Somebody who calls once during the fault. */
    Caller newCaller() {
        var number = number();
        var identity = new Identity(number, "127.0.0.1", Optional.empty());
        var local = new InetSocketAddress("127.0.0.2", 0);
        return new Caller(number, new UserAgent(identity, local, clinic.edge(), NEW_CALL_TONE_HZ));
    }

    @Override
    public void close() {
        desk.close();
        patients.forEach(Patient::close);
    }

    /** A number of its own for each call, so that its record can be found. */
    private static String number() {
        return "+7916" + (1_000_000 + NUMBERS.getAndIncrement() % 8_999_999);
    }

    private Patient dial(Place place, String dialled) {
        var number = number();
        int tone = FIRST_TONE_HZ + 50 * (patients.size() % TONES);
        var identity = new Identity(number, "127.0.0.1", Optional.empty());
        var local = new InetSocketAddress("127.0.0.2", 0);
        var phone = new UserAgent(identity, local, clinic.edge(), tone);
        var patient = new Patient(place, number, phone, dialled);
        patients.add(patient);
        return patient;
    }

    private void talk(Place place, boolean registry) {
        var patient = dial(place, registry ? REGISTRY : Clinic.MAIN_NUMBER);
        answered(patient);
        if (!registry) {
            patient.call().audio().press("2");
        }
        boolean offered =
                Pause.await(() -> desk.offered(patient.number()).isPresent(), SOON)
                        && patient.joins(desk.offered(patient.number()).orElseThrow());
        if (!offered) {
            throw new IllegalStateException("no talk comes about " + patient.asItStands());
        }
    }

    private static void answered(Patient patient) {
        var call = patient.call();
        if (!call.awaitAnswered(SOON)
                || !call.hearing().await(ears -> ears.hearsAnything(), SOON)) {
            throw new IllegalStateException("not answered: " + call.statuses());
        }
    }
}
