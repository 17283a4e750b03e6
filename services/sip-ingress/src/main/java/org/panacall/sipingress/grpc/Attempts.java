// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.grpc;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Asks single instances of services, but for those that hang. Safe for all threads. */
final class Attempts {

    private static final Logger LOG = Logger.getLogger(Attempts.class);

    /** Who had less time than this may have had too little. */
    private static final long FAIR_MILLIS = 500;

    private static final int INSTANCES_MAX = 1_000;

    private final MeterRegistry registry;
    private final ConcurrentHashMap<String, Circuit> circuits = new ConcurrentHashMap<>();

    /** Who is asked, and for how long. */
    record Asking(String service, String address, long millis) {}

    Attempts(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Counts those of a service that hang. */
    void measure(String service, List<String> addresses) {
        Gauge.builder("controllers.hanging", () -> addresses.stream().filter(this::hangs).count())
                .tag("service", service)
                .register(registry);
    }

    /** Whether an instance has let too many wait in vain. */
    boolean hangs(String address) {
        return circuit(address).isOpen();
    }

    /** Instances come and go by other addresses; those of long ago need not be known. */
    private Circuit circuit(String address) {
        if (circuits.size() >= INSTANCES_MAX) circuits.clear();
        return circuits.computeIfAbsent(address, unknown -> new Circuit());
    }

    /** Its answer; empty when there was none, or when it was not asked. */
    <A> Optional<A> ask(Asking asking, Supplier<A> question) {
        var circuit = circuit(asking.address());
        if (!circuit.admits(System.nanoTime())) return Optional.empty();
        try {
            var answer = Optional.of(question.get());
            circuit.answered();
            return answer;
        } catch (StatusRuntimeException | IllegalArgumentException | IllegalStateException away) {
            note(circuit, asking, away);
            registry.counter("controllers.failed", "service", asking.service()).increment();
            LOG.debugf("%s: %s", asking.service(), away.getMessage());
            return Optional.empty();
        }
    }

    private static void note(Circuit circuit, Asking asking, RuntimeException away) {
        boolean silent =
                away instanceof StatusRuntimeException status
                        && status.getStatus().getCode() == Status.Code.DEADLINE_EXCEEDED;
        if (!silent) {
            circuit.answered();
        } else if (asking.millis() >= FAIR_MILLIS) {
            circuit.saidNothing(System.nanoTime());
        }
    }
}
