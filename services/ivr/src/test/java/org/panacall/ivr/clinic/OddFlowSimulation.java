// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.clinic;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.panacall.defaults.tree.Flaw;
import org.panacall.flow.check.FlowAround;
import org.panacall.flow.check.FlowChecks;
import org.panacall.flow.document.FlowDocument;
import org.panacall.ivr.core.IvrEvent.FlowFinished;
import org.panacall.ivr.core.rehearsal.Rehearsal;
import org.panacall.ivr.core.rehearsal.Rehearsal.Happened;
import org.panacall.ivr.directory.CatalogReader;
import org.panacall.proto.directory.v1.Flow;
import org.panacall.simkit.Dice;
import org.panacall.simkit.Seeds;

/**
 * Documents of flows in which values have been taken away, doubled and replaced by odd ones: each
 * is refused with reasons that can be read, or it can be run, by anybody, to an end.
 */
class OddFlowSimulation {

    private static final int ROUNDS = 60;
    private static final int CALLS = 3;
    private static final int MESSAGE_MAX = 400;

    private static final List<Object> ODD =
            Arrays.asList(
                    null,
                    true,
                    0,
                    -1,
                    Long.MAX_VALUE,
                    1.5e300,
                    "",
                    " ",
                    "registry",
                    "ask",
                    "\u0000",
                    "x".repeat(2_000),
                    "1 +",
                    "caller.number == 1",
                    "a".repeat(490) + "()",
                    "((((((((((((((((((((((((((((((((((((1))))))))))))))))))))))))))))))))))))",
                    "matches(caller.number, '(a+)+$')",
                    "10h",
                    "-5s",
                    "PT1S",
                    List.of(),
                    List.of(1, "a", List.of()),
                    Map.of(),
                    Map.of("a", Map.of()));

    @Test
    void whateverIsWrittenIsRefusedWithAReasonOrCanBeRun() {
        var tenant = ExampleClinic.catalog(ExampleClinic.tenant());
        var around = FlowAround.of(ExampleClinic.tenant());
        var documents = ExampleClinic.documents();
        var outcomes = new int[2];
        Seeds.run(
                seed -> {
                    var dice = new Dice(seed);
                    for (int round = 0; round < ROUNDS; round++) {
                        var flow = ExampleClinic.read(dice.oneOf(documents)).flow();
                        var tree = copy(FlowDocument.tree(flow));
                        for (int change = dice.between(1, 3); change > 0; change--) {
                            spoil(tree, dice);
                        }
                        var read = FlowDocument.read(tree);
                        var flaws = new ArrayList<Flaw>(read.flaws());
                        if (flaws.isEmpty()) {
                            flaws.addAll(FlowChecks.flaws(read.flow(), around));
                        }
                        flaws.forEach(OddFlowSimulation::canBeRead);
                        outcomes[flaws.isEmpty() ? 1 : 0]++;
                        if (flaws.isEmpty() && !read.flow().getSubFlow()) {
                            canBeRun(read.flow(), tenant, dice);
                        }
                    }
                });
        assertTrue(outcomes[0] > 0 && outcomes[1] > 0, () -> Arrays.toString(outcomes));
    }

    private static void canBeRead(Flaw flaw) {
        assertFalse(flaw.message().isBlank(), flaw::field);
        assertTrue(flaw.message().length() <= MESSAGE_MAX, flaw::message);
        assertFalse(flaw.message().contains("Exception"), flaw::message);
    }

    private static void canBeRun(
            Flow flow, org.panacall.ivr.core.flow.Catalog.Tenant tenant, Dice dice) {
        var drawn = CatalogReader.draft(flow, tenant);
        for (int call = 0; call < CALLS; call++) {
            var moments =
                    Rehearsal.of(
                            ExampleClinic.caller("+79160000002", ExampleClinic.NUMBER),
                            tenant.drawing(drawn),
                            ExampleClinic.LIMITS,
                            List.of("" + dice.below(10), "123456", "" + dice.below(1_000)),
                            Instant.ofEpochSecond(dice.below(Integer.MAX_VALUE)));
            var last = assertInstanceOf(Happened.class, moments.getLast());
            assertInstanceOf(FlowFinished.class, last.event().fact(), flow::toString);
        }
    }

    /** Changes one value, anywhere. */
    private static void spoil(Object at, Dice dice) {
        switch (at) {
            case Map<?, ?> map when !map.isEmpty() -> spoilMap(cast(map), dice);
            case List<?> list when !list.isEmpty() -> spoilList(castList(list), dice);
            default -> {}
        }
    }

    private static void spoilMap(Map<String, Object> map, Dice dice) {
        var name = dice.oneOf(List.copyOf(map.keySet()));
        var value = map.get(name);
        if (isTree(value) && dice.chance(0.8)) {
            spoil(value, dice);
            return;
        }
        switch (dice.below(4)) {
            case 0 -> map.remove(name);
            case 1 -> map.put(name + "s", map.remove(name));
            default -> map.put(name, copy(dice.oneOf(ODD)));
        }
    }

    private static void spoilList(List<Object> list, Dice dice) {
        int at = dice.below(list.size());
        if (isTree(list.get(at)) && dice.chance(0.8)) {
            spoil(list.get(at), dice);
            return;
        }
        switch (dice.below(3)) {
            case 0 -> list.remove(at);
            case 1 -> list.add(copy(list.get(at)));
            default -> list.set(at, copy(dice.oneOf(ODD)));
        }
    }

    private static boolean isTree(Object value) {
        return value instanceof Map<?, ?> || value instanceof List<?>;
    }

    /** That can be changed. */
    @SuppressWarnings("unchecked")
    private static <T> T copy(T value) {
        return switch (value) {
            case Map<?, ?> map -> {
                var all = new LinkedHashMap<Object, Object>();
                map.forEach((name, one) -> all.put(name, copy(one)));
                yield (T) all;
            }
            case List<?> list -> {
                var all = new ArrayList<Object>();
                list.forEach(one -> all.add(copy(one)));
                yield (T) all;
            }
            case null, default -> value;
        };
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> cast(Map<?, ?> map) {
        return (Map<String, Object>) map;
    }

    @SuppressWarnings("unchecked")
    private static List<Object> castList(List<?> list) {
        return (List<Object>) list;
    }
}
