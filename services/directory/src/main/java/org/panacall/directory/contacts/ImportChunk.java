// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.contacts;

import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.panacall.defaults.tree.DurationForm;
import org.panacall.defaults.tree.Flaw;
import org.panacall.defaults.tree.TreeReader;
import org.panacall.directory.contacts.file.ContactFile.Line;
import org.panacall.proto.directory.v1.Contact;
import org.panacall.proto.directory.v1.ContactImport;
import org.panacall.proto.directory.v1.ContactImportMistake;
import org.panacall.proto.directory.v1.ContactNumber;

/**
 * Some lines of an import, against those who are there already: a contact is known by its external
 * id, else by its first number when exactly one has it. What a line says takes the place of what is
 * kept, what it does not say stays.
 */
final class ImportChunk {

    private static final int MISTAKES_MAX = 100;
    private static final Pattern FIELD = Pattern.compile("[A-Za-z][A-Za-z0-9_.\\[\\]]{0,79}");
    private static final Set<String> HIDDEN = Set.of("contactId");

    private final String country;
    private final ContactChecks checks;
    private final Map<String, Contact> byExternalId = new TreeMap<>();
    private final Map<String, List<String>> byNumber = new TreeMap<>();
    private final Map<String, Contact> byId = new TreeMap<>();
    private final Map<String, Contact> changed = new LinkedHashMap<>();
    private int created;

    ImportChunk(String country, ContactChecks checks) {
        this.country = country;
        this.checks = checks;
    }

    /** A line as it is to be kept, unless something is wrong with it. */
    record Wanted(Line line, Contact alone, List<Flaw> flaws) {}

    Wanted wanted(Line line) {
        var alone = Contact.newBuilder();
        var flaws = TreeReader.read(line.tree(), alone, DurationForm.ISO, HIDDEN);
        return new Wanted(line, PhoneNumbers.dialled(alone, country), flaws);
    }

    /** Those who are there already, as far as these lines may mean them. */
    void know(List<Contact> known) {
        known.forEach(this::remember);
    }

    private void remember(Contact contact) {
        byId.put(contact.getContactId(), contact);
        if (!contact.getExternalId().isEmpty()) {
            byExternalId.put(contact.getExternalId(), contact);
        }
        for (var number : contact.getNumbersList()) {
            var ids = byNumber.computeIfAbsent(number.getNumber(), _ -> new ArrayList<>());
            if (!ids.contains(contact.getContactId())) {
                ids.add(contact.getContactId());
            }
        }
    }

    /**
     * Takes a line.
     *
     * @param room how many contacts the tenant may have besides those that are there
     */
    void take(Wanted wanted, String newId, long room, ContactImport.Builder progress) {
        progress.setLinesDone(progress.getLinesDone() + 1);
        var flaws = new ArrayList<>(wanted.flaws());
        var before = meant(wanted.alone());
        var after = flaws.isEmpty() ? merged(before, wanted, newId) : wanted.alone();
        if (flaws.isEmpty()) {
            flaws.addAll(checks.flaws(after));
        }
        if (flaws.isEmpty() && before.isEmpty() && created >= room) {
            flaws.add(new Flaw("contact", "there are as many as there may be; delete some"));
        }
        if (!flaws.isEmpty()) {
            refuse(progress, wanted.line().line(), flaws);
        } else if (before.filter(after::equals).isPresent()) {
            progress.setUnchanged(progress.getUnchanged() + 1);
        } else {
            keep(after, before.isEmpty(), progress);
        }
    }

    private void keep(Contact contact, boolean isNew, ContactImport.Builder progress) {
        changed.put(contact.getContactId(), contact);
        remember(contact);
        if (isNew) {
            created++;
            progress.setCreated(progress.getCreated() + 1);
        } else {
            progress.setChanged(progress.getChanged() + 1);
        }
    }

    private Optional<Contact> meant(Contact alone) {
        if (!alone.getExternalId().isEmpty()) {
            var known = Optional.ofNullable(byExternalId.get(alone.getExternalId()));
            return known.isPresent() ? known : byNumber(alone).filter(one -> !hasOtherId(one));
        }
        return byNumber(alone);
    }

    private static boolean hasOtherId(Contact contact) {
        return !contact.getExternalId().isEmpty();
    }

    private Optional<Contact> byNumber(Contact alone) {
        if (alone.getNumbersCount() == 0) {
            return Optional.empty();
        }
        var ids = byNumber.getOrDefault(alone.getNumbers(0).getNumber(), List.of());
        return ids.size() == 1 ? Optional.of(byId.get(ids.getFirst())) : Optional.empty();
    }

    private static Contact merged(Optional<Contact> before, Wanted wanted, String newId) {
        if (before.isEmpty()) {
            return wanted.alone().toBuilder().setContactId(newId).build();
        }
        var merged = before.get().toBuilder();
        for (FieldDescriptor field : Contact.getDescriptor().getFields()) {
            if (wanted.line().tree().containsKey(field.getJsonName())) {
                merged.setField(field, wanted.alone().getField(field));
            }
        }
        return merged.build();
    }

    private static void refuse(ContactImport.Builder progress, int line, List<Flaw> flaws) {
        progress.setRefused(progress.getRefused() + 1);
        for (var flaw : flaws) {
            if (progress.getMistakesCount() < MISTAKES_MAX) {
                progress.addMistakes(
                        ContactImportMistake.newBuilder()
                                .setLine(line)
                                .setField(shown(flaw.field()))
                                .setMessage(flaw.message()));
            }
        }
    }

    /** A name that is none of ours may be anything, and of any length: it is not kept. */
    private static String shown(String field) {
        return FIELD.matcher(field).matches() ? field : "contact";
    }

    List<Contact> changed() {
        return List.copyOf(changed.values());
    }

    int created() {
        return created;
    }

    static List<String> externalIds(List<Wanted> wanted) {
        return wanted.stream()
                .map(one -> one.alone().getExternalId())
                .filter(id -> !id.isEmpty())
                .toList();
    }

    static List<String> numbers(List<Wanted> wanted) {
        return wanted.stream()
                .flatMap(one -> Stream.of(one.alone()))
                .filter(alone -> alone.getNumbersCount() > 0)
                .map(alone -> alone.getNumbers(0))
                .map(ContactNumber::getNumber)
                .toList();
    }
}
