// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.edge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The hash tables of one Kamailio, by JSON-RPC over HTTP (modules jsonrpcs and htable). Blocks; for
 * one thread.
 */
final class EdgeRpc implements AutoCloseable {

    private final HttpClient http;
    private final JsonMapper json = new JsonMapper();
    private final URI address;
    private final String token;
    private final Duration timeout;

    EdgeRpc(URI address, String token, Duration timeout) {
        this.address = address;
        this.token = token;
        this.timeout = timeout;
        http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(timeout)
                        .build();
    }

    /** The value of a key; empty when there is none. */
    Optional<String> get(String table, String key) throws IOException, InterruptedException {
        var answer = call("htable.get", List.of(table, key));
        return answer.has("error")
                ? Optional.empty()
                : Optional.of(answer.path("result").path("item").path("value").asText());
    }

    void set(String table, String key, String value) throws IOException, InterruptedException {
        required(call("htable.sets", List.of(table, key, value)));
    }

    void delete(String table, String key) throws IOException, InterruptedException {
        required(call("htable.delete", List.of(table, key)));
    }

    /** All keys of a table. */
    Set<String> keys(String table) throws IOException, InterruptedException {
        var keys = new TreeSet<String>();
        for (var entry : required(call("htable.dump", List.of(table)))) {
            for (var slot : entry.path("slot")) {
                keys.add(slot.path("name").asText());
            }
        }
        return keys;
    }

    private JsonNode call(String method, List<String> parameters)
            throws IOException, InterruptedException {
        var body = json.createObjectNode().put("jsonrpc", "2.0").put("method", method).put("id", 1);
        parameters.forEach(body.putArray("params")::add);
        var request =
                HttpRequest.newBuilder(address)
                        .timeout(timeout)
                        .header("Content-Type", "application/json")
                        .header("Authorization", "Bearer " + token)
                        .POST(HttpRequest.BodyPublishers.ofString(json.writeValueAsString(body)))
                        .build();
        var response = answer(request);
        if (response.statusCode() == 401 || response.statusCode() == 403) {
            throw new IOException("the edge refuses panacall.edge.rpc-token");
        }
        return json.readTree(response.body());
    }

    /** Kamailio closes quiet connections; what is asked here can be asked twice. */
    private HttpResponse<String> answer(HttpRequest request)
            throws IOException, InterruptedException {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException closed) {
            return http.send(request, BodyHandlers.ofString());
        }
    }

    /** The error's text is Kamailio's own and holds no values. */
    private static JsonNode required(JsonNode answer) throws IOException {
        if (!answer.has("result")) {
            throw new IOException("the edge answered " + answer.path("error").path("message"));
        }
        return answer.get("result");
    }

    @Override
    public void close() {
        http.close();
    }
}
