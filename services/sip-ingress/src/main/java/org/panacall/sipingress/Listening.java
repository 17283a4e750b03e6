// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress;

import java.util.Optional;
import org.panacall.proto.call.v1.ListenOrder;
import org.panacall.proto.call.v1.SpokenChoice;
import org.panacall.sipingress.core.leg.Program;

/** Listening in the words of the contract. */
public final class Listening {

    private Listening() {}

    /** What is ordered, if anything is. */
    public static Optional<Program.Listening> plan(boolean present, ListenOrder order) {
        if (!present) return Optional.empty();
        return Optional.of(
                new Program.Listening(
                        order.getLanguage(),
                        order.getChoicesList().stream()
                                .map(
                                        one ->
                                                new Program.Choice(
                                                        one.getChoice(), one.getPhrasesList()))
                                .toList(),
                        Prompts.ofMessage(order.getPatience())));
    }

    public static ListenOrder toMessage(Program.Listening plan) {
        var order =
                ListenOrder.newBuilder()
                        .setLanguage(plan.language())
                        .setPatience(Prompts.toMessage(plan.patience()));
        for (var choice : plan.choices()) {
            order.addChoices(
                    SpokenChoice.newBuilder()
                            .setChoice(choice.choice())
                            .addAllPhrases(choice.phrases()));
        }
        return order.build();
    }
}
