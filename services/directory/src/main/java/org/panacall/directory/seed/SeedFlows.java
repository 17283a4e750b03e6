// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.seed;

import com.google.protobuf.Duration;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.JsonFormat;
import java.util.List;
import org.panacall.proto.call.v1.Prompt;
import org.panacall.proto.directory.v1.EchoStep;
import org.panacall.proto.directory.v1.Flow;
import org.panacall.proto.directory.v1.HangUpStep;
import org.panacall.proto.directory.v1.MenuStep;
import org.panacall.proto.directory.v1.PlayStep;
import org.panacall.proto.directory.v1.QueueStep;
import org.panacall.proto.directory.v1.Step;
import org.panacall.proto.directory.v1.TransferStep;

/** Turns the flows of a checked seed into what is stored: the contract's own message as JSON. */
final class SeedFlows {

    private final PromptTexts texts;

    SeedFlows(PromptTexts texts) {
        this.texts = texts;
    }

    String json(Seed.Flow flow) {
        var definition =
                Flow.newBuilder()
                        .setName(flow.name())
                        .setEntryStepId(flow.entry())
                        .setFallbackQueueId(flow.fallbackQueue());
        flow.steps().forEach(step -> definition.addSteps(step(step)));
        try {
            return JsonFormat.printer().print(definition);
        } catch (InvalidProtocolBufferException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private Step step(Seed.Step step) {
        var made = Step.newBuilder().setStepId(step.id()).putAllExits(step.exits());
        if (step.play() != null) {
            made.setPlay(
                    PlayStep.newBuilder()
                            .addAllPrompts(prompts(step.play().prompts()))
                            .setBargeIn(step.play().bargeIn()));
        } else if (step.menu() != null) {
            made.setMenu(menu(step.menu()));
        } else if (step.queue() != null) {
            made.setQueue(
                    QueueStep.newBuilder()
                            .setQueueId(step.queue().id())
                            .putAllAttributes(step.queue().attributes()));
        } else if (step.transfer() != null) {
            made.setTransfer(TransferStep.newBuilder().setExtension(step.transfer().extension()));
        } else if (step.echo() != null) {
            made.setEcho(EchoStep.getDefaultInstance());
        } else {
            made.setHangUp(HangUpStep.getDefaultInstance());
        }
        return made.build();
    }

    private MenuStep menu(Seed.Menu menu) {
        return MenuStep.newBuilder()
                .addAllPrompts(prompts(menu.prompts()))
                .addAllKeys(menu.keys())
                .setExtensionDialling(menu.extensionDialling())
                .setFirstKeyTimeout(duration(menu.firstKeyTimeout()))
                .setInterKeyTimeout(duration(menu.interKeyTimeout()))
                .setMaxAttempts(menu.maxAttempts())
                .addAllInvalidPrompts(prompts(menu.invalidPrompts()))
                .build();
    }

    private List<Prompt> prompts(List<Seed.Prompt> prompts) {
        return prompts.stream()
                .map(
                        prompt ->
                                Prompt.newBuilder()
                                        .setPromptId(prompt.id())
                                        .setFallbackText(texts.of(prompt).orElseThrow())
                                        .build())
                .toList();
    }

    private static Duration duration(java.time.Duration duration) {
        return Durations.fromMillis(duration.toMillis());
    }
}
