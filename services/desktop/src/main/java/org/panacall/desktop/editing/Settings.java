// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.editing;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.panacall.defaults.tree.DurationForm;
import org.panacall.defaults.tree.Flaw;
import org.panacall.defaults.tree.TreeReader;
import org.panacall.defaults.tree.TreeWriter;
import org.panacall.desktop.problems.Problem;
import org.panacall.desktop.problems.Problem.Mistake;
import org.panacall.desktop.problems.ProblemAnswers;

/**
 * The part of a resource's JSON that is configuration: the fields of one of the contract's messages
 * by their JSON names. What the contract gets later is here without a word.
 *
 * @param type the message
 * @param hidden JSON names of its fields that do not appear, or not by that name
 * @param figures names beside them that are told and not set; they are passed over in requests
 */
public record Settings(Descriptor type, Set<String> hidden, Set<String> figures) {

    private static final int MISTAKES_MAX = 20;

    public Settings {
        hidden = Set.copyOf(hidden);
        figures = Set.copyOf(figures);
    }

    /** A message's fields for an answer. */
    public Map<String, Object> write(Message message) {
        var tree = TreeWriter.write(message);
        tree.keySet().removeAll(hidden);
        return tree;
    }

    /**
     * Reads a request into a message; a problem that names each mistake.
     *
     * @param fixed names that may be given, but only as they are
     */
    public void read(Map<String, Object> body, Map<String, Object> fixed, Message.Builder into) {
        if (body == null) {
            throw Problem.mistake("body", "is missing");
        }
        var tree = new LinkedHashMap<>(body);
        tree.keySet().removeAll(figures);
        var mistakes = new ArrayList<Mistake>();
        fixed.forEach(
                (name, value) -> {
                    if (tree.containsKey(name) && !Objects.equals(tree.remove(name), value)) {
                        mistakes.add(new Mistake(name, "cannot be changed here"));
                    }
                });
        TreeReader.read(tree, into, DurationForm.ISO, hidden)
                .forEach(flaw -> mistakes.add(mistake(flaw)));
        if (!mistakes.isEmpty()) {
            throw Problem.mistakes(mistakes.stream().limit(MISTAKES_MAX).toList());
        }
    }

    /** The same for a change of what there is. */
    public void patch(
            Message present,
            Map<String, Object> patch,
            Map<String, Object> fixed,
            Message.Builder into) {
        if (patch == null) {
            throw Problem.mistake("body", "is missing");
        }
        read(MergePatch.merged(write(present), patch), fixed, into);
    }

    private static Mistake mistake(Flaw flaw) {
        return new Mistake(field(flaw.field()), flaw.message());
    }

    /** What is not a name or a place in a list may be anything, and is not sent back. */
    static String field(String path) {
        return Stream.of(path.split("\\."))
                .map(
                        part ->
                                part.matches("[A-Za-z][A-Za-z0-9]{0,31}(\\[[0-9]{1,6}\\])*")
                                        ? part
                                        : ProblemAnswers.name(part))
                .collect(Collectors.joining("."));
    }
}
