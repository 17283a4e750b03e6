// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.panacall.tests.ua.UserAgent;
import org.panacall.tests.ua.UserAgent.Identity;

/**
 * The demo clinic seen from outside: patients behind the carrier, agents' phones, the REST API. It
 * knows the outside contract and nothing else.
 */
public final class Clinic implements AutoCloseable {

    public static final String SIP_DOMAIN = "panacall.test";
    public static final String MAIN_NUMBER = "74950000100";
    public static final String ECHO_NUMBER = "74950000199";

    private static final Duration SIGN_IN = Duration.ofSeconds(15);
    private static final String TOKEN = "demo-token";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final int portOffset;
    private final List<Integer> mediaPorts;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<UserAgent> parties = new ArrayList<>();

    /** The clinic on this machine, moved by PANACALL_PORT_OFFSET. */
    public Clinic(int portOffset, List<Integer> mediaPorts) {
        this.portOffset = portOffset;
        this.mediaPorts = List.copyOf(mediaPorts);
    }

    /** Ports on which media listens for RTP. */
    public List<Integer> mediaPorts() {
        return mediaPorts;
    }

    public InetSocketAddress edge() {
        return new InetSocketAddress("127.0.0.1", 5060 + portOffset);
    }

    /** Port of the web origin. */
    public int webPort() {
        return 8080 + portOffset;
    }

    /** A patient's telephone, on the carrier's side. */
    public UserAgent patient(String number, int toneHz) {
        var identity = new Identity(number, "127.0.0.1", Optional.empty());
        return keep(agent(identity, "127.0.0.2", 0, toneHz));
    }

    /** The carrier's side where our outbound calls arrive. */
    public UserAgent carrier(int toneHz) {
        var identity = new Identity("carrier", "127.0.0.1", Optional.empty());
        return keep(agent(identity, "127.0.0.2", 5070 + portOffset, toneHz));
    }

    /** Somebody on the network who is neither carrier nor of the clinic. */
    public UserAgent stranger(int toneHz) {
        var identity = new Identity("stranger", SIP_DOMAIN, Optional.empty());
        return keep(agent(identity, "127.0.0.9", 0, toneHz));
    }

    /** An agent's SIP phone, not registered yet. */
    public UserAgent phone(String extension, int toneHz) {
        var identity = new Identity(extension, SIP_DOMAIN, Optional.of("demo-" + extension));
        return keep(agent(identity, "127.0.0.1", 0, toneHz));
    }

    /** GET below /api/v1 with the API token. */
    public JsonNode get(String path) {
        return send(request(path).GET().build(), 200);
    }

    /** POST below /api/v1 with the API token. */
    public JsonNode post(String path, String json, int expectedStatus) {
        var body = HttpRequest.BodyPublishers.ofString(json);
        return send(request(path).POST(body).build(), expectedStatus);
    }

    /**
     * Signs a person in: the answer of POST /sessions, with a token and a phone's credentials.
     * Tries again while the answer is 503, as that answer tells people to.
     */
    public JsonNode signIn(String userName, String password) {
        var body = JSON.createObjectNode().put("userName", userName).put("password", password);
        var request =
                request("/sessions")
                        .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                        .build();
        long end = System.nanoTime() + SIGN_IN.toNanos();
        var answer = exchange(request);
        while (answer.statusCode() == 503 && System.nanoTime() < end) {
            java.util.concurrent.locks.LockSupport.parkNanos(500_000_000);
            answer = exchange(request);
        }
        return read(answer, 201);
    }

    /**
     * PUT below /api/v1 with the token of somebody who has signed in, whatever others have done.
     */
    public JsonNode putAs(String token, String path, String json) {
        var body = HttpRequest.BodyPublishers.ofString(json);
        return send(request(path, token).header("If-Match", "*").PUT(body).build(), 200);
    }

    /** Any request below /api/v1 with the API token, whatever others have done. */
    public JsonNode change(String method, String path, String json, int expectedStatus) {
        var body = HttpRequest.BodyPublishers.ofString(json);
        var request = request(path).header("If-Match", "*").method(method, body).build();
        return send(request, expectedStatus);
    }

    /** What happens, as it is told over the WebSocket. */
    public LiveFeed listen() {
        return LiveFeed.open(webPort(), TOKEN);
    }

    /** PUT below /api/v1 of what is no JSON, with the API token. */
    public JsonNode upload(String path, String type, byte[] bytes) {
        var body = HttpRequest.BodyPublishers.ofByteArray(bytes);
        return send(request(path).setHeader("Content-Type", type).PUT(body).build(), 200);
    }

    /** What stands below /api/v1 and is no JSON. */
    public byte[] download(String path) {
        try {
            var answer =
                    http.send(request(path).GET().build(), HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(answer.uri() + " answered " + answer.statusCode());
            }
            return answer.body();
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException("interrupted", stopped);
        }
    }

    /** Deletes below /api/v1 what may be left from before. */
    public void discard(String path) {
        exchange(request(path).DELETE().build());
    }

    /** Asks again and again, with a pause, until the answer is as wished or time is over. */
    public Optional<JsonNode> await(String path, Predicate<JsonNode> wish, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        while (true) {
            var answer = ask(path);
            if (answer.filter(wish).isPresent()) {
                return answer;
            }
            if (System.nanoTime() > end) {
                return Optional.empty();
            }
            java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
        }
    }

    /** Empty while the API or a service behind it is away, as right after a start. */
    public Optional<JsonNode> ask(String path) {
        try {
            var answer = exchange(request(path).GET().build());
            return answer.statusCode() == 503 ? Optional.empty() : Optional.of(read(answer, 200));
        } catch (UncheckedIOException away) {
            return Optional.empty();
        }
    }

    /** Hangs all telephones up and unregisters them. */
    @Override
    public void close() {
        for (var party : parties) {
            party.close();
        }
        parties.clear();
        await("/agents", Clinic::nobodyReady, Duration.ofSeconds(15));
    }

    private static boolean nobodyReady(JsonNode agents) {
        return agents.findValuesAsText("state").stream().noneMatch("ready"::equals);
    }

    private UserAgent agent(Identity identity, String host, int port, int toneHz) {
        return new UserAgent(identity, new InetSocketAddress(host, port), edge(), toneHz);
    }

    private UserAgent keep(UserAgent party) {
        parties.add(party);
        return party;
    }

    private HttpRequest.Builder request(String path) {
        return request(path, TOKEN);
    }

    private HttpRequest.Builder request(String path, String token) {
        var uri = URI.create("http://127.0.0.1:" + webPort() + "/api/v1" + path);
        return HttpRequest.newBuilder(uri)
                .timeout(Duration.ofSeconds(10))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json");
    }

    private JsonNode send(HttpRequest request, int expectedStatus) {
        return read(exchange(request), expectedStatus);
    }

    private HttpResponse<String> exchange(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException("interrupted", stopped);
        }
    }

    private static JsonNode read(HttpResponse<String> answer, int expectedStatus) {
        if (answer.statusCode() != expectedStatus) {
            throw new IllegalStateException(
                    answer.uri() + " answered " + answer.statusCode() + " " + answer.body());
        }
        try {
            return answer.body().isEmpty() ? JSON.nullNode() : JSON.readTree(answer.body());
        } catch (IOException garbled) {
            throw new UncheckedIOException(garbled);
        }
    }
}
