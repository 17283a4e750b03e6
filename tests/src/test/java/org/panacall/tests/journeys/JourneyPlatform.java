// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.journeys;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.panacall.launcher.Platform;
import org.panacall.launcher.plan.PlatformSettings;
import org.panacall.launcher.plan.PortRange;
import org.panacall.launcher.plan.Ports;
import org.panacall.tests.sight.Collector;
import org.panacall.tests.sight.ToneRecogniser;

/**
 * The platform that all journeys of a run share: a copy of its own on free ports, with two
 * sip-ingress, ended with the test run. With PANACALL_JOURNEY_OFFSET set, the one that runs there.
 */
public final class JourneyPlatform implements AutoCloseable {

    /** What the recogniser of this platform makes of a patient's tone. */
    public static final String PATIENTS_WORD = "регистратура";

    private final Collector collector = new Collector();
    private final ToneRecogniser recogniser = new ToneRecogniser(Talk.PATIENT_HZ, PATIENTS_WORD);
    private final PlatformSettings settings;
    private final int portOffset;
    private final PortRange mediaPorts;
    private final Optional<Platform> own;

    JourneyPlatform() {
        var running = Optional.ofNullable(System.getenv("PANACALL_JOURNEY_OFFSET"));
        portOffset = running.map(Integer::parseInt).orElseGet(() -> Ports.firstFree().offset());
        settings =
                PlatformSettings.of(
                        Map.of(
                                "PANACALL_HOME",
                                "..",
                                "PANACALL_PORT_OFFSET",
                                "" + portOffset,
                                "PANACALL_REPLICAS",
                                "sip-ingress=2",
                                "PANACALL_OTLP_ENDPOINT",
                                collector.endpoint(),
                                "PANACALL_JVM_MEDIA",
                                "-Dpanacall.media.listen.http.url=" + recogniser.url(),
                                "PANACALL_RUN_DIRECTORY",
                                runDirectory().toString()));
        mediaPorts = settings.mediaRtpPorts();
        own = running.isPresent() ? Optional.empty() : Optional.of(start(settings));
    }

    /** Where the platform's own traces arrive; it gets none of one that ran before. */
    Collector collector() {
        return collector;
    }

    public PlatformSettings settings() {
        return settings;
    }

    public int portOffset() {
        return portOffset;
    }

    /** Ends a process as a crash would; the supervisor starts it again. */
    public void kill(String process) {
        own.orElseThrow().kill(process);
    }

    /** Whether processes may be killed: not on a platform that somebody else runs. */
    public boolean isOurs() {
        return own.isPresent();
    }

    /** Until all that was killed is back. */
    public void awaitReady() {
        own.orElseThrow().awaitReady();
    }

    /** A sample of the ports that media may listen on, the first ones above all. */
    public List<Integer> mediaPorts() {
        return IntStream.range(0, 20).mapToObj(i -> mediaPorts.first() + i).toList();
    }

    @Override
    public void close() throws IOException {
        collector.close();
        recogniser.close();
        if (own.isPresent()) {
            own.get().close();
        }
    }

    private static Platform start(PlatformSettings settings) {
        try {
            return Platform.start(settings);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    private static Path runDirectory() {
        return Path.of("target/journey-run").toAbsolutePath();
    }
}
