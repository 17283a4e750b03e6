// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core.lookup;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.panacall.calendar.Calendar;
import org.panacall.ivr.core.flow.Destination.ToExtension;
import org.panacall.ivr.core.flow.Destination.ToQueue;
import org.panacall.ivr.core.flow.DialPlan;

/**
 * Who takes a contact's calls now, as an extension that can be dialled: of a person or a queue. Who
 * is in the tenant no more takes none.
 */
public record Responsibles(DialPlan plan, SortedMap<String, Calendar> calendars, Instant now) {

    /** Empty when nobody does. */
    public Optional<String> of(KnownContact contact) {
        return contact.rules().stream()
                .filter(this::holds)
                .map(KnownContact.Rule::to)
                .flatMap(to -> extension(to).stream())
                .findFirst()
                .or(() -> contact.responsible().flatMap(this::extension));
    }

    /** A calendar that is gone is never open: what was meant for some hours is not for all. */
    private boolean holds(KnownContact.Rule rule) {
        var begun = rule.from().map(from -> !now.isBefore(from)).orElse(true);
        var goesOn = rule.until().map(now::isBefore).orElse(true);
        var calendar = rule.calendar();
        var open =
                calendar.isEmpty()
                        || calendars.containsKey(calendar) && calendars.get(calendar).open(now);
        return begun && goesOn && open;
    }

    /** Whether it leads to a person or queue. */
    public boolean isDialled(String extension) {
        return plan.entry(extension).filter(DialPlan.Reach.class::isInstance).isPresent();
    }

    private Optional<String> extension(Target target) {
        return switch (target) {
            case Target.Person(var extension) ->
                    plan.entry(extension.value())
                            .filter(entry -> leads(entry, target))
                            .map(_ -> extension.value());
            case Target.Registry _ ->
                    plan.entries().entrySet().stream()
                            .filter(entry -> leads(entry.getValue(), target))
                            .map(Map.Entry::getKey)
                            .findFirst();
        };
    }

    private static boolean leads(DialPlan.Entry entry, Target target) {
        return switch (entry) {
            case DialPlan.Reach(ToExtension person) ->
                    target.equals(new Target.Person(person.extension()));
            case DialPlan.Reach(ToQueue(var queue, _)) -> target.equals(new Target.Registry(queue));
            case DialPlan.Reach _, DialPlan.Echo _ -> false;
        };
    }
}
