// SPDX-License-Identifier: Apache-2.0
package org.panacall.flow.check;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.panacall.proto.directory.v1.BranchCase;
import org.panacall.proto.directory.v1.Flow;
import org.panacall.proto.directory.v1.Step;

/**
 * The exits of a step.
 *
 * @param wanted must be drawn
 * @param possible may be drawn as well
 */
record StepExits(Set<String> wanted, Set<String> possible) {

    private static final Set<String> DONE = Set.of("done");
    private static final Set<String> FAILED = Set.of("failed");
    private static final Set<String> OF_PERSONS =
            Set.of("no-answer", "busy", "unavailable", "failed");
    private static final Set<String> OF_NUMBERS = Set.of("no-answer", "busy", "failed");
    private static final List<String> OF_QUESTIONS = List.of("no-input", "invalid");

    /** Those to name to who looks for another. */
    Set<String> named() {
        return new TreeSet<>(wanted.isEmpty() ? possible : wanted);
    }

    static StepExits of(Step step, Flow flow, FlowAround around) {
        return switch (step.getKindCase()) {
            case PLAY, ANSWER, LANGUAGE, WAIT, TAG -> only(DONE);
            case SET, SAY, RECORDING_NOTICE, NOTIFY -> new StepExits(DONE, FAILED);
            case RECORD -> new StepExits(Set.of("done", "too-short"), FAILED);
            case MENU -> {
                var exits = new TreeSet<>(step.getMenu().getKeysList());
                exits.addAll(OF_QUESTIONS);
                yield only(exits);
            }
            case COLLECT, RATE -> only(Set.of("done", "no-input", "invalid"));
            case MESSAGES -> new StepExits(Set.of("done", "unknown"), FAILED);
            case CONFERENCE -> new StepExits(Set.of("done", "full"), FAILED);
            case DIAL -> only(Set.of("no-input", "invalid"));
            case DIAL_BY_NAME -> only(Set.of("no-input", "not-found"));
            case BRANCH -> {
                var exits = new TreeSet<String>();
                step.getBranch().getCasesList().stream()
                        .map(BranchCase::getExit)
                        .forEach(exits::add);
                exits.add("else");
                yield only(exits);
            }
            case HOURS -> only(Set.of("open", "closed"));
            case SCREEN -> only(Set.of("listed", "not-listed"));
            case LOOP -> only(Set.of("again", "over"));
            case SUB_FLOW ->
                    new StepExits(
                            ofSubFlow(
                                    around.flows()
                                            .getOrDefault(
                                                    step.getSubFlow().getFlowId(),
                                                    Flow.getDefaultInstance())),
                            FAILED);
            case AWAIT, HTTP, CONTACT, MANAGER -> Asking.exits(step, flow);
            case TRANSFER ->
                    new StepExits(
                            Set.of(),
                            step.getTransfer().getNumber().isEmpty() ? OF_PERSONS : OF_NUMBERS);
            case RING_GROUP -> new StepExits(Set.of(), OF_PERSONS);
            case QUEUE, ECHO, HANG_UP, FINISH, GO_TO, KIND_NOT_SET -> only(Set.of());
        };
    }

    private static Set<String> ofSubFlow(Flow flow) {
        var exits = new TreeSet<String>();
        flow.getStepsList().stream()
                .filter(Step::hasFinish)
                .forEach(step -> exits.add(step.getFinish().getExit()));
        return exits;
    }

    private static StepExits only(Set<String> wanted) {
        return new StepExits(new TreeSet<>(wanted), Set.of());
    }
}
