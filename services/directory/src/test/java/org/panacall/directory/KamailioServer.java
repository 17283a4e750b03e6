// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A real Kamailio that has nothing but the credentials' table and its RPC address. */
public class KamailioServer implements QuarkusTestResourceLifecycleManager {

    private static final String TOKEN = "test-rpc-token";
    private static final String CONFIGURATION =
            """
            debug=0
            log_stderror=yes
            children=1
            tcp_children=1
            disable_tcp=no
            listen=tcp:127.0.0.1:%d
            tcp_accept_no_cl=yes
            mpath="/usr/lib/x86_64-linux-gnu/kamailio/modules/"
            loadmodule "sl.so"
            loadmodule "pv.so"
            loadmodule "textops.so"
            loadmodule "kex.so"
            loadmodule "xhttp.so"
            loadmodule "jsonrpcs.so"
            loadmodule "htable.so"
            modparam("jsonrpcs", "transport", 1)
            modparam("htable", "htable", "ha1=>size=10;")
            request_route { drop; }
            event_route[xhttp:request] {
                if ($hu == "/RPC" && $hdr(Authorization) == "Bearer %s") {
                    jsonrpc_dispatch();
                } else {
                    xhttp_reply("403", "Forbidden", "text/plain", "");
                }
            }
            """;

    private static KamailioServer running;

    private int port;
    private Path directory;
    private Process process;

    @Override
    public Map<String, String> start() {
        try (var free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = free.getLocalPort();
            directory = Files.createTempDirectory("kamailio");
            Files.writeString(
                    directory.resolve("kamailio.cfg"), CONFIGURATION.formatted(port, TOKEN));
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
        launch();
        running = this;
        return Map.of("panacall.edge.rpc-url", url(), "panacall.edge.rpc-token", TOKEN);
    }

    /** Its memory is lost, as after a crash. */
    public static void restart() throws InterruptedException {
        running.stop();
        running.launch();
    }

    public static String url() {
        return "http://127.0.0.1:" + running.port + "/RPC";
    }

    public static String token() {
        return TOKEN;
    }

    private void launch() {
        try {
            var folder = directory.toString();
            process =
                    new ProcessBuilder(
                                    "kamailio",
                                    "-DD",
                                    "-E",
                                    "-f",
                                    folder + "/kamailio.cfg",
                                    "-Y",
                                    folder,
                                    "-w",
                                    folder,
                                    "-m",
                                    "16",
                                    "-M",
                                    "4")
                            .redirectErrorStream(true)
                            .redirectOutput(directory.resolve("log").toFile())
                            .start();
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    @Override
    public void stop() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException fault) {
            throw new IllegalStateException(fault);
        }
    }
}
