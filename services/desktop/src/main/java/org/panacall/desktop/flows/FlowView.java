// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.flows;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.panacall.desktop.Wire;
import org.panacall.proto.directory.v1.Flow;
import org.panacall.proto.directory.v1.MenuStep;

/** A flow as JSON. */
public record FlowView(
        String id,
        String name,
        long version,
        String entry,
        String fallbackQueue,
        List<Step> steps) {

    /**
     * A step. What does not belong to its kind is absent.
     *
     * @param kind play, menu, queue, transfer, echo or hang-up
     * @param exits exit → next step
     */
    public record Step(
            String id,
            String kind,
            Map<String, String> exits,
            List<Prompt> prompts,
            Boolean bargeIn,
            Menu menu,
            String queue,
            String extension) {}

    /** A prompt: the stored audio's id, and what is spoken without it. */
    public record Prompt(String id, String text) {}

    /** A menu's own settings. */
    public record Menu(
            List<String> keys,
            boolean extensionDialling,
            Duration firstKeyTimeout,
            Duration interKeyTimeout,
            int maxAttempts) {}

    static FlowView of(Flow flow) {
        return new FlowView(
                flow.getFlowId(),
                flow.getName(),
                flow.getVersion(),
                flow.getEntryStepId(),
                flow.getFallbackQueueId(),
                flow.getStepsList().stream().map(FlowView::step).toList());
    }

    private static Step step(org.panacall.proto.directory.v1.Step step) {
        var kind = Wire.word("KIND_" + step.getKindCase().name(), "KIND_");
        var prompts =
                step.hasPlay() ? step.getPlay().getPromptsList() : step.getMenu().getPromptsList();
        return new Step(
                step.getStepId(),
                kind,
                step.getExitsCount() == 0 ? null : step.getExitsMap(),
                prompts.isEmpty() ? null : prompts.stream().map(FlowView::prompt).toList(),
                step.hasPlay() ? step.getPlay().getBargeIn() : null,
                step.hasMenu() ? menu(step.getMenu()) : null,
                step.hasQueue() ? step.getQueue().getQueueId() : null,
                step.hasTransfer() ? Wire.text(step.getTransfer().getExtension()) : null);
    }

    private static Menu menu(MenuStep menu) {
        return new Menu(
                menu.getKeysList(),
                menu.getExtensionDialling(),
                Wire.duration(true, menu.getFirstKeyTimeout()),
                Wire.duration(true, menu.getInterKeyTimeout()),
                menu.getMaxAttempts());
    }

    private static Prompt prompt(org.panacall.proto.call.v1.Prompt prompt) {
        return new Prompt(Wire.text(prompt.getPromptId()), Wire.text(prompt.getFallbackText()));
    }
}
