// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.sight;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import org.panacall.launcher.plan.PlatformSettings;
import org.panacall.launcher.plan.Service;

/**
 * All that operators and their tools see of a running platform: logs, metrics, names of files,
 * streams, subjects, keys and consumers.
 */
public final class Outlook {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String REPLY_TO = "_INBOX.outlook";

    private final PlatformSettings settings;

    public Outlook(PlatformSettings settings) {
        this.settings = settings;
    }

    /** Texts by where they were found. */
    public Map<String, String> all() throws IOException {
        var all = new LinkedHashMap<String, String>();
        logs(all);
        metrics(all);
        subjects(all);
        return all;
    }

    private void logs(Map<String, String> all) throws IOException {
        var names = new ArrayList<String>();
        try (var files = Files.walk(settings.runDirectory())) {
            for (var file : files.toList()) {
                names.add(file.getFileName().toString());
                if (file.getParent().endsWith("log")) {
                    all.put(file.toString(), text(file));
                }
            }
        }
        all.put("names of files", String.join("\n", names));
    }

    private void metrics(Map<String, String> all) throws IOException {
        var ports = settings.ports();
        for (var service : Service.values()) {
            for (int replica = 1; replica <= settings.replicas().of(service); replica++) {
                read(all, ports.http(service, replica), "/q/metrics");
            }
        }
        read(all, ports.edgeHttp(), "/metrics");
        read(all, ports.rtpengineHttp(), "/metrics");
        read(all, ports.natsMonitor(), "/jsz?streams=1&consumers=1&config=1");
    }

    private static void read(Map<String, String> all, int port, String path) throws IOException {
        var address = URI.create("http://127.0.0.1:" + port + path);
        try (var answer = address.toURL().openStream()) {
            var text = new String(answer.readAllBytes(), StandardCharsets.UTF_8);
            all.put(address.toString(), text);
        }
    }

    /** Subjects of all streams, by JetStream's own API over a plain socket. */
    private void subjects(Map<String, String> all) throws IOException {
        var names = JSON.readTree(ask("$JS.API.STREAM.NAMES", "")).path("streams");
        for (var name : names) {
            var filter = "{\"subjects_filter\":\">\"}";
            var found = ask("$JS.API.STREAM.INFO." + name.asText(), filter);
            all.put("subjects of " + name.asText(), found);
        }
    }

    private String ask(String subject, String body) throws IOException {
        try (var socket = new Socket("127.0.0.1", settings.ports().nats())) {
            var question =
                    "CONNECT {\"verbose\":false}\r\nSUB %s 1\r\nPUB %s %s %d\r\n%s\r\n"
                            .formatted(REPLY_TO, subject, REPLY_TO, body.length(), body);
            socket.getOutputStream().write(question.getBytes(StandardCharsets.UTF_8));
            var input = socket.getInputStream();
            while (true) {
                var line = line(input);
                if (line.startsWith("MSG ")) {
                    var length = line.substring(line.lastIndexOf(' ') + 1);
                    var answer = input.readNBytes(Integer.parseInt(length));
                    return new String(answer, StandardCharsets.UTF_8);
                }
                if (line.startsWith("-ERR")) {
                    throw new IOException(line);
                }
            }
        }
    }

    private static String line(java.io.InputStream input) throws IOException {
        var line = new StringBuilder();
        for (int next = input.read(); next != '\n'; next = input.read()) {
            if (next < 0) {
                throw new IOException("nats-server closed the connection");
            }
            line.append((char) next);
        }
        return line.toString().strip();
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }
}
