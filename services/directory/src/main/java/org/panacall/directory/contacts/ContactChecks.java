// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.contacts;

import com.google.protobuf.util.Timestamps;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.panacall.defaults.tree.Flaw;
import org.panacall.directory.checks.Faults;
import org.panacall.directory.configuration.Definitions;
import org.panacall.proto.directory.v1.Calendar;
import org.panacall.proto.directory.v1.Contact;
import org.panacall.proto.directory.v1.ContactTarget;
import org.panacall.proto.directory.v1.Person;
import org.panacall.proto.directory.v1.Queue;
import org.panacall.proto.directory.v1.Tenant;

/** The rules that contacts keep, wherever they come from. Made for one tenant, for any number. */
final class ContactChecks {

    private static final int NAME_MAX = 100;
    private static final int NUMBERS_MAX = 10;
    private static final int NOTES_MAX = 2_000;
    private static final int ATTRIBUTES_MAX = 32;
    private static final int ATTRIBUTE_MAX = 256;
    private static final int RULES_MAX = 8;
    private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{6,14}");
    private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}");
    private static final Pattern ATTRIBUTE = Pattern.compile("[a-z][A-Za-z0-9_]{0,39}");
    private static final Set<String> USUAL = Set.of("vip", "urgent", "existing");

    private final Set<String> extensions = new TreeSet<>();
    private final Set<String> queues = new TreeSet<>();
    private final Set<String> calendars = new TreeSet<>();
    private final Set<String> categories = new TreeSet<>(USUAL);

    ContactChecks(Tenant tenant) {
        tenant.getPeopleList().stream().map(Person::getExtension).forEach(extensions::add);
        tenant.getQueuesList().stream().map(Queue::getQueueId).forEach(queues::add);
        tenant.getCalendarsList().stream().map(Calendar::getCalendarId).forEach(calendars::add);
        categories.addAll(tenant.getCategoriesMap().keySet());
        tenant.getQueuesList().forEach(one -> categories.addAll(one.getCategoriesMap().keySet()));
    }

    /** Everything wrong with a contact; fields have their JSON names. */
    List<Flaw> flaws(Contact contact) {
        var faults = new Faults();
        text(faults, "familyName", contact.getFamilyName(), NAME_MAX);
        text(faults, "givenName", contact.getGivenName(), NAME_MAX);
        text(faults, "middleName", contact.getMiddleName(), NAME_MAX);
        text(faults, "branch", contact.getBranch(), NAME_MAX);
        text(faults, "externalId", contact.getExternalId(), NAME_MAX);
        text(faults, "notes", contact.getNotes(), NOTES_MAX);
        numbers(faults, contact);
        if (!contact.getLanguage().isEmpty()
                && !LANGUAGE.matcher(contact.getLanguage()).matches()) {
            faults.add("language", "must be like ru, uk or en");
        }
        if (!contact.getCategory().isEmpty() && !categories.contains(contact.getCategory())) {
            faults.unknown("category", "category", contact.getCategory(), categories);
        }
        if (contact.hasResponsible()) {
            target(faults, "responsible", contact.getResponsible());
        }
        attributes(faults, contact);
        rules(faults, contact);
        if (Definitions.of(contact).contains("\\u0000")) {
            faults.add("contact", "has a NUL in it; take it out");
        }
        return faults.all();
    }

    private static void text(Faults faults, String field, String text, int most) {
        if (text.length() > most) {
            faults.add(field, "must have at most " + most + " characters");
        }
    }

    private static void numbers(Faults faults, Contact contact) {
        int count = contact.getNumbersCount();
        if (count > NUMBERS_MAX || count == 0 && contact.getExternalId().isEmpty()) {
            faults.add("numbers", "must be 1 to " + NUMBERS_MAX + ", none only with an externalId");
        }
        var seen = new TreeSet<String>();
        for (int i = 0; i < count; i++) {
            var number = contact.getNumbers(i).getNumber();
            var at = "numbers[" + i + "].number";
            if (!E164.matcher(number).matches()) {
                faults.add(at, "must be a number like +74950000100");
            } else if (!seen.add(number)) {
                faults.add(at, "is there twice; take one away");
            }
        }
    }

    private void target(Faults faults, String at, ContactTarget target) {
        switch (target.getToCase()) {
            case EXTENSION -> {
                if (!extensions.contains(target.getExtension())) {
                    faults.unknown(
                            at + ".extension",
                            "person with extension",
                            target.getExtension(),
                            extensions);
                }
            }
            case QUEUE_ID -> {
                if (!queues.contains(target.getQueueId())) {
                    faults.unknown(at + ".queueId", "queue", target.getQueueId(), queues);
                }
            }
            case TO_NOT_SET -> faults.add(at, "must have an extension or a queueId");
        }
    }

    private static void attributes(Faults faults, Contact contact) {
        if (contact.getAttributesCount() > ATTRIBUTES_MAX) {
            faults.add("attributes", "must be at most " + ATTRIBUTES_MAX);
        }
        contact.getAttributesMap()
                .forEach(
                        (name, value) -> {
                            if (!ATTRIBUTE.matcher(name).matches()) {
                                faults.add(
                                        "attributes",
                                        "must have names like insurance: a letter in lower case,"
                                                + " then letters, digits and _");
                            } else if (value.length() > ATTRIBUTE_MAX) {
                                faults.add(
                                        "attributes." + name,
                                        "must have at most " + ATTRIBUTE_MAX + " characters");
                            }
                        });
    }

    private void rules(Faults faults, Contact contact) {
        if (contact.getRulesCount() > RULES_MAX) {
            faults.add("rules", "must be at most " + RULES_MAX);
        }
        for (int i = 0; i < contact.getRulesCount(); i++) {
            var rule = contact.getRules(i);
            var at = "rules[" + i + "]";
            target(faults, at + ".to", rule.getTo());
            var calendar = rule.getCalendarId();
            if (!calendar.isEmpty() && !calendars.contains(calendar)) {
                faults.unknown(at + ".calendarId", "calendar", calendar, calendars);
            }
            if (!rule.hasUntil() && calendar.isEmpty()) {
                faults.add(at, "must have until or calendarId; for good there is responsible");
            }
            if (rule.hasFrom()
                    && rule.hasUntil()
                    && Timestamps.compare(rule.getFrom(), rule.getUntil()) >= 0) {
                faults.add(at + ".until", "must be later than from");
            }
        }
    }
}
