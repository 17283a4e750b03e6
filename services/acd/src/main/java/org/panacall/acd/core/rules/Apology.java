// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.rules;

/** What a caller is told when nobody serves him: a stored prompt, or these words without one. */
public enum Apology {
    CLOSED("queue/closed"),
    ALL_BUSY("queue/all-busy"),
    /** As sip-ingress says it. */
    UNAVAILABLE("unavailable");

    private final String promptId;

    Apology(String promptId) {
        this.promptId = promptId;
    }

    public String promptId() {
        return promptId;
    }

    /** The one that fits why a call is not served. */
    public static Apology of(Why why) {
        return switch (why) {
            case CLOSED -> CLOSED;
            case FULL, NOBODY_READY, LINE_TOO_LONG, WAIT_PREDICTED_TOO_LONG, WAITED_TOO_LONG ->
                    ALL_BUSY;
            case NOBODY_SIGNED_IN, UNREACHABLE -> UNAVAILABLE;
        };
    }

    /** The words in a BCP 47 language; Russian when it is none of ours. */
    public String text(String language) {
        return switch (language.split("-", 2)[0]) {
            case "en" -> english();
            case "uk" -> ukrainian();
            default -> russian();
        };
    }

    private String english() {
        return switch (this) {
            case CLOSED -> "We are closed now. Please call again in our working hours.";
            case ALL_BUSY -> "All our operators are busy. Please call again a little later.";
            case UNAVAILABLE -> "Nobody can take your call now. Please call again later.";
        };
    }

    private String russian() {
        return switch (this) {
            case CLOSED -> "Сейчас мы не работаем. Пожалуйста, позвоните в рабочее время.";
            case ALL_BUSY -> "Все операторы заняты. Пожалуйста, перезвоните немного позже.";
            case UNAVAILABLE ->
                    "Сейчас мы не можем принять ваш звонок. Пожалуйста, перезвоните позже.";
        };
    }

    private String ukrainian() {
        return switch (this) {
            case CLOSED -> "Зараз ми не працюємо. Будь ласка, зателефонуйте в робочий час.";
            case ALL_BUSY -> "Усі оператори зайняті. Будь ласка, зателефонуйте трохи пізніше.";
            case UNAVAILABLE ->
                    "Зараз ми не можемо прийняти ваш дзвінок. Будь ласка, зателефонуйте пізніше.";
        };
    }
}
