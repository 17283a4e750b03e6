// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.hostile;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.panacall.simkit.Dice;
import org.panacall.tests.hostile.OpenApi.Operation;

/** Requests that are wrong in one place each, made from an OpenAPI document. */
public final class RestCases {

    /** Stands in every wrong value, so that an answer that repeats it is found. */
    public static final String MARKER = "79165550199";

    private static final List<String> METHODS =
            List.of("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD", "PROPFIND");
    private static final List<String> CONTENT_TYPES =
            List.of("text/plain", "application/xml", "multipart/form-data", "a/b;c=\"", "json", "");
    private static final List<String> TEXTS =
            List.of(
                    MARKER,
                    MARKER + "x".repeat(3_000),
                    MARKER + "\0\u0001\u001f\u007f",
                    MARKER + "\ud83d\ude00\u200f\u202e\u05d0",
                    MARKER + "' OR 1=1; --",
                    MARKER + "<script>alert(1)</script>",
                    "../../../etc/" + MARKER,
                    MARKER + "%00%ff%s%n${jndi:ldap://h}",
                    "-" + MARKER,
                    "1e309",
                    "999999999999999999999",
                    "-1",
                    "0",
                    "NaN",
                    "true",
                    "2026-13-45T99:99:99Z",
                    "+999999999-12-31T23:59:59Z",
                    "eyJhIjo" + MARKER);

    /** Values of JSON that are no strings, or no JSON at all. */
    private static final List<String> RAW =
            List.of(
                    "null",
                    "true",
                    "-1",
                    "1e999",
                    "123456789012345678901234567890",
                    "[]",
                    "{}",
                    "[[[[1]]]]",
                    "\"\"",
                    "\"\\ud800\"",
                    "\"\\u0000\"",
                    "NaN",
                    "'x'",
                    "");

    private final Dice dice;
    private final Map<String, String> sound;

    /**
     * A request.
     *
     * @param what is wrong, in words for the report
     * @param body one char a byte; null for none
     */
    public record Case(
            String method, String path, Map<String, String> headers, String body, String what) {

        @Override
        public String toString() {
            return method + " " + path.split("\\?")[0] + " with " + what;
        }
    }

    /**
     * @param sound values by name, with which a request does no harm
     */
    public RestCases(Dice dice, Map<String, String> sound) {
        this.dice = dice;
        this.sound = sound;
    }

    public List<Case> of(OpenApi api) {
        var cases = new ArrayList<Case>();
        for (var operation : api.operations()) {
            methods(operation, cases);
            parameters(operation, cases);
            if (operation.hasBody()) bodies(operation, cases);
        }
        return cases;
    }

    private void methods(Operation operation, List<Case> cases) {
        for (var method : METHODS) {
            // The operation's own method would do what it is there for.
            if (method.equals(operation.method()) && operation.hasBody()) continue;
            var body = method.equals("GET") || method.equals("HEAD") ? null : "{}";
            var headers = headers(operation);
            cases.add(new Case(method, path(operation, "", ""), headers, body, "method"));
        }
    }

    private void parameters(Operation operation, List<Case> cases) {
        for (var parameter : operation.parameters()) {
            for (var text : TEXTS) {
                var what = parameter.in() + " " + parameter.name() + "=" + shown(text);
                if (parameter.in().equals("header")) {
                    var headers = new LinkedHashMap<>(headers(operation));
                    headers.put(parameter.name(), text.replaceAll("[^ -~]", "?"));
                    cases.add(request(operation, "", "", headers, what));
                } else {
                    var headers = headers(operation);
                    cases.add(request(operation, parameter.name(), encoded(text), headers, what));
                }
            }
            for (var raw : List.of("", "%ff%fe", "%c0%80", "%ed%a0%80", "a&a&a=", "%2e%2e%2f")) {
                if (parameter.in().equals("header")) continue;
                var what = parameter.in() + " " + parameter.name() + "=" + raw;
                cases.add(request(operation, parameter.name(), raw, headers(operation), what));
            }
        }
    }

