// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.hostile;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** The operations that a live OpenAPI document names, with all that can be put into them. */
public record OpenApi(List<Operation> operations) {

    private static final List<String> METHODS = List.of("get", "post", "put", "patch", "delete");

    /**
     * What can be asked.
     *
     * @param fields of the body with their types; empty when there is no body
     */
    public record Operation(
            String method, String path, List<Parameter> parameters, Map<String, String> fields) {

        public boolean hasBody() {
            return !fields.isEmpty();
        }
    }

    /** A parameter and where it stands: path, query or header. */
    public record Parameter(String name, String in) {}

    public static OpenApi of(JsonNode document) {
        var operations = new ArrayList<Operation>();
        document.path("paths")
                .properties()
                .forEach(
                        path -> {
                            for (var method : METHODS) {
                                var node = path.getValue().path(method);
                                if (node.isMissingNode()) continue;
                                operations.add(operation(document, path, method, node));
                            }
                        });
        return new OpenApi(operations);
    }

    private static Operation operation(
            JsonNode document, Map.Entry<String, JsonNode> path, String method, JsonNode node) {
        var parameters = new ArrayList<Parameter>();
        for (var list : List.of(path.getValue().path("parameters"), node.path("parameters"))) {
            StreamSupport.stream(list.spliterator(), false)
                    .map(parameter -> resolved(document, parameter))
                    .map(one -> new Parameter(one.path("name").asText(), one.path("in").asText()))
                    .forEach(parameters::add);
        }
        var body = node.at("/requestBody/content/application~1json/schema");
        var fields = new java.util.LinkedHashMap<String, String>();
        resolved(document, body)
                .path("properties")
                .properties()
                .forEach(
                        field ->
                                fields.put(field.getKey(), field.getValue().path("type").asText()));
        return new Operation(method.toUpperCase(), path.getKey(), parameters, fields);
    }

    private static JsonNode resolved(JsonNode document, JsonNode node) {
        var reference = node.path("$ref").asText("");
        return reference.isEmpty() ? node : document.at(reference.substring(1));
    }
}
