// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.clinic;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.panacall.flow.check.FlowAround;
import org.panacall.flow.check.FlowChecks;
import org.panacall.ivr.core.IvrEvent.Ending;
import org.panacall.ivr.core.IvrEvent.FlowFinished;
import org.panacall.ivr.core.IvrEvent.StepEntered;
import org.panacall.ivr.core.id.FlowId;
import org.panacall.ivr.core.rehearsal.Rehearsal;
import org.panacall.ivr.core.rehearsal.Rehearsal.Happened;
import org.panacall.proto.directory.v1.Flow;
import org.panacall.proto.directory.v1.Tenant;
import org.panacall.simkit.Dice;
import org.panacall.simkit.Seeds;

/**
 * The clinics' flows with their exits mixed up: whatever the checks let pass takes any caller at
 * any time, whatever he presses, to an end in a bounded number of steps, and never to a failure.
 */
class ValidFlowSimulation {

    private static final int ROUNDS = 40;
    private static final int STEPS_MAX = 500;
    private static final List<String> CALLERS =
            List.of("", "+79160000001", "+79160000066", "+79165550101", "+73432000000", "103");

    @Test
    void whatTheChecksLetPassLeadsEverybodyToAnEnd() {
        var tenant = ExampleClinic.tenant();
        var around = FlowAround.of(tenant);
        var passed = new int[1];
        Seeds.run(
                seed -> {
                    var dice = new Dice(seed);
                    for (int round = 0; round < ROUNDS; round++) {
                        var flow = mixed(dice.oneOf(tenant.getFlowsList()), dice);
                        if (!flow.getSubFlow() && FlowChecks.flaws(flow, around).isEmpty()) {
                            passed[0]++;
                            goThrough(tenant, flow, dice);
                        }
                    }
                });
        assertTrue(passed[0] > 0, "no mixture was sound");
    }

    private static Flow mixed(Flow flow, Dice dice) {
        var mixed = flow.toBuilder();
        for (int change = dice.below(4); change > 0; change--) {
            var step = dice.oneOf(mixed.getStepsBuilderList());
            var exits = new ArrayList<>(step.getExitsMap().keySet());
            if (!exits.isEmpty()) {
                var target = dice.oneOf(mixed.getStepsBuilderList()).getStepId();
                step.putExits(dice.oneOf(exits), target);
            }
        }
        return mixed.build();
    }

    private static void goThrough(Tenant tenant, Flow flow, Dice dice) {
        var others =
                tenant.getFlowsList().stream()
                        .filter(other -> !other.getFlowId().equals(flow.getFlowId()))
                        .toList();
        var catalog =
                ExampleClinic.catalog(
                        tenant.toBuilder().clearFlows().addAllFlows(others).addFlows(flow).build());
        var drawn = catalog.flows().get(new FlowId(flow.getFlowId()));
        for (int call = 0; call < 5; call++) {
            var caller = ExampleClinic.caller(dice.oneOf(CALLERS), ExampleClinic.NUMBER);
            var at = Instant.ofEpochSecond(1_700_000_000L + dice.below(100_000_000));
            var moments =
                    Rehearsal.of(
                            caller, catalog.drawing(drawn), ExampleClinic.LIMITS, inputs(dice), at);
            var last = assertInstanceOf(Happened.class, moments.getLast());
            var end = assertInstanceOf(FlowFinished.class, last.event().fact());
            assertTrue(end.ending() != Ending.FAILED, () -> "failed in " + flow);
            long steps =
                    moments.stream()
                            .filter(Happened.class::isInstance)
                            .filter(one -> ((Happened) one).event().fact() instanceof StepEntered)
                            .count();
            assertTrue(steps <= STEPS_MAX, () -> steps + " steps in " + flow);
        }
    }

    private static List<String> inputs(Dice dice) {
        var inputs = new ArrayList<String>();
        for (int count = dice.below(12); count > 0; count--) {
            var keys = new StringBuilder();
            for (int length = dice.below(8); length > 0; length--) {
                keys.append("0123456789*#".charAt(dice.below(12)));
            }
            inputs.add(keys.toString());
        }
        return inputs;
    }
}