    private Case request(
            Operation operation,
            String name,
            String value,
            Map<String, String> headers,
            String what) {
        var body = operation.hasBody() ? body(operation, "", "") : null;
        return new Case(operation.method(), path(operation, name, value), headers, body, what);
    }

    private void bodies(Operation operation, List<Case> cases) {
        for (var field : operation.fields().keySet()) {
            for (var text : TEXTS) {
                var value = dice.chance(0.5) ? escaped(text) : quoted(text);
                cases.add(
                        post(operation, body(operation, field, value), field + "=" + shown(text)));
            }
            for (var raw : RAW) {
                cases.add(post(operation, body(operation, field, raw), field + "=" + raw));
            }
            cases.add(post(operation, body(operation, field, null), field + " missing"));
            var twice = body(operation, "", "").replaceFirst("\\{", "{\"" + field + "\":1,");
            cases.add(post(operation, twice, field + " twice"));
        }
        for (var whole : wholes(operation))
            cases.add(post(operation, whole, "body " + shown(whole)));
        for (var type : CONTENT_TYPES) {
            var headers = new LinkedHashMap<>(headers(operation));
            headers.remove("Content-Type");
            if (!type.isEmpty()) headers.put("Content-Type", type);
            var body = body(operation, "", "");
            var path = path(operation, "", "");
            cases.add(new Case(operation.method(), path, headers, body, "content type " + type));
        }
    }

    private List<String> wholes(Operation operation) {
        var sound = body(operation, "", "");
        return List.of(
                "",
                "null",
                "[]",
                "\"" + MARKER + "\"",
                "{",
                sound.substring(1),
                sound + sound,
                "{\"" + "f".repeat(2_000) + "\":1}",
                "{\"" + MARKER + "\":1}",
                "\u00ff\u00fe{}",
                "{\"a\":\"\u00c0\u0080\"}",
                "[".repeat(5_000),
                "{\"a\":".repeat(3_000),
                "{\"a\":\"" + "x".repeat(60_000) + "\"}",
                "{\"a\":\"" + "x".repeat(1_000_000) + "\"}");
    }

    private Case post(Operation operation, String body, String what) {
        var path = path(operation, "", "");
        return new Case(operation.method(), path, headers(operation), body, what);
    }

    /** Of a sound request: the content's type, and what the operation must be told. */
    private Map<String, String> headers(Operation operation) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("Content-Type", "application/json");
        operation.parameters().stream()
                .filter(one -> one.in().equals("header") && sound.containsKey(one.name()))
                .forEach(one -> headers.put(one.name(), sound.get(one.name())));
        return headers;
    }

    /** The path with sound values, but for one; a query has only that one. */
    private String path(Operation operation, String name, String value) {
        var path = operation.path();
        var query = "";
        for (var parameter : operation.parameters()) {
            boolean wrong = parameter.name().equals(name);
            if (parameter.in().equals("path")) {
                var shown = wrong ? value : sound.getOrDefault(parameter.name(), "x");
                path = path.replace("{" + parameter.name() + "}", shown);
            } else if (wrong) {
                query = "?" + name + "=" + value;
            }
        }
        return path + query;
    }

    private String body(Operation operation, String name, String value) {
        return operation.fields().keySet().stream()
                .filter(field -> !field.equals(name) || value != null)
                .map(
                        field ->
                                "\""
                                        + field
                                        + "\":"
                                        + (field.equals(name)
                                                ? value
                                                : "\"" + sound.getOrDefault(field, "x") + "\""))
                .collect(Collectors.joining(",", "{", "}"));
    }

    /** All but plain ASCII by its number. */
    private static String escaped(String text) {
        var json = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                json.append("\\u%04x".formatted((int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }

    /** As it is, control characters and all. */
    private static String quoted(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        return "\"" + new String(bytes, StandardCharsets.ISO_8859_1) + "\"";
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String shown(String text) {
        var plain = text.replaceAll("[^ -~]", "?");
        return plain.length() > 40 ? plain.substring(0, 40) + "... " + text.length() : plain;
    }
}
