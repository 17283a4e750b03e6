// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.panacall.simkit.Dice;
import org.panacall.tests.demo.Clinic;
import org.panacall.tests.journeys.ClinicExtension;

/**
 * Every operation of the live OpenAPI document, wrong in one place after another: an answer that
 * says so, never a fault of ours. {@code -Dfuzz.seed=n -Dfuzz.rest=n} for others and more.
 */
@ExtendWith(ClinicExtension.class)
class RestFuzzTest {

    private static final long SEED = Long.getLong("fuzz.seed", 9457);
    private static final int COUNT = Integer.getInteger("fuzz.rest", 800);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int BODY_MAX = 4_096;

    /** What desktop reads of a request that is no audio (BodyLimits). */
    private static final int REQUEST_MAX = 64 * 1024;

    /** Those that the HTTP server gives before anything of ours has seen the request. */
    private static final Set<Integer> OF_THE_SERVER = Set.of(400, 413, 414, 431);

    private static final Map<String, String> SOUND =
            Map.ofEntries(
                    Map.entry("id", "102"),
                    Map.entry("queue", "paid"),
                    Map.entry("If-Match", "*"),
                    Map.entry("state", "not-ready"),
                    Map.entry("reason", "lunch"),
                    Map.entry("userName", "nobody"),
                    Map.entry("password", "wrong"),
                    Map.entry("domain", Clinic.SIP_DOMAIN),
                    Map.entry("extension", "109"),
                    Map.entry("agent", "109"),
                    Map.entry("number", "999"));

    private final ObjectMapper json = new ObjectMapper();

    @Test
    void whateverIsSentTheAnswerIsNoFaultOfOurs(Clinic clinic) throws Exception {
        // Given
        try (var http = client()) {
            var api = OpenApi.of(json.readTree(document(http, clinic)));
            assertTrue(api.operations().size() > 10, "too few operations to be all");
            var tokens = tokens(clinic);
            var paid = clinic.get("/queues/paid");
            var cases = new RestCases(new Dice(SEED), SOUND).of(api);
            Collections.shuffle(cases, new Random(SEED));
            var wrong = new ArrayList<String>();
            // When
            for (var one : cases.subList(0, Math.min(COUNT, cases.size()))) {
                var who = List.copyOf(tokens.keySet()).get(wrong.size() + one.hashCode() & 3);
                flaw(http, clinic, one, tokens.get(who))
                        .ifPresent(flaw -> wrong.add(one + " as " + who + ": " + flaw));
            }
            // Then
            clinic.putAs(tokens.get("administrator"), "/queues/paid", paid.toString());
            assertEquals(List.of(), wrong);
            for (var token : tokens.values().stream().filter(t -> !t.equals("x")).toList()) {
                assertEquals(200, send(http, get(clinic, "/api/v1/agents", token)).statusCode());
            }
        }
    }

    /** From an address of its own, so that wrong passwords lock nobody else out. */
    private static HttpClient client() throws IOException {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .localAddress(InetAddress.getByName("127.0.0.9"))
                .build();
    }

    private static String document(HttpClient http, Clinic clinic) throws Exception {
        return send(http, get(clinic, "/api/openapi?format=json", "")).body();
    }

    private static Map<String, String> tokens(Clinic clinic) {
        var tokens = new LinkedHashMap<String, String>();
        tokens.put("nobody", "x");
        tokens.put("agent", clinic.signIn("102", "demo-102").path("token").asText());
        tokens.put("supervisor", clinic.signIn("201", "demo-201").path("token").asText());
        tokens.put("administrator", clinic.signIn("admin", "demo-admin").path("token").asText());
        return tokens;
    }

    /** What is wrong with the answer; empty when nothing is. */
    private Optional<String> flaw(HttpClient http, Clinic clinic, RestCases.Case one, String token)
            throws Exception {
        HttpResponse<String> answer;
        try {
            answer = send(http, request(clinic, one, token));
        } catch (IllegalArgumentException unsendable) {
            return Optional.empty();
        } catch (IOException gone) {
            return cutIsFair(one) ? Optional.empty() : Optional.of("no answer: " + gone);
        }
        int status = answer.statusCode();
        var body = answer.body();
        if (status >= 500) return Optional.of(status + " " + body);
        if (status < 400) return Optional.empty();
        if (body.contains(RestCases.MARKER)) return Optional.of("repeats what was sent: " + body);
        if (body.length() > BODY_MAX) return Optional.of("an answer of " + body.length());
        boolean bare = body.isEmpty() && OF_THE_SERVER.contains(status);
        return bare || one.method().equals("HEAD") ? Optional.empty() : flawOfProblem(answer);
    }

    /**
     * Of a body that is too long the rest is not read: the connection is closed, and the 413 may be
     * lost on the way to who is still sending (RFC 9112, section 9.6).
     */
    private static boolean cutIsFair(RestCases.Case one) {
        return one.body() != null && one.body().length() > REQUEST_MAX;
    }

    private Optional<String> flawOfProblem(HttpResponse<String> answer) {
        var type = answer.headers().firstValue("Content-Type").orElse("");
        if (!type.startsWith("application/problem+json")) {
            return Optional.of(answer.statusCode() + " is " + type + ": " + answer.body());
        }
        try {
            var problem = json.readTree(answer.body());
            boolean whole =
                    problem.path("type").asText().startsWith("urn:panacall:problem:")
                            && problem.path("status").asInt() == answer.statusCode()
                            && !problem.path("title").asText().isEmpty()
                            && !problem.path("hint").asText().isEmpty();
            return whole ? Optional.empty() : Optional.of("half a problem: " + answer.body());
        } catch (IOException garbled) {
            return Optional.of("no JSON: " + answer.body());
        }
    }

    private static HttpRequest request(Clinic clinic, RestCases.Case one, String token) {
        var body =
                one.body() == null
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofByteArray(
                                one.body().getBytes(StandardCharsets.ISO_8859_1));
        var request = builder(clinic, one.path(), token).method(one.method(), body);
        one.headers().forEach(request::setHeader);
        return request.build();
    }

    private static HttpRequest get(Clinic clinic, String path, String token) {
        return builder(clinic, path, token).build();
    }

    private static HttpRequest.Builder builder(Clinic clinic, String path, String token) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + clinic.webPort() + path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token);
    }

    private static HttpResponse<String> send(HttpClient http, HttpRequest request)
            throws IOException, InterruptedException {
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
