// SPDX-License-Identifier: Apache-2.0
package org.panacall.launcher.topology;

import java.io.IOException;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.panacall.launcher.plan.PlatformSettings;
import org.panacall.launcher.plan.ProcessPlan;
import org.panacall.launcher.plan.Readiness;
import org.panacall.launcher.plan.Secrets;
import org.panacall.launcher.plan.Service;

/** All processes of one copy of the platform, in the order in which people read them. */
public final class Topology {

    private Topology() {}

    /** Makes what must lie on disk before the processes start, and says what to start. */
    public static List<ProcessPlan> prepare(PlatformSettings settings) throws IOException {
        var client =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(Readiness.TIMEOUT)
                        .build();
        var secrets = new Secrets(settings.runDirectory().resolve("secrets"));
        var plans = new ArrayList<ProcessPlan>();
        if (settings.postgres().isEmpty()) {
            plans.add(PostgresCluster.prepare(settings, secrets.databasePassword()).plan());
        }
        if (settings.nats().isEmpty()) {
            plans.add(NatsServer.plan(settings, client));
        }
        plans.addAll(new Edge(settings, secrets, client).prepare());
        if (settings.demo()) {
            // Speaks only those that are not there yet or have changed.
            var prompts = settings.runDirectory().resolve("prompts");
            var program = settings.home().resolve("bin/prompts");
            Execution.of(
                    List.of(program.toString(), prompts.toString()), settings.home(), Map.of());
        }
        var services = new JavaService(settings, secrets, client);
        for (var service : Service.values()) {
            for (int replica = 1; replica <= settings.replicas().of(service); replica++) {
                plans.add(services.plan(service, replica));
            }
        }
        return List.copyOf(plans);
    }
}
