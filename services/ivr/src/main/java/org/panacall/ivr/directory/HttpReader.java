// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.directory;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.panacall.flow.http.UrlTemplate;
import org.panacall.ivr.core.flow.Expression;
import org.panacall.ivr.core.flow.Step;
import org.panacall.ivr.core.flow.Variable;
import org.panacall.ivr.core.outside.HttpErrand;
import org.panacall.proto.directory.v1.Flow;
import org.panacall.proto.directory.v1.FlowVariable;
import org.panacall.proto.directory.v1.HttpMethod;
import org.panacall.proto.directory.v1.HttpStep;

/** Requests as they are drawn. */
final class HttpReader {

    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration WHOLE = Duration.ofSeconds(5);

    /** So much longer than the request may take is waited for its outcome. */
    private static final Duration MARGIN = Duration.ofSeconds(1);

    private final Flow flow;
    private final Function<String, Expression> expressions;

    HttpReader(Flow flow, Function<String, Expression> expressions) {
        this.flow = flow;
        this.expressions = expressions;
    }

    Step.Outside read(HttpStep drawn) {
        var url = UrlTemplate.of(drawn.getUrl());
        var terms =
                new HttpErrand.Terms(
                        drawn.hasConnectTimeout()
                                ? Prompts.duration(drawn.getConnectTimeout())
                                : CONNECT,
                        drawn.hasTimeout() ? Prompts.duration(drawn.getTimeout()) : WHOLE,
                        drawn.getRetries(),
                        drawn.getRedirects());
        var errand =
                new HttpErrand(
                        new HttpErrand.Target(method(drawn.getMethod()), url.literals()),
                        new HttpErrand.Secrets(
                                new TreeMap<>(drawn.getSecretHeadersMap()),
                                given(drawn.getSignWith())),
                        wanted(drawn),
                        terms);
        return new Step.Outside(
                errand,
                arguments(drawn, url.expressions()),
                terms.whole().plus(MARGIN),
                drawn.getAhead());
    }

    private TreeMap<String, Expression> arguments(HttpStep drawn, List<String> url) {
        var arguments = new TreeMap<String, Expression>();
        for (int i = 0; i < url.size(); i++) {
            arguments.put(HttpErrand.URL + i, expressions.apply(url.get(i)));
        }
        drawn.getHeadersMap()
                .forEach(
                        (name, source) ->
                                arguments.put(HttpErrand.HEADER + name, expressions.apply(source)));
        drawn.getBodyMap()
                .forEach(
                        (name, source) ->
                                arguments.put(HttpErrand.BODY + name, expressions.apply(source)));
        return arguments;
    }

    private HttpErrand.Wanted wanted(HttpStep drawn) {
        var values = new TreeMap<String, HttpErrand.Place>();
        drawn.getResultsMap()
                .forEach(
                        (variable, pointer) ->
                                values.put(
                                        variable, new HttpErrand.Place(pointer, kind(variable))));
        return new HttpErrand.Wanted(values, given(drawn.getStatus()));
    }

    private Variable.Kind kind(String variable) {
        return flow.getVariablesList().stream()
                .filter(one -> one.getName().equals(variable))
                .map(FlowVariable::getKind)
                .map(FlowReader::kind)
                .findFirst()
                .orElse(Variable.Kind.TEXT);
    }

    private static String method(HttpMethod method) {
        return switch (method) {
            case HTTP_METHOD_UNSPECIFIED, HTTP_METHOD_GET, UNRECOGNIZED -> "GET";
            case HTTP_METHOD_POST -> "POST";
            case HTTP_METHOD_PUT -> "PUT";
            case HTTP_METHOD_PATCH -> "PATCH";
            case HTTP_METHOD_DELETE -> "DELETE";
        };
    }

    private static Optional<String> given(String text) {
        return Optional.of(text).filter(one -> !one.isEmpty());
    }
}
