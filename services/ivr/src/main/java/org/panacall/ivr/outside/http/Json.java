// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.outside.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.pointer.JsonPointer;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.panacall.ivr.core.flow.Variable;
import org.panacall.ivr.core.outside.HttpErrand;

/** Bodies of requests, and what answers say. */
final class Json {

    private static final int TEXT_MAX = 1_000;

    private Json() {}

    /** A JSON object of the arguments that are for the body. */
    static Buffer body(SortedMap<String, Object> arguments) {
        var body = new JsonObject();
        arguments.forEach(
                (name, value) -> {
                    if (!name.startsWith(HttpErrand.BODY)) {
                        return;
                    }
                    var member = name.substring(HttpErrand.BODY.length());
                    if (member.startsWith("/")) {
                        JsonPointer.from(member).writeJson(body, value, true);
                    } else {
                        body.put(member, value);
                    }
                });
        return body.toBuffer();
    }

    /**
     * The values of variables; empty when the answer is not what was asked for.
     *
     * @param wanted variable → where its value is
     */
    static Optional<TreeMap<String, String>> values(
            Buffer answer, SortedMap<String, HttpErrand.Place> wanted) {
        var values = new TreeMap<String, String>();
        if (wanted.isEmpty()) {
            return Optional.of(values);
        }
        Object tree;
        try {
            tree = io.vertx.core.json.Json.decodeValue(answer);
        } catch (DecodeException nonsense) {
            return Optional.empty();
        }
        for (var one : wanted.entrySet()) {
            var found = JsonPointer.from(one.getValue().pointer()).queryJson(tree);
            var value = text(found, one.getValue().kind());
            if (value.isEmpty()) {
                return Optional.empty();
            }
            values.put(one.getKey(), value.get());
        }
        return Optional.of(values);
    }

    /** What is not there is empty; what is of another kind has no text. */
    private static Optional<String> text(Object found, Variable.Kind kind) {
        return switch (kind) {
            case TEXT ->
                    switch (found) {
                        case null -> Optional.of("");
                        case String text -> Optional.of(text).filter(Json::isPlain);
                        case Number number when isFinite(number) -> Optional.of(plain(number));
                        case Boolean is -> Optional.of(is.toString());
                        default -> Optional.empty();
                    };
            case NUMBER ->
                    switch (found) {
                        case null -> Optional.of("0");
                        case String text -> whole(text);
                        case Number number when isFinite(number) -> whole(plain(number));
                        default -> Optional.empty();
                    };
            case YES_NO ->
                    switch (found) {
                        case null -> Optional.of("false");
                        case Boolean is -> Optional.of(is.toString());
                        default -> Optional.empty();
                    };
        };
    }

    private static boolean isPlain(String text) {
        return text.length() <= TEXT_MAX && text.chars().noneMatch(Character::isISOControl);
    }

    private static boolean isFinite(Number number) {
        return Double.isFinite(number.doubleValue());
    }

    private static String plain(Number number) {
        return number instanceof Double || number instanceof Float
                ? new BigDecimal(number.toString()).stripTrailingZeros().toPlainString()
                : number.toString();
    }

    private static Optional<String> whole(String text) {
        return text.matches("-?[0-9]{1,18}") ? Optional.of(text) : Optional.empty();
    }
}
