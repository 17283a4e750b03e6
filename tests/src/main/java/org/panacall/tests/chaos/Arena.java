// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.chaos;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.panacall.launcher.Platform;
import org.panacall.launcher.plan.PlatformSettings;
import org.panacall.tests.demo.Clinic;
import org.panacall.tests.watch.Vitals;

/** Where rounds take place: a platform that is whole and clean before each, or else a fresh one. */
public final class Arena implements AutoCloseable {

    /** Two of each engine, so that there is a peer. */
    public static final String REPLICAS = "sip-ingress=2,media=2,ivr=2,acd=2";

    private static final Duration CLEAN_WITHIN = Duration.ofSeconds(20);

    private final PlatformSettings settings;
    private final Round.Lengths lengths;
    private Platform platform;

    public Arena(PlatformSettings settings, Round.Lengths lengths) {
        this.settings = settings;
        this.lengths = lengths;
    }

    /** Lets a fault strike; throws when the round breaks off. */
    public Outcome round(Fault fault) throws IOException {
        var whole = whole();
        try (var clinic = clinic()) {
            return new Round(whole, clinic, lengths).run(fault);
        } catch (RuntimeException failure) {
            // What such a round leaves behind is not known.
            close();
            throw failure;
        }
    }

    @Override
    public void close() throws IOException {
        if (platform != null) {
            platform.close();
            platform = null;
        }
    }

    /** The platform with all of its processes and no call. */
    public Platform whole() throws IOException {
        if (platform != null) {
            var vitals = new Vitals(platform);
            platform.awaitReady();
            if (Pause.await(() -> vitals.ghosts().isEmpty(), CLEAN_WITHIN)) {
                return platform;
            }
            close();
        }
        platform = Platform.start(settings);
        return platform;
    }

    /** Patients and phones for it. */
    public Clinic clinic() {
        return new Clinic(settings.ports().offset(), List.of());
    }
}
