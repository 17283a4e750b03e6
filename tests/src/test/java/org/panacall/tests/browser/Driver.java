// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The process that drives the browser ({@code tests/browser/driver.js}), and the lines of JSON it
 * talks in. Its end is the browser's end, and it ends when we do, for then its input ends.
 */
final class Driver implements AutoCloseable {

    private static final Path HOME = Path.of("browser").toAbsolutePath();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration ENDS = Duration.ofSeconds(10);

    private final Process process;
    private final BufferedWriter orders;
    private final long start = System.nanoTime();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final BlockingQueue<JsonNode> answers = new LinkedBlockingQueue<>();
    private final Map<String, BlockingQueue<JsonNode>> events = new ConcurrentHashMap<>();
    private int lastId;

    Driver() {
        if (!Files.isDirectory(HOME.resolve("node_modules"))) {
            throw new IllegalStateException("Run `bin/browser-tests-prepare` first.");
        }
        try {
            process =
                    new ProcessBuilder("node", "driver.js")
                            .directory(HOME.toFile())
                            .redirectError(Redirect.INHERIT)
                            .start();
        } catch (IOException missing) {
            throw new IllegalStateException("No Node.js: run `bin/packages test`.", missing);
        }
        orders = process.outputWriter();
        Thread.ofPlatform().daemon().name("browser-driver").start(this::read);
    }

    ObjectNode command(String name) {
        return JSON.createObjectNode().put("id", ++lastId).put("command", name);
    }

    /** Gives an order and waits until it is done. */
    JsonNode ask(ObjectNode command, Duration limit) {
        try {
            orders.write(command.toString());
            orders.newLine();
            orders.flush();
            var answer = answers.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
            var name = command.path("command").asText();
            if (answer == null || answer.path("id").asInt() != command.path("id").asInt()) {
                throw new IllegalStateException(name + " was not answered:\n" + told);
            }
            if (answer.has("error")) {
                throw new IllegalStateException(name + ": " + answer.path("error").asText());
            }
            return answer.path("value");
        } catch (IOException gone) {
            throw new UncheckedIOException("the browser's driver has ended", gone);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", stopped);
        }
    }

    /** The next event of that name that nobody has awaited yet, if it comes in time. */
    Optional<JsonNode> await(String event, Duration limit) {
        try {
            return Optional.ofNullable(queue(event).poll(limit.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** All events so far, each with milliseconds since the start. */
    List<String> told() {
        return told;
    }

    @Override
    public void close() {
        try (var input = orders) {
            input.flush();
        } catch (IOException gone) {
            told.add("the driver had ended");
        }
        try {
            if (!process.waitFor(ENDS.toMillis(), TimeUnit.MILLISECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (InterruptedException stopped) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void read() {
        try (var lines = process.inputReader()) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                take(JSON.readTree(line));
            }
        } catch (IOException gone) {
            told.add("the driver ended: " + gone.getMessage());
        }
    }

    private void take(JsonNode line) {
        if (line.has("id")) {
            answers.add(line);
        } else {
            told.add((System.nanoTime() - start) / 1_000_000 + " ms " + line);
            queue(line.path("event").asText()).add(line);
        }
    }

    private BlockingQueue<JsonNode> queue(String event) {
        return events.computeIfAbsent(event, name -> new LinkedBlockingQueue<>());
    }
}
