// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.dialog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One line of a golden trace: columns two blanks apart, and below it the message in full, if the
 * trace shows it.
 *
 * @param head {@code alice -> us}, {@code us -> alice}, {@code us :}, {@code us do} or {@code +5s}
 * @param what the start line in short, the output or the command
 * @param more {@code {sdp}}, {@code Name: value}, {@code To.tag=$t} …
 * @param full lines after {@code |}
 */
record TraceLine(int number, String head, String what, List<String> more, List<String> full) {

    static List<TraceLine> read(Path file) throws IOException {
        var lines = new ArrayList<TraceLine>();
        int number = 0;
        for (var line : Files.readAllLines(file)) {
            number++;
            if (line.isBlank() || line.startsWith("#")) continue;
            if (line.startsWith("|")) {
                lines.getLast().full().add(line.length() > 2 ? line.substring(2) : "");
            } else {
                lines.add(parse(number, line));
            }
        }
        return lines;
    }

    private static TraceLine parse(int number, String line) {
        var columns = new ArrayList<>(List.of(line.strip().split(" {2,}")));
        var head = columns.removeFirst();
        // The ladder is drawn with blanks between the names, so its head may be several columns.
        while (!columns.isEmpty() && columns.getFirst().startsWith("->")) {
            head += " " + columns.removeFirst();
        }
        var what = columns.isEmpty() ? "" : columns.removeFirst();
        return new TraceLine(number, head, what, columns, new ArrayList<>());
    }

    /** The line with masked ids filled in. */
    TraceLine with(TraceMask mask) {
        return new TraceLine(number, head, what, more.stream().map(mask::fill).toList(), full);
    }

    /** The words of the second column. */
    String word(int index) {
        var words = what.split(" ");
        return index < words.length ? words[index] : "";
    }

    boolean hasSdp() {
        return more.contains("{sdp}");
    }

    Optional<String> sdp() {
        return hasSdp() ? Optional.of(TracePeer.SDP) : Optional.empty();
    }

    /** The value of an option {@code name=value}. */
    Optional<String> option(String name) {
        return more.stream()
                .filter(column -> column.startsWith(name + "="))
                .map(column -> column.substring(name.length() + 1))
                .findFirst();
    }

    /** The columns {@code Name: value}. */
    List<String> headers() {
        return more.stream().filter(column -> column.contains(": ")).toList();
    }
}
