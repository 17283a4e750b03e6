// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.contacts;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.panacall.desktop.Wire;
import org.panacall.proto.directory.v1.ContactImport;

/**
 * An import.
 *
 * @param state running, done, or interrupted: send the file again
 * @param lines contacts in the file
 * @param linesDone of them
 * @param unchanged they were so already
 * @param errors of the first lines that were refused
 */
@Schema(name = "ContactImport")
public record ContactImportView(
        String id,
        String state,
        int lines,
        int linesDone,
        int created,
        int changed,
        int unchanged,
        int refused,
        List<Line> errors,
        String author,
        Instant startedAt,
        Instant endedAt) {

    /**
     * What is wrong with a line.
     *
     * @param line of a CSV file, or the place in a list; the first is 1
     */
    @Schema(name = "ContactImportError")
    public record Line(int line, String field, String message) {}

    static ContactImportView of(ContactImport told) {
        return new ContactImportView(
                told.getImportId(),
                Wire.word(told.getState().name(), "CONTACT_IMPORT_STATE_"),
                told.getLines(),
                told.getLinesDone(),
                told.getCreated(),
                told.getChanged(),
                told.getUnchanged(),
                told.getRefused(),
                told.getMistakesList().stream()
                        .map(one -> new Line(one.getLine(), one.getField(), one.getMessage()))
                        .toList(),
                told.getAuthor(),
                Wire.time(told.hasStartedAt(), told.getStartedAt()),
                Wire.time(told.hasEndedAt(), told.getEndedAt()));
    }
}
