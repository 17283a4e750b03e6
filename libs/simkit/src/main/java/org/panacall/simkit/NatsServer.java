// SPDX-License-Identifier: Apache-2.0
package org.panacall.simkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * A real nats-server with JetStream on a free port, for tests. Can be killed and started again on
 * the same port with the same data. Leaves neither process nor files behind.
 */
public final class NatsServer implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(10);

    /** As on a platform: a turn of a tenant is one message. */
    private static final String SETTINGS = "max_payload: 8MB\n";

    private static final Pattern URL = Pattern.compile("nats://[0-9.]+:([0-9]+)");

    private final Path directory;
    private final Thread atExit = new Thread(this::kill);
    private Process process;
    private int port = -1;

    private NatsServer(Path directory) {
        this.directory = directory;
    }

    /** Starts a server with an empty store. */
    public static NatsServer start() {
        try {
            var server = new NatsServer(Files.createTempDirectory("nats"));
            Runtime.getRuntime().addShutdownHook(server.atExit);
            server.restart();
            return server;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public String url() {
        return "nats://127.0.0.1:" + port;
    }

    /** Starts it again after {@link #kill}, with the same port and data. */
    public void restart() {
        try {
            var ports = Files.createDirectories(directory.resolve("ports"));
            delete(ports, false);
            process =
                    new ProcessBuilder(command(ports))
                            .redirectErrorStream(true)
                            .redirectOutput(directory.resolve("log").toFile())
                            .start();
            awaitPorts(ports);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Ends it at once, as a power cut would. */
    public void kill() {
        if (process != null) {
            process.destroyForcibly();
            process.onExit().join();
        }
    }

    @Override
    public void close() {
        kill();
        delete(directory, true);
        Runtime.getRuntime().removeShutdownHook(atExit);
    }

    private List<String> command(Path ports) throws IOException {
        var settings = Files.writeString(directory.resolve("nats.conf"), SETTINGS);
        var command = new ArrayList<>(List.of("nats-server", "-a", "127.0.0.1", "-js"));
        command.addAll(List.of("-c", settings.toString()));
        command.addAll(List.of("-p", Integer.toString(port)));
        command.addAll(List.of("-sd", directory.resolve("store").toString()));
        command.addAll(List.of("--ports_file_dir", ports.toString()));
        return command;
    }

    private void awaitPorts(Path ports) throws IOException {
        var file = ports.resolve("nats-server_" + process.pid() + ".ports");
        var limit = System.nanoTime() + START_LIMIT.toNanos();
        while (System.nanoTime() < limit) {
            var url = URL.matcher(Files.exists(file) ? Files.readString(file) : "");
            if (url.find()) {
                port = Integer.parseInt(url.group(1));
                return;
            }
            if (exited(Duration.ofMillis(10))) {
                break;
            }
        }
        throw new IOException(
                "nats-server did not start: " + Files.readString(directory.resolve("log")));
    }

    private boolean exited(Duration wait) {
        try {
            return process.waitFor(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static void delete(Path tree, boolean withRoot) {
        try (var paths = Files.walk(tree)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                if (withRoot || !path.equals(tree)) {
                    Files.delete(path);
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
