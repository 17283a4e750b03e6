// SPDX-License-Identifier: Apache-2.0
package org.panacall.flow.check;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.panacall.flow.expression.ValueKind;
import org.panacall.flow.http.UrlTemplate;
import org.panacall.proto.directory.v1.HttpMethod;
import org.panacall.proto.directory.v1.HttpStep;

/** What requests of flows must be. */
final class HttpChecks {

    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,63}");
    private static final Pattern SECRET = Pattern.compile("[a-z][a-z0-9-]{0,39}");
    private static final Pattern POINTER = Pattern.compile("(/([^~/]|~[01])*){0,16}");
    private static final int POINTER_MAX = 200;
    private static final int COUNT_MAX = 50;
    private static final int MORE_MAX = 3;

    /** Made by whoever sends. */
    private static final Set<String> OURS =
            new TreeSet<>(
                    Set.of(
                            "host",
                            "connection",
                            "content-length",
                            "content-type",
                            "transfer-encoding",
                            "te",
                            "trailer",
                            "upgrade",
                            "expect",
                            "accept-encoding",
                            "idempotency-key",
                            "panacall-timestamp",
                            "panacall-signature"));

    private final FlowAround around;
    private final Findings findings;
    private final StepChecks values;

    HttpChecks(FlowAround around, Findings findings, StepChecks values) {
        this.around = around;
        this.findings = findings;
        this.values = values;
    }

    void check(String at, HttpStep http) {
        url(at + ".url", http.getUrl());
        http.getHeadersMap()
                .forEach(
                        (name, value) -> {
                            header(at + ".headers." + name, name);
                            values.anyValue(at + ".headers." + name, value);
                        });
        http.getSecretHeadersMap()
                .forEach(
                        (name, secret) -> {
                            header(at + ".secretHeaders." + name, name);
                            secret(at + ".secretHeaders." + name, secret);
                        });
        if (!http.getSignWith().isEmpty()) {
            secret(at + ".signWith", http.getSignWith());
        }
        body(at + ".body", http);
        http.getResultsMap()
                .forEach(
                        (variable, pointer) -> {
                            values.known(at + ".results." + variable, variable);
                            pointer(at + ".results." + variable, pointer);
                        });
        if (!http.getStatus().isEmpty()) {
            values.variable(at + ".status", http.getStatus(), ValueKind.NUMBER);
        }
        findings.wait(at + ".connectTimeout", http.getConnectTimeout(), 10);
        findings.wait(at + ".timeout", http.getTimeout(), 20);
        findings.between(at + ".retries", http.getRetries(), 0, MORE_MAX);
        findings.between(at + ".redirects", http.getRedirects(), 0, MORE_MAX);
        findings.atMost(at + ".results", "variables", http.getResultsCount(), COUNT_MAX);
        findings.atMost(at + ".headers", "headers", http.getHeadersCount(), COUNT_MAX);
        findings.atMost(at + ".body", "members", http.getBodyCount(), COUNT_MAX);
    }

    private void url(String at, String url) {
        try {
            var template = UrlTemplate.of(url);
            template.expressions().forEach(expression -> values.anyValue(at, expression));
            if (!around.hosts().allows(template.origin())) {
                findings.add(
                        at, "this server may not be asked; add it to the clinic's outsideHosts");
            }
        } catch (IllegalArgumentException fault) {
            findings.add(at, fault.getMessage());
        }
    }

    private void body(String at, HttpStep http) {
        var sends =
                switch (http.getMethod()) {
                    case HTTP_METHOD_POST, HTTP_METHOD_PUT, HTTP_METHOD_PATCH -> true;
                    default -> false;
                };
        if (!sends && http.getBodyCount() > 0) {
            findings.add(at, "is for post, put and patch");
        }
        http.getBodyMap()
                .forEach(
                        (name, value) -> {
                            if (name.startsWith("/")) {
                                pointer(at + "." + name, name);
                            }
                            values.anyValue(at + "." + name, value);
                        });
        if (http.getRedirects() > 0
                && http.getMethod() != HttpMethod.HTTP_METHOD_GET
                && http.getMethod() != HttpMethod.HTTP_METHOD_UNSPECIFIED) {
            findings.add(at.replaceFirst("body$", "redirects"), "are followed of get alone");
        }
    }

    private void header(String at, String name) {
        if (!HEADER.matcher(name).matches()) {
            findings.add(at, "must be a header's name, like X-Clinic");
        } else if (OURS.contains(name.toLowerCase(java.util.Locale.ROOT))) {
            findings.add(at, "is set by us; leave it out");
        }
    }

    private void secret(String at, String name) {
        if (!SECRET.matcher(name).matches()) {
            findings.add(at, "must be a secret's name: lower case letters, digits and -");
        }
    }

    void pointer(String at, String pointer) {
        if (pointer.length() > POINTER_MAX || !POINTER.matcher(pointer).matches()) {
            findings.add(at, "must be a JSON pointer like /patient/doctor");
        }
    }
}
