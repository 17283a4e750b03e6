// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.outside.http;

import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;
import org.panacall.flow.http.UrlTemplate;
import org.panacall.ivr.Clinics;
import org.panacall.ivr.core.id.TenantId;
import org.panacall.ivr.core.outside.HttpErrand;
import org.panacall.ivr.core.outside.Question;

/** Makes requests of what was computed for a caller and what the tenant keeps secret. */
final class Requests {

    private static final int HEADER_MAX = 1_000;

    private final Clinics clinics;
    private final InstantSource clock;

    Requests(Clinics clinics, InstantSource clock) {
        this.clinics = clinics;
        this.clock = clock;
    }

    Hop first(HttpErrand errand, Question question, TenantId tenant) throws HttpFault {
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        headers.put("Accept", "application/json");
        headers.put("Accept-Encoding", "identity");
        headers.put("User-Agent", "Panacall");
        var method = errand.target().method();
        if (!method.equals("GET")) {
            headers.put("Idempotency-Key", question.key());
        }
        var body = Buffer.buffer();
        if (method.startsWith("P")) {
            body = Json.body(question.arguments());
            headers.put("Content-Type", "application/json");
        }
        for (var argument : question.arguments().entrySet()) {
            if (argument.getKey().startsWith(HttpErrand.HEADER)) {
                var name = argument.getKey().substring(HttpErrand.HEADER.length());
                headers.put(name, sound(String.valueOf(argument.getValue())));
            }
        }
        return secured(new Hop(method, uri(errand, question), headers, body), errand, tenant);
    }

    /** Where a server leads to. What is secret is for the server that was asked first, alone. */
    Hop redirected(Hop from, String location, Hop first, HttpErrand errand, TenantId tenant)
            throws HttpFault {
        URI to;
        try {
            to = UrlTemplate.sound(from.uri().resolve(location).toString());
        } catch (IllegalArgumentException nonsense) {
            throw HttpFault.wrong("redirect-unsound");
        }
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(from.headers());
        errand.secrets().headers().keySet().forEach(headers::remove);
        headers.remove(Signature.TIMESTAMP);
        headers.remove(Signature.HEADER);
        var hop = new Hop(from.method(), to, headers, from.body());
        return Hop.server(to).equals(Hop.server(first.uri())) ? secured(hop, errand, tenant) : hop;
    }

    private static URI uri(HttpErrand errand, Question question) throws HttpFault {
        var values = new ArrayList<String>();
        for (int i = 0; i + 1 < errand.target().url().size(); i++) {
            values.add(String.valueOf(question.arguments().get(HttpErrand.URL + i)));
        }
        try {
            return UrlTemplate.filled(errand.target().url(), values);
        } catch (IllegalArgumentException nonsense) {
            throw HttpFault.wrong("url-unsound");
        }
    }

    private Hop secured(Hop hop, HttpErrand errand, TenantId tenant) throws HttpFault {
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(hop.headers());
        for (Map.Entry<String, String> one : errand.secrets().headers().entrySet()) {
            headers.put(one.getKey(), sound(secret(tenant, one.getValue())));
        }
        if (errand.secrets().signature().isPresent()) {
            var secret = secret(tenant, errand.secrets().signature().get());
            var now = clock.instant();
            var body = hop.body().getBytes();
            headers.put(Signature.TIMESTAMP, Long.toString(now.getEpochSecond()));
            headers.put(
                    Signature.HEADER, Signature.of(secret, now, hop.method(), hop.path(), body));
        }
        return new Hop(hop.method(), hop.uri(), headers, hop.body());
    }

    private String secret(TenantId tenant, String name) throws HttpFault {
        return clinics.secret(tenant, name).orElseThrow(() -> HttpFault.wrong("secret-unknown"));
    }

    /** Nothing that would begin another header. */
    private static String sound(String value) throws HttpFault {
        if (value.length() > HEADER_MAX
                || value.chars().anyMatch(one -> one < 0x20 || one > 0x7e)) {
            throw HttpFault.wrong("header-unsound");
        }
        return value;
    }
}
