// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.plan;

/** The few words that we say by ourselves, where no prompt is stored for them. */
public final class Wording {

    private Wording() {}

    public static String apology(String language) {
        return switch (language) {
            case "en" ->
                    "We cannot take your call at the moment. Please ring again in a few minutes.";
            case "uk" ->
                    "На жаль, зараз ми не можемо прийняти ваш дзвінок."
                            + " Будь ласка, зателефонуйте за кілька хвилин.";
            default ->
                    "К сожалению, сейчас мы не можем принять ваш звонок."
                            + " Пожалуйста, перезвоните через несколько минут.";
        };
    }
}
