// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.edge;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.panacall.acd.edge.Registrations.Device;

/** The locations of one Kamailio, by JSON-RPC over HTTP (modules jsonrpcs and usrloc). Blocks. */
final class LocationRpc implements AutoCloseable {

    private static final String DUMP = "{\"jsonrpc\":\"2.0\",\"method\":\"ul.dump\",\"id\":1}";
    private static final Duration PERMANENT = Duration.ofDays(1);
    private static final int OK = 200;

    private final HttpClient http;
    private final JsonMapper json = new JsonMapper();
    private final HttpRequest request;

    LocationRpc(URI address, String token, Duration timeout) {
        http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(timeout)
                        .build();
        request =
                HttpRequest.newBuilder(address)
                        .timeout(timeout)
                        .header("Content-Type", "application/json")
                        .header("Authorization", "Bearer " + token)
                        .POST(HttpRequest.BodyPublishers.ofString(DUMP))
                        .build();
    }

    /** How long each registered device stays so; the longest of its contacts counts. */
    Map<Device, Duration> read() throws IOException, InterruptedException {
        var response = http.send(request, BodyHandlers.ofString());
        if (response.statusCode() != OK) {
            throw new IOException("the edge answers " + response.statusCode());
        }
        try {
            return devices(json.readTree(response.body()));
        } catch (JacksonException torn) {
            // The message may hold numbers, so it goes no further.
            throw new IOException("the edge answers what is no JSON");
        }
    }

    static Map<Device, Duration> devices(JsonNode answer) throws IOException {
        if (!answer.has("result")) {
            throw new IOException("the edge answers without a result");
        }
        var devices = new HashMap<Device, Duration>();
        for (var domain : answer.path("result").path("Domains")) {
            for (var record : domain.path("Domain").path("AoRs")) {
                var location = record.path("Info");
                var device = Device.of(location.path("AoR").asText());
                for (var contact : location.path("Contacts")) {
                    var lease = lease(contact.path("Contact").path("Expires"));
                    devices.merge(device, lease, LocationRpc::longer);
                }
            }
        }
        devices.values().removeIf(lease -> !lease.isPositive());
        return devices;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    /** Seconds left, or a word: "permanent", "deleted", "expired". */
    private static Duration lease(JsonNode expires) {
        if (expires.asText().equals("permanent")) {
            return PERMANENT;
        }
        return Duration.ofSeconds(expires.asLong(0));
    }

    @Override
    public void close() {
        http.close();
    }
}
