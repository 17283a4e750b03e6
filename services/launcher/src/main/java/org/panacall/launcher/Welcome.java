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
              1. `make demo` in another terminal plays it: patients call, agents answer.
              2. By hand, register a SIP phone as an agent: user 103, password demo-103,
                 domain panacall.test, proxy 127.0.0.1:%d. Agent 103 is ready at once.
                 Dial 999 for an echo test.
              3. Call the clinic as a patient, from an address of the carrier:
                 sipp -sn uac -s 74950000101 -i 127.0.0.2 -m 1 -d 10000 127.0.0.1:%d
                 The agent's phone rings. Numbers: 74950000100 menu, 74950000101 registry,
                 74950000199 echo.
              4. curl -H 'Authorization: Bearer demo-token' \\
                   http://localhost:%d/api/v1/calls
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
            text += FIRST_CALL.formatted(ports.sip(), ports.sip(), ports.desktop());
        }
        return text + COMMANDS;
    }
}
