// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;
import org.panacall.ivr.directory.FakeDirectory;
import org.panacall.ivr.sipingress.FakeSipIngress;
import org.panacall.simkit.NatsServer;

/** Everybody ivr speaks with, on free ports: a real NATS, and others that only listen. */
public class Neighbours implements QuarkusTestResourceLifecycleManager {

    private FakeDirectory directory;
    private FakeSipIngress sipIngress;
    private NatsServer nats;

    @Override
    public Map<String, String> start() {
        directory = new FakeDirectory();
        sipIngress = new FakeSipIngress();
        nats = NatsServer.start();
        try {
            return Map.of(
                    "panacall.instance", "ivr-1",
                    "ivr.missing-timeout", "1s",
                    "panacall.directory.address", directory.address(),
                    "panacall.nats.url", nats.url(),
                    "panacall.data-directory", Files.createTempDirectory("ivr").toString());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(sipIngress, new TestInjector.MatchesType(FakeSipIngress.class));
        injector.injectIntoFields(nats, new TestInjector.MatchesType(NatsServer.class));
    }

    @Override
    public void stop() {
        directory.close();
        sipIngress.close();
        nats.close();
    }
}
