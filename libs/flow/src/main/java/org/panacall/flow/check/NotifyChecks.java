// SPDX-License-Identifier: Apache-2.0
package org.panacall.flow.check;

import java.util.Set;
import java.util.TreeSet;
import org.panacall.flow.expression.TextTemplate;
import org.panacall.flow.expression.ValueKind;
import org.panacall.proto.directory.v1.Flow;
import org.panacall.proto.directory.v1.NotifyStep;
import org.panacall.proto.directory.v1.NotifyText;
import org.panacall.proto.notifications.v1.NotificationKind;

/**
 * What a notification must be: words in each language or a template, and somebody to send it to.
 */
record NotifyChecks(FlowAround around, Findings findings, StepChecks steps) {

    private static final int VALUES_MAX = 20;
    private static final int TEXT_MAX = 1_000;
    private static final int SUBJECT_MAX = 200;

    void check(String at, NotifyStep notify, Flow flow) {
        var isMail = notify.getKind() == NotificationKind.NOTIFICATION_KIND_EMAIL;
        if (notify.getKind() == NotificationKind.NOTIFICATION_KIND_UNSPECIFIED) {
            findings.add(at + ".kind", "is missing; must be sms or email");
        }
        if (!notify.getTo().isEmpty()) {
            steps.value(at + ".to", notify.getTo(), ValueKind.TEXT);
        } else if (isMail) {
            findings.add(at + ".to", "is missing; say to which address, as a variable has it");
        }
        findings.atMost(at + ".values", "values", notify.getValuesCount(), VALUES_MAX);
        notify.getValuesMap()
                .forEach((name, value) -> steps.anyValue(at + ".values." + name, value));
        if (notify.getTemplateId().isEmpty()) {
            texts(at + ".texts", notify, flow, isMail);
        } else {
            if (!notify.getTemplateId().matches("[a-z0-9][a-z0-9-]{0,63}")) {
                findings.add(at + ".template", "must be lower case letters, digits and -");
            }
            if (notify.getTextsCount() > 0) {
                findings.add(at, "has a template and texts; keep one");
            }
        }
    }

    private void texts(String at, NotifyStep notify, Flow flow, boolean isMail) {
        var seen = new TreeSet<String>();
        for (int i = 0; i < notify.getTextsCount(); i++) {
            var one = notify.getTexts(i);
            var here = at + "[" + i + "]";
            if (!seen.add(one.getLanguage())) {
                findings.add(here + ".language", "is there twice; keep one");
            }
            text(here, one, isMail);
        }
        var languages =
                flow.getLanguagesCount() == 0
                        ? Set.of(around.language())
                        : new TreeSet<>(flow.getLanguagesList());
        for (var language : languages) {
            if (!seen.contains(language)) {
                findings.add(at, "has no text in %s; write one".formatted(language));
            }
        }
    }

    private void text(String at, NotifyText one, boolean isMail) {
        template(at + ".text", one.getText(), 1, TEXT_MAX);
        template(at + ".subject", one.getSubject(), isMail ? 1 : 0, isMail ? SUBJECT_MAX : 0);
    }

    private void template(String at, String source, int least, int most) {
        if (source.strip().length() < least || source.length() > most) {
            findings.add(
                    at,
                    most == 0
                            ? "is for e-mails; leave it out"
                            : "must have 1 to " + most + " characters");
        }
        try {
            TextTemplate.of(source)
                    .expressions()
                    .forEach(expression -> steps.anyValue(at, expression));
        } catch (IllegalArgumentException fault) {
            findings.add(at, fault.getMessage());
        }
    }
}
