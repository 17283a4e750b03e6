// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.checks;

import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.panacall.defaults.tree.Flaw;
import org.panacall.proto.directory.v1.Flow;
import org.panacall.proto.directory.v1.FlowVariable;
import org.panacall.proto.directory.v1.Number;
import org.panacall.proto.directory.v1.Person;
import org.panacall.proto.directory.v1.Queue;
import org.panacall.proto.directory.v1.ServiceExtension;
import org.panacall.proto.directory.v1.Tenant;

/** Rules of the numbers that patients dial. */
public final class NumberChecks {

    private static final int SOURCE_MAX = 100;
    private static final int VALUE_MAX = 1_000;

    private NumberChecks() {}

    /** Everything wrong with a number; fields have their JSON names. */
    public static List<Flaw> flaws(Number number, Tenant tenant) {
        var faults = new Faults();
        if (!ConductChecks.E164.matcher(number.getNumber()).matches()) {
            faults.add("number", "must be a number like +74950000100");
        }
        if (number.getSource().length() > SOURCE_MAX) {
            faults.add("source", "must have at most " + SOURCE_MAX + " characters");
        }
        destination(number, tenant, faults);
        variables(number, tenant, faults);
        References.check(number, Surroundings.of(tenant), faults);
        return faults.all();
    }

    private static void destination(Number number, Tenant tenant, Faults faults) {
        switch (number.getDestinationCase()) {
            case EXTENSION -> {
                var known = extensions(tenant);
                if (!known.contains(number.getExtension())) {
                    faults.unknown("extension", "extension", number.getExtension(), known);
                }
            }
            case ECHO -> {
                if (!number.getEcho()) {
                    faults.add("echo", "must be true, or absent where it leads elsewhere");
                }
            }
            case FLOW_ID -> named("flowId", number.getFlowId(), faults);
            case QUEUE_ID -> named("queueId", number.getQueueId(), faults);
            case DESTINATION_NOT_SET ->
                    faults.add("flowId", "or queueId, extension or echo must say where it leads");
        }
    }

    /** Whether there is one of that name is looked at with all other references. */
    private static void named(String field, String id, Faults faults) {
        if (id.isEmpty()) {
            faults.add(field, "must say where it leads");
        }
    }

    private static TreeSet<String> extensions(Tenant tenant) {
        var known = new TreeSet<String>();
        tenant.getPeopleList().stream().map(Person::getExtension).forEach(known::add);
        tenant.getQueuesList().stream().map(Queue::getExtension).forEach(known::add);
        tenant.getServiceExtensionsList().stream()
                .map(ServiceExtension::getExtension)
                .forEach(known::add);
        known.remove("");
        return known;
    }

    private static void variables(Number number, Tenant tenant, Faults faults) {
        var known =
                tenant.getFlowsList().stream()
                        .filter(flow -> flow.getFlowId().equals(number.getFlowId()))
                        .map(Flow::getVariablesList)
                        .flatMap(List::stream)
                        .map(FlowVariable::getName)
                        .collect(Collectors.toCollection(TreeSet::new));
        number.getVariablesMap()
                .forEach(
                        (name, value) -> {
                            if (!known.contains(name)) {
                                faults.unknown("variables", "variable", name, known);
                            } else if (value.length() > VALUE_MAX) {
                                faults.add(
                                        "variables." + name,
                                        "must have at most " + VALUE_MAX + " characters");
                            }
                        });
    }
}
