// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.waiting;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.panacall.acd.core.call.QueuedCall;
import org.panacall.acd.core.id.PartyNumber;
import org.panacall.acd.core.plan.QueuePlan;
import org.panacall.acd.core.plan.WaitingRoom;
import org.panacall.acd.core.state.AcdState;
import org.panacall.acd.core.state.Turn;

/**
 * Talks with a waiting caller about calling him back: by prompts from us and keys from him.
 * Whatever goes wrong in it, he keeps his place and hears music.
 */
public final class CallbackTalk {

    private static final char CONFIRM = '1';
    private static final char OTHER = '2';
    private static final char BACK = '*';
    private static final char DONE = '#';
    private static final int TRIES_MAX = 3;
    private static final int KEYS_MAX = 20;

    /** For a key after all has been said, and between two keys. */
    private static final Duration ANSWER = Duration.ofSeconds(25);

    private static final Duration NEXT_KEY = Duration.ofSeconds(6);

    private final Turn turn;
    private final AcdState state;
    private final Hosting hosting;

    public CallbackTalk(Turn turn) {
        this.turn = turn;
        state = turn.state();
        hosting = new Hosting(turn);
    }

    private WaitingRoom.Callbacks rules(QueuedCall call) {
        return call.queue()
                .flatMap(state.plan()::queue)
                .map(QueuePlan::waitingRoom)
                .orElse(WaitingRoom.MUSIC_ONLY)
                .callbacks();
    }

    /**
     * A key of the caller's.
     *
     * @return the number that he has confirmed
     */
    public Optional<PartyNumber> pressed(QueuedCall call, char key) {
        var heard = state.waits().listening(call.id());
        if (heard.isEmpty() || !call.inLine()) {
            return Optional.empty();
        }
        return switch (heard.get().dialogue()) {
            case Dialogue.Offered offered when key == rules(call).offer().key() -> {
                begin(call, heard.get());
                yield Optional.empty();
            }
            case Dialogue.Confirming confirming -> confirm(call, heard.get(), confirming, key);
            case Dialogue.Typing typing -> {
                type(call, heard.get(), typing, key);
                yield Optional.empty();
            }
            case Dialogue.Offered offered -> notMeant(call, heard.get());
            case Dialogue.None none -> notMeant(call, heard.get());
            case Dialogue.Promised promised -> Optional.empty();
        };
    }

    /** A key that means nothing has cut an announcement short all the same. */
    private Optional<PartyNumber> notMeant(QueuedCall call, Listening heard) {
        if (heard.announcement().filter(Announcement::bargeIn).isPresent()) {
            hosting.backToMusic(call);
        }
        return Optional.empty();
    }

    private void begin(QueuedCall call, Listening heard) {
        var number = call.caller().number();
        if (number.isOutside()) {
            ask(call, heard, number, 1);
        } else {
            askToType(call, heard, 1, List.of());
        }
    }

    private void ask(QueuedCall call, Listening heard, PartyNumber number, int asked) {
        var prompts = new ArrayList<String>();
        prompts.add("callback/your-number");
        prompts.addAll(digits(number));
        prompts.add("callback/confirm");
        var until = turn.now().plus(ANSWER);
        hosting.say(call, heard.in(new Dialogue.Confirming(number, asked, until)), prompts, true);
    }

    /** A number as it is read out. */
    static List<String> digits(PartyNumber number) {
        return number.value()
                .chars()
                .filter(Character::isDigit)
                .mapToObj(digit -> "digit/" + (char) digit)
                .toList();
    }

    private Optional<PartyNumber> confirm(
            QueuedCall call, Listening heard, Dialogue.Confirming confirming, char key) {
        switch (key) {
            case CONFIRM -> {
                return Optional.of(confirming.number());
            }
            case OTHER -> askToType(call, heard, 1, List.of());
            case BACK -> goOnWaiting(call, heard);
            default -> askAgain(call, heard, confirming);
        }
        return Optional.empty();
    }

    private void askAgain(QueuedCall call, Listening heard, Dialogue.Confirming confirming) {
        if (confirming.asked() < TRIES_MAX) {
            ask(call, heard, confirming.number(), confirming.asked() + 1);
        } else {
            goOnWaiting(call, heard);
        }
    }

    private void askToType(QueuedCall call, Listening heard, int tries, List<String> before) {
        var prompts = new ArrayList<>(before);
        prompts.add("callback/type-number");
        var nothing = new PartyNumber("");
        var until = turn.now().plus(ANSWER);
        hosting.say(call, heard.in(new Dialogue.Typing(nothing, tries, until)), prompts, true);
    }

    private void type(QueuedCall call, Listening heard, Dialogue.Typing typing, char key) {
        var keys = typing.keys().value();
        if (key == DONE || keys.length() >= KEYS_MAX) {
            typed(call, heard, typing);
        } else if (key == BACK && keys.isEmpty()) {
            goOnWaiting(call, heard);
        } else if (key == BACK) {
            askToType(call, heard, typing.tries(), List.of());
        } else if (Character.isDigit(key)) {
            var more = new PartyNumber(keys + key);
            var until = turn.now().plus(NEXT_KEY);
            // The key has stopped the prompt; nothing is heard until the number is complete.
            var silent = heard.answered().in(new Dialogue.Typing(more, typing.tries(), until));
            hosting.change(call, silent);
        }
    }

    private void typed(QueuedCall call, Listening heard, Dialogue.Typing typing) {
        var number = rules(call).numbers().complete(typing.keys().value());
        if (number.isPresent()) {
            ask(call, heard, number.get(), 1);
        } else if (typing.tries() < TRIES_MAX) {
            askToType(call, heard, typing.tries() + 1, List.of("callback/invalid-number"));
        } else {
            goOnWaiting(call, heard);
        }
    }

    /** He has pressed nothing for too long. */
    void nothingPressed(QueuedCall call, Listening heard) {
        switch (heard.dialogue()) {
            case Dialogue.Confirming confirming -> askAgain(call, heard, confirming);
            case Dialogue.Typing typing -> typed(call, heard, typing);
            case Dialogue.None none -> {}
            case Dialogue.Offered offered -> {}
            case Dialogue.Promised promised -> {}
        }
    }

    /** He may still ask for it. */
    private void goOnWaiting(QueuedCall call, Listening heard) {
        var open = heard.in(new Dialogue.Offered()).music(turn.ids().play());
        hosting.change(call, open);
        hosting.resume(state.queued(call.id()).orElseThrow());
    }

    /** He has his promise: he hears that, and is hung up on. */
    public void sayGoodbye(QueuedCall call) {
        state.waits()
                .listening(call.id())
                .ifPresent(
                        heard ->
                                hosting.say(
                                        call,
                                        heard.in(new Dialogue.Promised()),
                                        List.of("callback/promised"),
                                        false));
    }
}
