// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.directory;

import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.panacall.flow.expression.TextTemplate;
import org.panacall.ivr.core.flow.Expression;
import org.panacall.ivr.core.outside.Notification;
import org.panacall.ivr.core.outside.Notification.Letter;
import org.panacall.proto.directory.v1.NotifyStep;
import org.panacall.proto.notifications.v1.NotificationKind;

/** Notifications as they are drawn. */
record NotifyReader(Function<String, Expression> expressions) {

    Notification read(NotifyStep drawn) {
        var values = new TreeMap<String, Expression>();
        drawn.getValuesMap().forEach((name, source) -> values.put(name, expressions.apply(source)));
        var texts = new TreeMap<String, Letter>();
        for (var one : drawn.getTextsList()) {
            texts.put(one.getLanguage(), new Letter(text(one.getSubject()), text(one.getText())));
        }
        return new Notification(
                drawn.getKind() == NotificationKind.NOTIFICATION_KIND_EMAIL
                        ? Notification.Way.EMAIL
                        : Notification.Way.SMS,
                drawn.getTemplateId(),
                values,
                texts,
                Optional.of(drawn.getTo()).filter(to -> !to.isEmpty()).map(expressions));
    }

    private Notification.Text text(String source) {
        var template = TextTemplate.of(source);
        return new Notification.Text(
                template.literals(), template.expressions().stream().map(expressions).toList());
    }
}
