// SPDX-License-Identifier: Apache-2.0
package org.panacall.flow.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The schema admits the documents that there are, and refuses what reading refuses. */
class FlowSchemaTest {

    private static final Path EXAMPLES = Path.of("../../services/ivr/src/test/flows");
    private static final JsonMapper YAML = JsonMapper.builder(new YAMLFactory()).build();

    private final Map<String, Object> schema = FlowSchema.tree();

    @Test
    void everyExampleFits() throws IOException {
        try (var files = Files.list(EXAMPLES)) {
            var all = files.toList();
            assertTrue(all.size() >= 10, all.toString());
            for (var file : all) {
                assertEquals(List.of(), misfits(Files.readString(file)), file.toString());
            }
        }
    }

    @Test
    void strangersAreNamed() throws IOException {
        var misfits =
                misfits(
                        """
                        name: Bye
                        entry: bye
                        colour: red
                        steps:
                          - { id: bye, hangUp: { why: closed } }
                          - { id: two, echo: {}, wait: { time: long } }
                          - { id: none }
                        """);
        assertEquals(
                List.of(
                        ".colour",
                        ".steps[0].hangUp.why",
                        ".steps[1].wait.time",
                        ".steps[1]",
                        ".steps[2]"),
                misfits);
    }

    @Test
    void whatIsExportedFits() throws IOException {
        var flow = FlowDocument.read(Files.readString(EXAMPLES.resolve("main-menu.yaml"))).flow();
        assertEquals(List.of(), misfits(FlowDocument.yaml(flow)));
        assertFalse(((Map<?, ?>) schema.get("$defs")).isEmpty());
    }

    private List<String> misfits(String document) throws IOException {
        var misfits = new ArrayList<String>();
        look("", YAML.readValue(document, Map.class), schema, misfits);
        return misfits;
    }

    /** As much of the standard as the schema makes use of. */
    private void look(String at, Object value, Map<?, ?> rule, List<String> misfits) {
        if (rule.get("$ref") instanceof String name) {
            var known = (Map<?, ?>) schema.get("$defs");
            look(at, value, (Map<?, ?>) known.get(name.substring(8)), misfits);
            return;
        }
        var fits =
                switch (String.valueOf(rule.get("type"))) {
                    case "object" -> value instanceof Map;
                    case "array" -> value instanceof List;
                    case "string" ->
                            value instanceof String text
                                    && (rule.get("pattern") == null
                                            || text.matches((String) rule.get("pattern")));
                    case "boolean" -> value instanceof Boolean;
                    case "integer" -> value instanceof Integer;
                    default -> ((List<?>) rule.get("enum")).contains(value);
                };
        if (!fits) {
            misfits.add(at);
            return;
        }
        if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                look(at + "[" + i + "]", list.get(i), (Map<?, ?>) rule.get("items"), misfits);
            }
        }
        if (value instanceof Map<?, ?> tree) {
            fields(at, tree, rule, misfits);
        }
    }

    private void fields(String at, Map<?, ?> tree, Map<?, ?> rule, List<String> misfits) {
        tree.forEach(
                (name, value) -> {
                    var here = at + "." + name;
                    if (rule.get("properties") instanceof Map<?, ?> known
                            && known.get(name) instanceof Map<?, ?> field) {
                        look(here, value, field, misfits);
                    } else if (rule.get("additionalProperties") instanceof Map<?, ?> any) {
                        look(here, value, any, misfits);
                    } else {
                        misfits.add(here);
                    }
                });
        if (rule.get("oneOf") instanceof List<?> kinds) {
            var given =
                    kinds.stream()
                            .map(kind -> ((List<?>) ((Map<?, ?>) kind).get("required")).getFirst())
                            .filter(tree::containsKey)
                            .count();
            if (given != 1) {
                misfits.add(at);
            }
        }
    }
}
