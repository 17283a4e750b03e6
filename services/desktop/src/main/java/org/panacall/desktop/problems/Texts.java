// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.problems;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Refuses what no text of ours can hold, wherever it stands in a request: NUL, which PostgreSQL
 * does not take; and fields that are said twice, of which nobody knows which is meant.
 */
@Singleton
public class Texts implements ObjectMapperCustomizer {

    @Override
    public void customize(ObjectMapper mapper) {
        mapper.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
        mapper.registerModule(new SimpleModule().addDeserializer(String.class, new Text()));
    }

    @ServerRequestFilter
    public void check(UriInfo uri) {
        if (uri.getPath().indexOf('\0') >= 0) {
            throw Problem.mistake("path", "has a NUL in it");
        }
        uri.getQueryParameters()
                .forEach(
                        (name, values) -> {
                            if (values.stream().anyMatch(value -> value.indexOf('\0') >= 0)) {
                                throw Problem.mistake(ProblemAnswers.name(name), "has a NUL in it");
                            }
                        });
    }

    private static final class Text extends StringDeserializer {

        private static final long serialVersionUID = 1L;

        @Override
        public String deserialize(JsonParser parser, DeserializationContext context)
                throws IOException {
            var text = super.deserialize(parser, context);
            if (text != null && text.indexOf('\0') >= 0) {
                return (String) context.handleWeirdStringValue(String.class, "", "a NUL");
            }
            return text;
        }
    }
}
