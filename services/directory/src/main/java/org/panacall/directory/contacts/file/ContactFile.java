// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.contacts.file;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.panacall.proto.directory.v1.Contact;
import org.panacall.proto.directory.v1.ContactFileKind;

/** Contacts as a file has them: trees of the contract's JSON names, whatever stands in them. */
public final class ContactFile {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION).build();
    private static final TypeReference<LinkedHashMap<String, Object>> TREE =
            new TypeReference<>() {};

    /** Columns for numbers of a kind, and for all others. */
    private static final Map<String, String> NUMBERS =
            Map.of("numbers", "", "mobile", "mobile", "home", "home", "work", "work");

    private static final Set<String> TARGETS =
            Set.of("responsible.extension", "responsible.queueId");
    private static final String ATTRIBUTE = "attributes.";

    /**
     * A contact.
     *
     * @param line where it stands, for whoever has to look
     */
    public record Line(int line, Map<String, Object> tree) {}

    private ContactFile() {}

    /**
     * All contacts of a file.
     *
     * @param most contacts that it may have
     */
    public static List<Line> read(byte[] file, ContactFileKind kind, int most) throws FileRefused {
        return switch (kind) {
            case CONTACT_FILE_KIND_CSV -> csv(text(file), most);
            case CONTACT_FILE_KIND_JSON -> json(file, most);
            case CONTACT_FILE_KIND_UNSPECIFIED, UNRECOGNIZED ->
                    throw new FileRefused("must be CSV or JSON");
        };
    }

    private static List<Line> json(byte[] file, int most) throws FileRefused {
        var lines = new ArrayList<Line>();
        try (var trees = JSON.readerFor(TREE).<Map<String, Object>>readValues(file)) {
            while (trees.hasNextValue()) {
                refuseMore(lines, most);
                lines.add(new Line(lines.size() + 1, trees.nextValue()));
            }
            return lines;
        } catch (JsonProcessingException fault) {
            throw new FileRefused("is no list of contacts: see contact " + (lines.size() + 1));
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static List<Line> csv(String text, int most) throws FileRefused {
        var csv = new Csv(text);
        var head = csv.next();
        if (head == null) {
            throw new FileRefused("is empty; begin with a line of field names");
        }
        var columns = head.fields().stream().map(String::strip).toList();
        check(columns);
        var lines = new ArrayList<Line>();
        for (var line = csv.next(); line != null; line = csv.next()) {
            if (!line.isEmpty()) {
                refuseMore(lines, most);
                lines.add(new Line(line.line(), tree(columns, line.fields())));
            }
        }
        return lines;
    }

    private static void check(List<String> columns) throws FileRefused {
        var plain = plain();
        var seen = new TreeSet<String>();
        for (int i = 0; i < columns.size(); i++) {
            var name = columns.get(i);
            var known =
                    plain.contains(name)
                            || NUMBERS.containsKey(name)
                            || TARGETS.contains(name)
                            || name.startsWith(ATTRIBUTE);
            if (!known || !seen.add(name)) {
                throw new FileRefused(
                        "has in column %d a field that is not known or was there; known are %s"
                                .formatted(
                                        i + 1,
                                        Stream.of(plain, NUMBERS.keySet(), TARGETS)
                                                        .flatMap(Set::stream)
                                                        .sorted()
                                                        .collect(Collectors.joining(", "))
                                                + ", attributes.…"));
            }
        }
    }

    /** Fields that are a text. */
    private static Set<String> plain() {
        return Contact.getDescriptor().getFields().stream()
                .filter(field -> !field.isRepeated())
                .filter(field -> field.getNumber() != Contact.CONTACT_ID_FIELD_NUMBER)
                .filter(field -> field.getNumber() != Contact.RESPONSIBLE_FIELD_NUMBER)
                .map(field -> field.getJsonName())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What is empty is not said. */
    private static Map<String, Object> tree(List<String> columns, List<String> fields) {
        var tree = new LinkedHashMap<String, Object>();
        var numbers = new ArrayList<Object>();
        var attributes = new LinkedHashMap<String, Object>();
        for (int i = 0; i < Math.min(columns.size(), fields.size()); i++) {
            var name = columns.get(i);
            var value = fields.get(i).strip();
            if (value.isEmpty()) {
                continue;
            }
            if (NUMBERS.containsKey(name)) {
                numbers.addAll(numbers(value, NUMBERS.get(name)));
            } else if (name.startsWith(ATTRIBUTE)) {
                attributes.put(name.substring(ATTRIBUTE.length()), value);
            } else if (TARGETS.contains(name)) {
                tree.put("responsible", Map.of(name.substring(name.indexOf('.') + 1), value));
            } else {
                tree.put(name, value);
            }
        }
        if (!numbers.isEmpty()) {
            tree.put("numbers", numbers);
        }
        if (!attributes.isEmpty()) {
            tree.put("attributes", attributes);
        }
        return tree;
    }

    private static List<Map<String, Object>> numbers(String cell, String kind) {
        return Stream.of(cell.split("[;|,]"))
                .map(String::strip)
                .filter(number -> !number.isEmpty())
                .map(
                        number ->
                                kind.isEmpty()
                                        ? Map.<String, Object>of("number", number)
                                        : Map.<String, Object>of("number", number, "kind", kind))
                .toList();
    }

    private static void refuseMore(List<Line> lines, int most) throws FileRefused {
        if (lines.size() >= most) {
            throw new FileRefused("has more than " + most + " contacts; send several");
        }
    }

    private static String text(byte[] file) throws FileRefused {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(file)).toString();
        } catch (CharacterCodingException other) {
            throw new FileRefused("is not UTF-8; save it as such");
        }
    }
}
