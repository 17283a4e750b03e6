// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.directory;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.panacall.ivr.core.flow.Flow;
import org.panacall.ivr.core.flow.Prompt;
import org.panacall.ivr.core.flow.Step;
import org.panacall.ivr.core.id.Extension;
import org.panacall.ivr.core.id.FlowId;
import org.panacall.ivr.core.id.QueueId;
import org.panacall.ivr.core.id.StepId;
import org.panacall.proto.directory.v1.MenuStep;

/** Makes a flow that can be run of one that was drawn. */
final class FlowReader {

    private static final Duration FIRST_KEY = Duration.ofSeconds(5);
    private static final Duration INTER_KEY = Duration.ofMillis(1_500);
    private static final int ATTEMPTS = 3;

    private FlowReader() {}

    /**
     * @param tenantFallback queue for a flow that names none
     * @throws IllegalArgumentException when the drawing makes no sense
     */
    static Flow read(org.panacall.proto.directory.v1.Flow drawn, Optional<QueueId> tenantFallback) {
        var steps = new LinkedHashMap<StepId, Step>();
        for (var step : drawn.getStepsList()) {
            var id = new StepId(step.getStepId());
            if (steps.put(id, new Step(id, kind(step), exits(step.getExitsMap()))) != null) {
                throw new IllegalArgumentException("two steps are called " + id);
            }
        }
        var entry = new StepId(drawn.getEntryStepId());
        if (!steps.containsKey(entry)) {
            throw new IllegalArgumentException("there is no entry step " + entry);
        }
        var fallback =
                drawn.getFallbackQueueId().isEmpty()
                        ? tenantFallback
                        : Optional.of(new QueueId(drawn.getFallbackQueueId()));
        return new Flow(new FlowId(drawn.getFlowId()), drawn.getVersion(), entry, steps, fallback);
    }

    private static Map<String, StepId> exits(Map<String, String> drawn) {
        var exits = new TreeMap<String, StepId>();
        drawn.forEach((exit, step) -> exits.put(exit, new StepId(step)));
        return exits;
    }

    private static Step.Kind kind(org.panacall.proto.directory.v1.Step step) {
        return switch (step.getKindCase()) {
            case PLAY ->
                    new Step.Play(
                            prompts(step.getPlay().getPromptsList()), step.getPlay().getBargeIn());
            case MENU -> menu(step.getMenu());
            case QUEUE ->
                    new Step.Enqueue(
                            new QueueId(step.getQueue().getQueueId()),
                            step.getQueue().getAttributesMap());
            case TRANSFER -> new Step.Transfer(new Extension(step.getTransfer().getExtension()));
            case ECHO -> new Step.Echo();
            case HANG_UP -> new Step.HangUp();
            case KIND_NOT_SET ->
                    throw new IllegalArgumentException(
                            "step " + step.getStepId() + " is of no kind we know");
        };
    }

    private static Step.Menu menu(MenuStep menu) {
        return new Step.Menu(
                prompts(menu.getPromptsList()),
                prompts(menu.getInvalidPromptsList()),
                new Step.Keys(menu.getKeysList(), menu.getExtensionDialling()),
                new Step.Patience(
                        orElse(menu.hasFirstKeyTimeout(), menu.getFirstKeyTimeout(), FIRST_KEY),
                        orElse(menu.hasInterKeyTimeout(), menu.getInterKeyTimeout(), INTER_KEY),
                        menu.getMaxAttempts() == 0 ? ATTEMPTS : menu.getMaxAttempts()));
    }

    private static List<Prompt> prompts(List<org.panacall.proto.call.v1.Prompt> prompts) {
        return prompts.stream().map(FlowReader::prompt).toList();
    }

    private static Prompt prompt(org.panacall.proto.call.v1.Prompt prompt) {
        return switch (prompt.getSourceCase()) {
            case PROMPT_ID ->
                    new Prompt.Stored(
                            prompt.getPromptId(), prompt.getLanguage(), prompt.getFallbackText());
            case TEXT -> new Prompt.Spoken(prompt.getText(), prompt.getLanguage());
            case TONE ->
                    new Prompt.Tone(
                            prompt.getTone().getFrequencyHz(),
                            prompt.getTone().getSecondFrequencyHz(),
                            duration(prompt.getTone().getOnTime()),
                            duration(prompt.getTone().getOffTime()));
            case SILENCE -> new Prompt.Silence(duration(prompt.getSilence()));
            case SOURCE_NOT_SET -> throw new IllegalArgumentException("a prompt without source");
        };
    }

    private static Duration orElse(
            boolean given, com.google.protobuf.Duration drawn, Duration usual) {
        return given ? duration(drawn) : usual;
    }

    private static Duration duration(com.google.protobuf.Duration drawn) {
        return Duration.ofSeconds(drawn.getSeconds(), drawn.getNanos());
    }
}
