// SPDX-License-Identifier: Apache-2.0
package org.panacall.flow.check;

import com.google.protobuf.Duration;
import java.util.HashSet;
import org.panacall.flow.expression.ValueKind;
import org.panacall.proto.directory.v1.ContactStep;
import org.panacall.proto.directory.v1.ManagerSource;
import org.panacall.proto.directory.v1.ManagerStep;

/** What steps must be that look for who rings, and who takes care of him. */
final class LookupChecks {

    private static final int SECONDS_MAX = 10;
    private static final int ATTRIBUTES_MAX = 32;
    private static final int EXCLUDED_MAX = 100;
    private static final int DAYS_MAX = 3_650;
    private static final long DAY_SECONDS = 86_400;

    private final FlowAround around;
    private final Findings findings;
    private final StepChecks steps;

    LookupChecks(FlowAround around, Findings findings, StepChecks steps) {
        this.around = around;
        this.findings = findings;
        this.steps = steps;
    }

    void contact(String at, ContactStep contact) {
        findings.atMost(
                at + ".attributes", "attributes", contact.getAttributesCount(), ATTRIBUTES_MAX);
        contact.getAttributesMap()
                .forEach(
                        (variable, attribute) -> {
                            steps.variable(at + ".attributes", variable, ValueKind.TEXT);
                            if (!attribute.matches("[a-z][A-Za-z0-9_]{0,39}")) {
                                findings.add(
                                        at + ".attributes." + variable,
                                        "must be the name of a contact's attribute");
                            }
                        });
        timeout(at, contact.hasTimeout(), contact.getTimeout());
    }

    void manager(String at, ManagerStep manager) {
        var sources = manager.getSourcesList();
        if (new HashSet<>(sources).size() != sources.size()) {
            findings.add(at + ".sources", "one is there twice; keep one");
        }
        steps.variable(at + ".variable", manager.getVariable(), ValueKind.TEXT);
        var excluded = manager.getExcludedExtensionsList();
        findings.atMost(at + ".excludedExtensions", "extensions", excluded.size(), EXCLUDED_MAX);
        excluded.forEach(one -> person(at + ".excludedExtensions", one));
        if (!manager.getDefaultExtension().isEmpty()) {
            person(at + ".defaultExtension", manager.getDefaultExtension());
        }
        if (!manager.getCityCode().matches("[0-9]{0,6}")) {
            findings.add(at + ".cityCode", "must be digits like 495");
        }
        if (manager.hasLastTalkWithin()) {
            var seconds = manager.getLastTalkWithin().getSeconds();
            findings.between(at + ".lastTalkWithin", seconds, 1, DAYS_MAX * DAY_SECONDS);
        }
        timeout(at, manager.hasTimeout(), manager.getTimeout());
        crm(at, manager);
    }

    private void crm(String at, ManagerStep manager) {
        var named = manager.getSourcesList().contains(ManagerSource.MANAGER_SOURCE_CRM);
        if (!manager.hasCrm()) {
            if (named || !manager.getCrmExtension().isEmpty()) {
                findings.add(at + ".crm", "is missing; say how the clinic's own system is asked");
            }
            return;
        }
        if (manager.getSourcesCount() > 0 && !named) {
            findings.add(at + ".sources", "crm is not among them; add it, or leave out how to ask");
        }
        var crm = manager.getCrm();
        var http = new HttpChecks(around, findings, steps);
        http.check(at + ".crm", crm);
        http.pointer(at + ".crmExtension", manager.getCrmExtension());
        if (crm.getAhead() || crm.getResultsCount() > 0 || !crm.getStatus().isEmpty()) {
            findings.add(
                    at + ".crm", "gives the extension alone; leave out results, status, ahead");
        }
    }

    private void person(String at, String extension) {
        findings.reference(at, "person", extension, around.extensions());
    }

    private void timeout(String at, boolean given, Duration timeout) {
        if (given) {
            findings.wait(at + ".timeout", timeout, SECONDS_MAX);
        }
    }
}
