// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.seed;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.panacall.directory.checks.PersonChecks;
import org.panacall.directory.checks.QueueChecks;
import org.panacall.directory.checks.Surroundings;
import org.panacall.directory.checks.TenantChecks;
import org.panacall.flow.check.FlowAround;
import org.panacall.flow.check.FlowChecks;
import org.panacall.proto.directory.v1.FlowVariable;

/**
 * Finds everything wrong with a seed, each fault with its path and what to do, so that a mistake is
 * met by the one who made it and not by a patient.
 */
final class SeedCheck {

    static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9_-]{0,39}");

    /** Looked at one by one. */
    private static final Pattern LISTED = Pattern.compile("(queues|people|flows)\\(.*");

    private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{6,14}");
    private static final Pattern EXTENSION = Pattern.compile("[0-9*#]{1,8}");
    private static final Pattern DOMAIN = Pattern.compile("[a-z0-9.-]{1,253}");
    private static final Set<String> ROLES =
            new TreeSet<>(List.of("administrator", "agent", "integrator", "supervisor"));
    private static final Set<String> FUNCTIONS =
            new TreeSet<>(List.of("echo", "flow", "not-ready", "ready"));
    private static final Set<String> COLLECTED = Set.of("queueId", "extension");

    private final Seed seed;
    private final List<String> faults = new ArrayList<>();
    private final Map<String, String> extensions = new LinkedHashMap<>();
    private final Set<String> queues = new TreeSet<>();
    private final Set<String> flows = new TreeSet<>();

    private SeedCheck(Seed seed) {
        this.seed = seed;
    }

    static List<String> faults(Seed seed) {
        var check = new SeedCheck(seed);
        if (seed.tenant() == null) {
            return List.of("tenant: is missing; a seed file describes one tenant");
        }
        check.collect();
        check.tenant();
        check.numbers();
        check.queues();
        check.people();
        check.others();
        check.flows();
        return check.faults;
    }

    private void flows() {
        var around = FlowAround.of(surroundings().tenant());
        for (int i = 0; i < seed.flows().size(); i++) {
            var path = "flows[" + i + "].";
            FlowChecks.flaws(seed.flows().get(i), around)
                    .forEach(flaw -> faults.add(path + flaw.field() + ": " + flaw.message()));
        }
    }

    /** Ids and extensions first, because anything may refer to anything. */
    private void collect() {
        for (int i = 0; i < seed.queues().size(); i++) {
            var queue = seed.queues().get(i);
            id("queues[" + i + "].id", queue.getQueueId(), queues);
            extension("queues[" + i + "].extension", queue.getExtension());
        }
        for (int i = 0; i < seed.people().size(); i++) {
            var extension = seed.people().get(i).person().getExtension();
            if (!extension.isEmpty()) {
                extension("people[" + i + "].extension", extension);
            }
        }
        for (int i = 0; i < seed.serviceExtensions().size(); i++) {
            extension(
                    "serviceExtensions[" + i + "].extension",
                    seed.serviceExtensions().get(i).extension());
        }
        for (int i = 0; i < seed.flows().size(); i++) {
            id("flows[" + i + "].id", seed.flows().get(i).getFlowId(), flows);
        }
    }

    private void tenant() {
        var tenant = seed.tenant();
        id("tenant.id", tenant.getTenantId(), new TreeSet<>());
        matches("tenant.sipDomain", tenant.getSipDomain(), DOMAIN, "a domain like clinic.example");
        TenantChecks.flaws(tenant, surroundings().tenant()).stream()
                .filter(flaw -> !LISTED.matcher(flaw.field()).matches())
                .forEach(flaw -> faults.add("tenant." + flaw.field() + ": " + flaw.message()));
    }

    private void numbers() {
        var known = new TreeSet<String>();
        for (int i = 0; i < seed.numbers().size(); i++) {
            var number = seed.numbers().get(i);
            var path = "numbers[" + i + "]";
            matches(path + ".number", number.number(), E164, "E.164 with +, like +74950000100");
            if (number.number() != null && !known.add(number.number())) {
                faults.add(path + ".number: is there twice; keep one");
            }
            var destinations = new ArrayList<String>();
            if (number.flow() != null) {
                destinations.add("flow");
                reference(path + ".flow", number.flow(), flows);
                variables(path + ".variables", number);
            }
            if (number.queue() != null) {
                destinations.add("queue");
                reference(path + ".queue", number.queue(), queues);
            }
            if (number.extension() != null) {
                destinations.add("extension");
                reference(path + ".extension", number.extension(), extensions.keySet());
            }
            if (Boolean.TRUE.equals(number.echo())) {
                destinations.add("echo");
            }
            if (destinations.size() != 1) {
                faults.add(
                        path
                                + ": needs exactly one of flow, queue, extension and echo, has "
                                + destinations);
            }
            if (number.fallbackQueue() != null) {
                reference(path + ".fallbackQueue", number.fallbackQueue(), queues);
            }
        }
    }

    private void variables(String path, Seed.Number number) {
        var known =
                seed.flows().stream()
                        .filter(flow -> flow.getFlowId().equals(number.flow()))
                        .flatMap(flow -> flow.getVariablesList().stream())
                        .map(FlowVariable::getName)
                        .collect(Collectors.toCollection(TreeSet::new));
        number.variables().keySet().forEach(name -> reference(path, name, known));
    }

    private void queues() {
        var around = surroundings();
        for (int i = 0; i < seed.queues().size(); i++) {
            var path = "queues[" + i + "].";
            QueueChecks.flaws(seed.queues().get(i), around).stream()
                    // Ids and extensions have been looked at already.
                    .filter(flaw -> !COLLECTED.contains(flaw.field()))
                    .forEach(
                            flaw ->
                                    faults.add(
                                            path
                                                    + SeedMessages.shortName(flaw.field())
                                                    + ": "
                                                    + flaw.message()));
        }
    }

    private Surroundings surroundings() {
        var tenant = seed.tenant().toBuilder().addAllQueues(seed.queues());
        seed.people().stream()
                .map(Seed.Person::person)
                .filter(person -> !person.getExtension().isEmpty())
                .forEach(tenant::addPeople);
        tenant.addAllFlows(seed.flows());
        return Surroundings.of(tenant.build());
    }

    private void people() {
        var ids = new TreeSet<String>();
        var names = new TreeSet<String>();
        var around = surroundings();
        for (int i = 0; i < seed.people().size(); i++) {
            var person = seed.people().get(i);
            var path = "people[" + i + "]";
            id(path + ".id", person.person().getPersonId(), ids);
            present(path + ".password", person.password());
            present(path + ".userName", person.userName());
            if (!names.add(person.userName())) {
                faults.add(path + ".userName: is there twice; choose another");
            }
            if (person.person().getRolesCount() == 0) {
                faults.add(path + ".roles: must name at least one of " + ROLES);
            }
            person.person().getRolesList().forEach(role -> reference(path + ".roles", role, ROLES));
            PersonChecks.flaws(person.person(), around)
                    .forEach(flaw -> faults.add(path + "." + flaw.field() + ": " + flaw.message()));
        }
    }

    private void others() {
        for (int i = 0; i < seed.serviceExtensions().size(); i++) {
            var service = seed.serviceExtensions().get(i);
            var path = "serviceExtensions[" + i + "]";
            reference(path + ".function", service.function(), FUNCTIONS);
            if ("flow".equals(service.function())) {
                reference(path + ".flow", service.flow(), flows);
            } else if (service.flow() != null) {
                faults.add(path + ": does something and leads to a flow; keep one");
            }
        }
        for (int i = 0; i < seed.apiTokens().size(); i++) {
            var token = seed.apiTokens().get(i);
            var path = "apiTokens[" + i + "]";
            present(path + ".name", token.name());
            present(path + ".token", token.token());
            token.roles().forEach(role -> reference(path + ".roles", role, ROLES));
        }
    }

    private void id(String path, String id, Set<String> known) {
        matches(path, id, ID, "lower case letters, digits, - and _, at most 40");
        if (id != null && !known.add(id)) {
            faults.add(path + ": '" + id + "' is there twice; choose another");
        }
    }

    private void extension(String path, String extension) {
        matches(path, extension, EXTENSION, "1 to 8 of 0-9 * #, in quotes");
        var other = extension == null ? null : extensions.putIfAbsent(extension, path);
        if (other != null) {
            faults.add(path + ": '" + extension + "' belongs to " + other + "; choose another");
        }
    }

    private void reference(String path, String name, Set<String> known) {
        if (name == null || !known.contains(name)) {
            faults.add(path + ": there is no '" + name + "'; known are " + known);
        }
    }

    private void present(String path, String value) {
        if (value == null || value.isBlank()) {
            faults.add(path + ": is missing");
        }
    }

    private void matches(String path, String value, Pattern pattern, String wanted) {
        if (value == null || !pattern.matcher(value).matches()) {
            faults.add(path + ": is '" + value + "', must be " + wanted);
        }
    }
}
