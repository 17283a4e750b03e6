// SPDX-License-Identifier: Apache-2.0
package org.panacall.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The chart renders, lints and keeps the promises that operators rely on. */
class ChartTest {

    private static final YAMLMapper YAML = new YAMLMapper(new YAMLFactory());

    private static List<JsonNode> documents(Map<String, String> values) throws IOException {
        var rendered = Chart.render(values);
        var parser = YAML.getFactory().createParser(rendered);
        var documents = new ArrayList<JsonNode>();
        YAML.readValues(parser, JsonNode.class).forEachRemaining(documents::add);
        documents.removeIf(document -> document == null || document.isNull());
        return documents;
    }

    private static List<JsonNode> workloads() throws IOException {
        var kinds = Set.of("Deployment", "StatefulSet", "DaemonSet");
        return documents(Map.of()).stream()
                .filter(document -> kinds.contains(document.path("kind").asText()))
                .toList();
    }

    private static List<JsonNode> containers(JsonNode workload) {
        var list = workload.path("spec").path("template").path("spec").path("containers");
        return StreamSupport.stream(list.spliterator(), false).toList();
    }

    @Test
    void itLintsWithoutAWarning() {
        // When
        var result = Chart.helm().lint().strict().call();
        // Then
        assertFalse(result.isFailed(), () -> result.getMessages().toString());
    }

    @Test
    void everyServiceAndTheEdgeHaveAWorkload() throws IOException {
        // When
        var names =
                workloads().stream()
                        .map(workload -> workload.path("metadata").path("name").asText())
                        .collect(Collectors.toSet());
        // Then
        var expected =
                Set.of(
                        "directory",
                        "ivr",
                        "acd",
                        "reporting",
                        "recordings",
                        "desktop",
                        "sip-ingress",
                        "media",
                        "edge");
        assertEquals(expected.stream().map("panacall-"::concat).collect(Collectors.toSet()), names);
    }

    @Test
    void everyContainerIsProbedBoundedAndUnprivileged() throws IOException {
        for (var workload : workloads()) {
            var pod = workload.path("spec").path("template").path("spec");
            assertTrue(
                    pod.path("securityContext").path("runAsNonRoot").asBoolean(),
                    workload::toString);
            for (var container : containers(workload)) {
                var name = container.path("name").asText();
                var security = container.path("securityContext");
                assertTrue(security.path("readOnlyRootFilesystem").asBoolean(), name);
                assertFalse(security.path("allowPrivilegeEscalation").asBoolean(true), name);
                assertTrue(container.has("readinessProbe"), name);
                assertTrue(container.has("livenessProbe"), name);
                assertTrue(container.path("resources").path("limits").has("memory"), name);
                assertTrue(container.path("resources").path("requests").has("cpu"), name);
            }
        }
    }

    @Test
    void theEdgeUsesTheNodesNetwork() throws IOException {
        // When
        var edge =
                workloads().stream()
                        .filter(w -> w.path("metadata").path("name").asText().endsWith("-edge"))
                        .findFirst()
                        .orElseThrow();
        // Then
        var pod = edge.path("spec").path("template").path("spec");
        assertTrue(pod.path("hostNetwork").asBoolean());
    }

    @Test
    void mediaListensToCallersWhenItIsToldHow() throws IOException {
        // When
        var values = Map.of("media.models", "vosk", "media.recogniserUrl", "http://ears:9/");
        var without = documents(Map.of()).toString();
        var with = documents(values).toString();
        // Then
        assertFalse(without.contains("/models") || without.contains("MEDIA_LISTEN"), without);
        assertTrue(with.contains("\"claimName\":\"vosk\""), with);
        assertTrue(with.contains("PANACALL_MEDIA_LISTEN_MODELS"), with);
        assertTrue(with.contains("http://ears:9/"), with);
    }

    @Test
    void moreReplicasAreAllKnownToTheOthers() throws IOException {
        // When
        var settings =
                documents(Map.of("sipIngress.replicas", "3")).stream()
                        .filter(d -> d.path("metadata").path("name").asText().endsWith("-settings"))
                        .findFirst()
                        .orElseThrow();
        // Then
        var addresses = settings.path("data").path("PANACALL_SIP_INGRESS_ADDRESSES").asText();
        assertEquals(3, addresses.split(",").length, addresses);
        assertTrue(
                addresses.contains("panacall-sip-ingress-2.panacall-sip-ingress:9010"), addresses);
    }

    @Test
    void restartsOfRtpengineAreSeenThroughKamailioAndItsOwnHttpStaysOnItsNode() throws IOException {
        // When
        var documents = documents(Map.of());
        // Then
        var relay =
                documents.stream()
                        .map(d -> d.path("data").path("PANACALL_EDGE_RELAY_ADDRESS").asText())
                        .filter(address -> !address.isEmpty())
                        .toList();
        assertEquals(List.of("panacall-edge:5067/relay"), relay);
        var edge = serviceOf(documents, "panacall-edge");
        var ports = new ArrayList<Integer>();
        edge.path("spec").path("ports").forEach(port -> ports.add(port.path("port").asInt()));
        assertTrue(ports.contains(5067), ports::toString);
        assertFalse(ports.contains(2225), ports::toString);
        var hosts =
                documents.stream()
                        .filter(d -> d.path("data").has("PANACALL_EDGE_RTPENGINE_HOST"))
                        .toList();
        assertEquals(List.of(), hosts, "rtpengine listens to others than its own node");
    }

    private static JsonNode serviceOf(List<JsonNode> documents, String name) {
        return documents.stream()
                .filter(document -> document.path("kind").asText().equals("Service"))
                .filter(document -> document.path("metadata").path("name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theDashboardComesWhenAskedForAndIsValidJson() throws IOException {
        // Given
        var before = documents(Map.of()).size();
        // When
        var documents = documents(Map.of("dashboard.enabled", "true"));
        // Then
        assertEquals(before + 1, documents.size());
        var text =
                documents.stream()
                        .map(document -> document.path("data").path("panacall.json").asText())
                        .filter(json -> !json.isEmpty())
                        .findFirst()
                        .orElseThrow();
        var panels = new ObjectMapper().readTree(text).path("panels");
        assertTrue(panels.size() > 20, panels::toString);
    }

    @Test
    void noSecretStandsInTheManifests() throws IOException {
        // When
        var kinds = documents(Map.of()).stream().map(d -> d.path("kind").asText()).toList();
        // Then
        assertFalse(kinds.contains("Secret"), kinds::toString);
    }

    @Test
    void theManifestsForALaptopAreCurrent() throws IOException {
        // Given
        var manifests = Path.of("../k8s/panacall.yaml");
        var current = Chart.laptop();
        if (Boolean.getBoolean("k8s.write")) {
            Files.writeString(manifests, current);
        }
        // When
        var committed = Files.readString(manifests);
        // Then
        assertEquals(current, committed, "run `make k8s`");
    }
}
