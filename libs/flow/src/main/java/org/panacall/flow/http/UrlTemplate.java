// SPDX-License-Identifier: Apache-2.0
package org.panacall.flow.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.panacall.flow.expression.TextTemplate;

/**
 * An address with expressions in braces. Values are percent-encoded, so that none of them leads
 * elsewhere; the host has none.
 *
 * @param literals what stands around the expressions, one more than those
 */
public record UrlTemplate(List<String> literals, List<String> expressions) {

    private static final int LENGTH_MAX = 1_000;
    private static final int EXPRESSIONS_MAX = 20;
    private static final String UNRESERVED =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

    public UrlTemplate {
        literals = List.copyOf(literals);
        expressions = List.copyOf(expressions);
    }

    /**
     * @throws IllegalArgumentException when it is no such address; the message says what to do
     */
    public static UrlTemplate of(String source) {
        if (source.isBlank() || source.length() > LENGTH_MAX) {
            throw new IllegalArgumentException("must have 1 to " + LENGTH_MAX + " characters");
        }
        var text = TextTemplate.of(source);
        var template = new UrlTemplate(text.literals(), text.expressions());
        template.check();
        return template;
    }

    private void check() {
        if (expressions.size() > EXPRESSIONS_MAX) {
            throw new IllegalArgumentException(
                    "has more than " + EXPRESSIONS_MAX + " expressions; split it");
        }
        if (!expressions.isEmpty() && !literals.getFirst().matches("https?://[^/?#]+[/?].*")) {
            throw new IllegalArgumentException(
                    "must begin like https://mis.clinic.ru/, without expressions in the host");
        }
        origin();
    }

    /** Without what expressions give. */
    public URI origin() {
        return sound(String.join("x", literals));
    }

    /**
     * The address for these values.
     *
     * @throws IllegalArgumentException when a value would lead elsewhere
     */
    public static URI filled(List<String> literals, List<String> values) {
        var url = new StringBuilder(literals.getFirst());
        for (int i = 0; i < values.size(); i++) {
            var value = values.get(i);
            if (value.matches("\\.+")) {
                throw new IllegalArgumentException("a value would climb up the path");
            }
            url.append(encoded(value)).append(literals.get(i + 1));
        }
        return sound(url.toString());
    }

    /**
     * An address with a host, and nothing that servers read differently.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static URI sound(String url) {
        try {
            var uri = new URI(url);
            var scheme = uri.getScheme();
            if (!"https".equals(scheme) && !"http".equals(scheme)) {
                throw new IllegalArgumentException("must begin with https:// or http://");
            }
            if (uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
                throw new IllegalArgumentException("must have neither a user nor a # part");
            }
            if (uri.getHost() == null || !AllowedHosts.isHost(uri.getHost())) {
                throw new IllegalArgumentException("must have a host like mis.clinic.ru");
            }
            return uri;
        } catch (URISyntaxException fault) {
            throw new IllegalArgumentException(
                    "must be an address like https://mis.clinic.ru/path?name={variable}", fault);
        }
    }

    private static String encoded(String value) {
        var encoded = new StringBuilder();
        for (byte one : value.getBytes(StandardCharsets.UTF_8)) {
            if (one > 0 && UNRESERVED.indexOf(one) >= 0) {
                encoded.append((char) one);
            } else {
                encoded.append("%%%02X".formatted(one & 0xff));
            }
        }
        return encoded.toString();
    }
}
