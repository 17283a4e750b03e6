// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core.run;

import org.panacall.ivr.core.flow.DialPlan;
import org.panacall.ivr.core.flow.NameBook;
import org.panacall.ivr.core.flow.Step;

/** What the keys typed so far mean to a menu, or to whoever asks for digits. */
enum Input {
    /** They are a key or extension, and nothing longer begins with them. */
    COMPLETE,
    /** They are a key or extension, but a longer one is possible. */
    COMPLETE_OR_MORE,
    /** They are the beginning of something. */
    MORE,
    /** Nothing begins with them. */
    WRONG;

    static Input of(String typed, Step.Question question, DialPlan plan) {
        return switch (question) {
            case Step.Menu menu -> of(typed, menu.keys(), plan);
            case Step.Collect collect -> of(typed, collect.digits());
            case NameBook.Spell spell -> ofLetters(spell.before() + typed);
            case NameBook.Pick pick ->
                    typed.equals(NameBook.Pick.BACK) || isOneOf(typed, pick.people().size())
                            ? COMPLETE
                            : WRONG;
            case Step.Rate rate ->
                    typed.matches("[1-9]") && Integer.parseInt(typed) <= rate.best()
                            ? COMPLETE
                            : WRONG;
        };
    }

    private static boolean isOneOf(String typed, int count) {
        return typed.matches("[1-9]") && Integer.parseInt(typed) <= count;
    }

    /** Who types a whole name is not interrupted, though he may be found by less. */
    private static Input ofLetters(String typed) {
        var letters = letters(typed);
        var isEnded = letters.length() < typed.length();
        if (!letters.matches("[2-9]*") || letters.length() > NameBook.Spell.MOST) {
            return WRONG;
        }
        if (letters.length() < NameBook.Spell.LEAST) {
            return isEnded ? WRONG : MORE;
        }
        return isEnded || letters.length() == NameBook.Spell.MOST ? COMPLETE : COMPLETE_OR_MORE;
    }

    /** Without the key that ended them. */
    static String letters(String typed) {
        return typed.endsWith("#") ? typed.substring(0, typed.length() - 1) : typed;
    }

    private static Input of(String typed, Step.Digits digits) {
        var value = value(typed, digits);
        var isEnded = value.length() < typed.length();
        if (!value.matches("[0-9]*")
                || value.length() > digits.most()
                || isEnded && value.length() < digits.least()) {
            return WRONG;
        }
        if (isEnded || value.length() == digits.most()) {
            return COMPLETE;
        }
        return value.length() >= digits.least() ? COMPLETE_OR_MORE : MORE;
    }

    /** The digits without the key that ended them. */
    static String value(String typed, Step.Digits digits) {
        return !digits.terminator().isEmpty() && typed.endsWith(digits.terminator())
                ? typed.substring(0, typed.length() - 1)
                : typed;
    }

    private static Input of(String typed, Step.Keys keys, DialPlan plan) {
        var dialling = keys.extensionDialling();
        var complete = keys.keys().contains(typed) || dialling && plan.entry(typed).isPresent();
        var more =
                keys.keys().stream().anyMatch(key -> isLonger(key, typed))
                        || dialling && plan.goesOnFrom(typed);
        if (complete) {
            return more ? COMPLETE_OR_MORE : COMPLETE;
        }
        return more ? MORE : WRONG;
    }

    private static boolean isLonger(String key, String typed) {
        return key.length() > typed.length() && key.startsWith(typed);
    }
}
