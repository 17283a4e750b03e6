// SPDX-License-Identifier: Apache-2.0
package org.panacall.launcher;

import org.panacall.launcher.plan.PlatformSettings;

/** What {@code make run} prints when all is ready: addresses and how to place a first call. */
final class Welcome {

    private static final String ADDRESSES =
            """

            Panacall is ready.

              web, REST, events   http://localhost:%d   (/api/v1, OpenAPI at /api/openapi)
              SIP                 127.0.0.1:%d UDP and TCP, %d TLS, domain panacall.test
              carrier's side      127.0.0.2, any port; outbound calls go to 127.0.0.2:%d
              data, logs          %s
            """;

    private static final String FIRST_CALL =
            """

            The demo clinic is loaded. API token: demo-token

            A first call:
              1. `make demo` in another terminal plays some: patients call, agents answer.
              2. By hand: register a SIP phone as agent 103: user 103, password demo-103,
                 domain panacall.test, proxy 127.0.0.1:%d. Dial 999 on it: an echo test.
              3. Register a second phone as 104, password demo-104, and dial 103 on it, or 601,
                 the queue of the registry. 103 rings: agents are ready while registered.
              4. What happened:
                 curl -H 'Authorization: Bearer demo-token' \\
                   http://localhost:%d/api/v1/reports/calls
            """;

    private static final String COMMANDS =
            """

            `make status` and `make logs` look inside; Ctrl-C or `make down` ends it.
            """;

    private Welcome() {}

    static String text(PlatformSettings settings) {
        var ports = settings.ports();
        var text =
                ADDRESSES.formatted(
                        ports.desktop(),
                        ports.sip(),
                        ports.sipTls(),
                        ports.carrierSip(),
                        settings.runDirectory());
        if (settings.demo()) {
            text += FIRST_CALL.formatted(ports.sip(), ports.desktop());
        }
        return text + COMMANDS;
    }
}
