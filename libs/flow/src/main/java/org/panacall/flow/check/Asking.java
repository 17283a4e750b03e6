// SPDX-License-Identifier: Apache-2.0
package org.panacall.flow.check;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.panacall.proto.directory.v1.Flow;
import org.panacall.proto.directory.v1.Step;

/** Steps that have something done outside, and those that await what comes of it. */
final class Asking {

    private static final String STARTED = "started";

    private static final StepExits OF_HTTP =
            new StepExits(Set.of("done", "failed"), Set.of("not-found", "refused", "timeout"));
    private static final Set<String> FOUND_OR_NOT = Set.of("found", "not-found");

    private Asking() {}

    /** The exits of a step that has something done outside, by what may come of it. */
    static Optional<StepExits> outcomes(Step step) {
        return switch (step.getKindCase()) {
            case HTTP -> Optional.of(OF_HTTP);
            case CONTACT -> Optional.of(new StepExits(FOUND_OR_NOT, Set.of("several", "failed")));
            case MANAGER -> Optional.of(new StepExits(FOUND_OR_NOT, Set.of("failed")));
            default -> Optional.empty();
        };
    }

    /** Whether it leaves before anything came of it. */
    static boolean isAhead(Step step) {
        return switch (step.getKindCase()) {
            case HTTP -> step.getHttp().getAhead();
            case CONTACT -> step.getContact().getAhead();
            case MANAGER -> step.getManager().getAhead();
            default -> false;
        };
    }

    /** The exits of a step that asks, or awaits, in its flow. */
    static StepExits exits(Step step, Flow flow) {
        if (isAhead(step)) {
            return new StepExits(Set.of(STARTED), Set.of());
        }
        var asking = step.hasAwait() ? awaited(step, flow) : Optional.of(step);
        return asking.flatMap(Asking::outcomes).orElse(new StepExits(Set.of(), Set.of()));
    }

    static void check(Flow flow, Findings findings) {
        var ahead =
                flow.getStepsList().stream().filter(Asking::isAhead).map(Step::getStepId).toList();
        var awaited =
                flow.getStepsList().stream()
                        .filter(Step::hasAwait)
                        .map(step -> step.getAwait().getStepId())
                        .toList();
        for (var id : ahead) {
            if (!awaited.contains(id)) {
                findings.add("steps(" + id + ")", "nobody awaits its outcome; add an await step");
            }
        }
        awaits(flow, findings, ahead);
    }

    private static void awaits(Flow flow, Findings findings, List<String> ahead) {
        flow.getStepsList().stream()
                .filter(Step::hasAwait)
                .forEach(
                        step ->
                                findings.reference(
                                        "steps(" + step.getStepId() + ").await.step",
                                        "step that asks ahead",
                                        step.getAwait().getStepId(),
                                        ahead));
    }

    private static Optional<Step> awaited(Step step, Flow flow) {
        return flow.getStepsList().stream()
                .filter(one -> one.getStepId().equals(step.getAwait().getStepId()))
                .findFirst();
    }
}
