// SPDX-License-Identifier: Apache-2.0
package org.panacall.launcher.plan;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The platform's Java services: where each listens and how its JVM is set. */
public enum Service {
    DIRECTORY("directory", 9000, false, Heap.KEEPER),
    SIP_INGRESS("sip-ingress", 9010, true, Heap.ENGINE),
    MEDIA("media", 9020, true, Heap.MEDIA),
    IVR("ivr", 9030, true, Heap.ENGINE),
    ACD("acd", 9040, true, Heap.ENGINE),
    REPORTING("reporting", 9050, false, Heap.KEEPER),
    RECORDINGS("recordings", 9060, false, Heap.SMALL),
    DESKTOP("desktop", 8080, false, Heap.KEEPER);

    /** From a service's gRPC to its health and metrics. */
    private static final int HTTP_STEP = 1_000;

    private final String title;
    private final int firstPort;
    private final boolean replicable;
    private final Heap heap;

    Service(String title, int firstPort, boolean replicable, Heap heap) {
        this.title = title;
        this.firstPort = firstPort;
        this.replicable = replicable;
        this.heap = heap;
    }

    /** The name in settings, logs and paths: {@code sip-ingress}. */
    public String title() {
        return title;
    }

    /** Whether others call it by gRPC. */
    public boolean speaksGrpc() {
        return this != DESKTOP;
    }

    int firstGrpcPort() {
        return firstPort;
    }

    int firstHttpPort() {
        return speaksGrpc() ? firstPort + HTTP_STEP : firstPort;
    }

    boolean replicable() {
        return replicable;
    }

    /** Memory, collector and the like. */
    public List<String> jvmOptions() {
        return heap.options;
    }

    /** The name of one process: {@code sip-ingress-2}; a service with one process has no number. */
    public String instance(int replica) {
        return replicable ? title + "-" + replica : title;
    }

    static Optional<Service> named(String title) {
        return Arrays.stream(values()).filter(service -> service.title.equals(title)).findFirst();
    }

    static String replicableTitles() {
        return Arrays.stream(values())
                .filter(Service::replicable)
                .map(Service::title)
                .collect(Collectors.joining(", "));
    }

    /**
     * Memory and collector by kind of work. Small serial heaps keep the whole platform within a
     * laptop's memory; media pauses for nobody, so it has ZGC.
     */
    private enum Heap {
        SMALL("-XX:+UseSerialGC", "-Xmx96m"),
        KEEPER("-XX:+UseSerialGC", "-Xmx160m"),
        ENGINE("-XX:+UseSerialGC", "-Xmx256m"),
        MEDIA("-XX:+UseZGC", "-Xmx384m");

        private final List<String> options;

        Heap(String... options) {
            this.options = List.of(options);
        }
    }
}
