// SPDX-License-Identifier: Apache-2.0
package org.panacall.flow.check;

import org.panacall.flow.expression.ValueKind;
import org.panacall.proto.directory.v1.TransferStep;

/** What a transfer must be: to somebody who is there, or to a number that callers may be led to. */
record TransferChecks(FlowAround around, Findings findings, StepChecks steps) {

    private static final int RING_SECONDS_MAX = 120;

    void check(String at, TransferStep transfer) {
        var number = transfer.getNumber();
        if (!transfer.getComputed().isEmpty()) {
            computed(at, transfer);
        } else if (number.isEmpty()) {
            var person = transfer.getExtension();
            findings.reference(at + ".extension", "person", person, around.extensions());
        } else if (!transfer.getExtension().isEmpty()) {
            findings.add(at, "leads to a person and to a number; keep one");
        } else {
            outside(at, number, around, findings);
        }
        if (!number.isEmpty() && transfer.getOnlyExtension()) {
            findings.add(at + ".onlyExtension", "is for persons; leave it out");
        }
        if (transfer.hasRingTimeout()) {
            findings.wait(at + ".ringTimeout", transfer.getRingTimeout(), RING_SECONDS_MAX);
        }
    }

    /** A number outside must be one that callers may be led to. */
    static void outside(String at, String number, FlowAround around, Findings findings) {
        if (!number.matches("\\+[0-9]{5,15}")) {
            findings.add(at + ".number", "must be a number with +, country code first");
        } else if (around.outside().stream().noneMatch(number::startsWith)) {
            findings.add(
                    at + ".number",
                    "callers may not be led there; let the administrator add how it begins to the"
                            + " tenant's outsidePrefixes");
        }
    }

    private void computed(String at, TransferStep transfer) {
        steps.value(at + ".computed", transfer.getComputed(), ValueKind.TEXT);
        if (!transfer.getExtension().isEmpty() || !transfer.getNumber().isEmpty()) {
            findings.add(at, "leads to somebody and to whom is computed; keep one");
        }
    }
}
