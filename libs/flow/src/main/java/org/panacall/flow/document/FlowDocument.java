// SPDX-License-Identifier: Apache-2.0
package org.panacall.flow.document;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.panacall.defaults.tree.DurationForm;
import org.panacall.defaults.tree.Flaw;
import org.panacall.defaults.tree.TreeReader;
import org.panacall.defaults.tree.TreeWriter;
import org.panacall.proto.directory.v1.Flow;

/** A flow as people write it, keep it in files and pass it on: YAML, or JSON, which is YAML too. */
public final class FlowDocument {

    private static final int CHARACTERS_MAX = 1 << 18;
    private static final int DEPTH_MAX = 32;

    private static final JsonMapper YAML =
            JsonMapper.builder(
                            YAMLFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(DEPTH_MAX)
                                                    .build())
                                    .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                                    .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
                                    .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private static final DurationForm DURATIONS =
            new DurationForm(ShortDurations::read, ShortDurations.HINT);

    private FlowDocument() {}

    /**
     * What was read.
     *
     * @param flow useless when there are flaws
     */
    public record Read(Flow flow, List<Flaw> flaws) {

        public Read {
            flaws = List.copyOf(flaws);
        }

        private static Read refused(String message) {
            return new Read(Flow.getDefaultInstance(), List.of(new Flaw("", message)));
        }
    }

    /** Reads YAML or JSON. */
    public static Read read(String document) {
        if (document.length() > CHARACTERS_MAX) {
            return Read.refused("is larger than " + CHARACTERS_MAX + " characters; split the flow");
        }
        try {
            return YAML.readValue(document, Object.class) instanceof Map<?, ?> tree
                    ? read(tree)
                    : Read.refused("must have names and values: id, name, entry, steps");
        } catch (JsonProcessingException torn) {
            var line =
                    Optional.ofNullable(torn.getLocation())
                            .map(at -> "line " + at.getLineNr() + ": ")
                            .orElse("");
            return Read.refused(line + "is neither YAML nor JSON; mind colons, quotes and indents");
        } catch (StackOverflowError | ClassCastException | IllegalArgumentException odd) {
            return Read.refused("is too deep or refers to itself; write it plainly");
        }
    }

    /** Reads the tree that YAML or JSON is made of. */
    public static Read read(Map<?, ?> tree) {
        var flow = Flow.newBuilder();
        var flaws =
                TreeReader.read(ShortNames.expanded(tree, Flow.getDescriptor()), flow, DURATIONS)
                        .stream()
                        .map(flaw -> new Flaw(StepPath.named(flow, flaw.field()), flaw.message()))
                        .toList();
        return new Read(FlowDefaults.complete(flow.build()), flaws);
    }

    /** The tree of a flow; what says nothing is left out. */
    public static Map<String, Object> tree(Flow flow) {
        return pruned(ShortNames.shortened(TreeWriter.write(flow), Flow.getDescriptor()));
    }

    /** A flow as YAML. */
    public static String yaml(Flow flow) {
        try {
            return YAML.writeValueAsString(tree(flow));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Map<String, Object> pruned(Map<?, ?> tree) {
        var result = new LinkedHashMap<String, Object>();
        tree.forEach(
                (name, value) -> {
                    var kept = pruned(value);
                    // A kind of step says something even when it is empty.
                    var isKind = value instanceof Map<?, ?> && !"exits".equals(name);
                    if (isKind && !isMap(name) || says(kept)) {
                        result.put(String.valueOf(name), kept);
                    }
                });
        return result;
    }

    private static Object pruned(Object value) {
        return switch (value) {
            case Map<?, ?> tree -> pruned(tree);
            case List<?> list -> list.stream().map(FlowDocument::pruned).toList();
            default -> value;
        };
    }

    private static boolean isMap(Object name) {
        return List.of("attributes", "computed", "texts", "arguments", "results").contains(name);
    }

    private static boolean says(Object value) {
        return switch (value) {
            case Collection<?> list -> !list.isEmpty();
            case Map<?, ?> tree -> !tree.isEmpty();
            case Boolean truth -> truth;
            case Number number -> number.longValue() != 0;
            default -> true;
        };
    }
}
