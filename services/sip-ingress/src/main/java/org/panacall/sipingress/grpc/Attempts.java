// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.grpc;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Asks single instances of a service, but for those that hang. Safe for all threads. */
final class Attempts {

    private static final Logger LOG = Logger.getLogger(Attempts.class);

    /** Who had less time than this may have had too little. */
    private static final long FAIR_MILLIS = 500;

    private static final int INSTANCES_MAX = 1_000;

    private final String service;
    private final List<String> addresses;
    private final Duration patience;
    private final Counter failed;
    private final ConcurrentHashMap<String, Circuit> circuits = new ConcurrentHashMap<>();

    /**
     * @param addresses of all its instances
     * @param patience how long one may say nothing until it is taken to hang
     */
    Attempts(String service, List<String> addresses, Duration patience, MeterRegistry registry) {
        this.service = service;
        this.addresses = addresses;
        this.patience = patience;
        failed = registry.counter("controllers.failed", "service", service);
        Gauge.builder("controllers.hanging", () -> addresses.stream().filter(this::hangs).count())
                .tag("service", service)
                .register(registry);
    }

    /** Nobody is left to be asked. */
    boolean allHang() {
        return addresses.stream().allMatch(this::hangs);
    }

    private boolean hangs(String address) {
        var known = circuits.get(address);
        return known != null && known.isOpen();
    }

    /** Instances come and go by other addresses; those of long ago need not be known. */
    private Circuit circuit(String address) {
        if (circuits.size() >= INSTANCES_MAX) circuits.clear();
        return circuits.computeIfAbsent(address, unknown -> new Circuit(patience));
    }

    /**
     * An instance's answer; empty when there was none, or when it was not asked.
     *
     * @param millis how long the question may take
     */
    <A> Optional<A> ask(String address, long millis, Supplier<A> question) {
        var circuit = circuit(address);
        long asked = System.nanoTime();
        if (!circuit.admits(asked)) return Optional.empty();
        try {
            var answer = Optional.of(question.get());
            circuit.answered();
            return answer;
        } catch (StatusRuntimeException | IllegalArgumentException | IllegalStateException away) {
            failed.increment();
            LOG.debugf("%s: %s", service, away.getMessage());
            if (!isSilence(away)) {
                circuit.answered();
            } else if (millis >= FAIR_MILLIS) {
                circuit.saidNothing(asked, System.nanoTime());
            }
            return Optional.empty();
        }
    }

    private static boolean isSilence(RuntimeException away) {
        return away instanceof StatusRuntimeException status
                && status.getStatus().getCode() == Status.Code.DEADLINE_EXCEEDED;
    }
}
