// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.waiting;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.panacall.acd.core.AcdCommand;
import org.panacall.acd.core.AcdEffect;
import org.panacall.acd.core.AcdEffect.NewLeg;
import org.panacall.acd.core.call.EndReason;
import org.panacall.acd.core.call.Sound;
import org.panacall.acd.core.id.CallId;
import org.panacall.acd.core.id.PlayId;
import org.panacall.acd.core.state.Turn;
import org.panacall.acd.core.waiting.Callback.State;
import org.panacall.acd.core.waiting.Callback.State.Apologising.Part;

/**
 * Rings patients for whom nobody was free in time, and tells them so, with the number at which the
 * clinic is to be had. He may leave a message then, if a flow takes any. Who was promised nothing
 * is not rung.
 */
public final class Apologies {

    private static final Duration RING = Duration.ofSeconds(30);
    private static final Duration TELLING_MAX = Duration.ofSeconds(90);
    private static final Duration HAND_OVER_MAX = Duration.ofSeconds(20);
    private static final String APOLOGY = "callback/apology";
    private static final EndReason EXPIRED = new EndReason(EndReason.Fault.US, "callback-expired");

    private final Turn turn;
    private final Promises promises;

    public Apologies(Turn turn) {
        this.turn = turn;
        promises = new Promises(turn);
    }

    void expire(Callback callback) {
        if (callback.terms().automatic()) {
            promises.end(callback, Callback.End.EXPIRED, Optional.empty());
            return;
        }
        var call = new CallId("call_" + callback.id().value());
        var until = turn.now().plus(RING).plus(turn.limits().guards().ring());
        var ingress = turn.state().waits().ingress().orElse(callback.caller().sipIngress());
        var ringing = new State.Apologising(call, turn.ids().leg(), Part.RINGING, until);
        promises.change(callback.at(ingress).in(ringing));
        resume(present(callback));
    }

    private Callback present(Callback callback) {
        return turn.state().waits().callbacks().callback(callback.id()).orElseThrow();
    }

    /** All that an apology under way asks for. */
    public void resume(Callback callback) {
        if (callback.state() instanceof State.Apologising apologising) {
            switch (apologising.part()) {
                case RINGING -> ring(callback, apologising);
                case TELLING -> tell(callback, apologising);
                case MESSAGE -> handOver(callback, apologising);
            }
        }
    }

    private void ring(Callback callback, State.Apologising apologising) {
        var leg =
                new NewLeg(
                        apologising.leg(),
                        NewLeg.Role.CALLER,
                        Optional.empty(),
                        callback.caller().number(),
                        new NewLeg.Shown(promises.shown(callback), ""),
                        RING);
        var order = order(callback, apologising.call(), "create");
        turn.act(new AcdEffect.CreateCall(order, leg, AcdEffect.CreateCall.CALLBACK));
    }

    private void tell(Callback callback, State.Apologising apologising) {
        var prompts = new ArrayList<>(List.of(APOLOGY));
        prompts.addAll(CallbackTalk.digits(promises.shown(callback)));
        var play = new PlayId(apologising.call().value() + ":a");
        var sound = new Sound.Announcement(prompts, promises.language(callback), false);
        turn.act(
                new AcdEffect.Play(
                        order(callback, apologising.call(), "tell"),
                        apologising.leg(),
                        play,
                        sound));
    }

    /** To the flow that takes messages, for the queue that had no time. */
    private void handOver(Callback callback, State.Apologising apologising) {
        var order = order(callback, apologising.call(), "message");
        var queue = Optional.of(callback.queue());
        voicemail().ifPresent(flow -> turn.act(new AcdEffect.HandOver(order, flow, queue)));
    }

    private Optional<String> voicemail() {
        return turn.state().plan().rules().voicemail("");
    }

    private AcdEffect.Order order(Callback callback, CallId call, String deed) {
        return turn.order(call, callback.caller().sipIngress(), call.value() + ":" + deed);
    }

    void hangUp(Callback callback) {
        if (callback.state() instanceof State.Apologising apologising) {
            var order = order(callback, apologising.call(), "hang-up");
            turn.act(new AcdEffect.HangUpCall(order, EXPIRED));
        }
    }

    /** It took too long, all has been said, or a flow has him. */
    void giveUp(Callback callback) {
        if (!isWithFlow(callback)) {
            hangUp(callback);
        }
        promises.end(callback, Callback.End.EXPIRED, Optional.empty());
    }

    private static boolean isWithFlow(Callback callback) {
        return callback.state() instanceof State.Apologising apologising
                && apologising.part() == Part.MESSAGE;
    }

    /** What sip-ingress tells of a call in which we apologise. */
    public void hear(AcdCommand.Notice notice) {
        turn.state()
                .waits()
                .callbacks()
                .of(notice.call())
                .ifPresent(
                        callback -> {
                            if (callback.state() instanceof State.Apologising apologising) {
                                hear(notice, callback, apologising);
                            }
                        });
    }

    private void hear(AcdCommand.Notice notice, Callback callback, State.Apologising apologising) {
        switch (notice) {
            case AcdCommand.HearLegAnswered answered -> {
                if (apologising.part() == Part.RINGING) {
                    go(callback, apologising, Part.TELLING, TELLING_MAX);
                }
            }
            case AcdCommand.HearPlayEnded played -> told(callback, apologising);
            case AcdCommand.HearLegEnded ended ->
                    promises.end(callback, Callback.End.EXPIRED, Optional.empty());
            case AcdCommand.HearCallEnded ended ->
                    promises.end(callback, Callback.End.EXPIRED, Optional.empty());
            case AcdCommand.HearControlLost lost ->
                    promises.end(callback, Callback.End.EXPIRED, Optional.empty());
            case AcdCommand.HearCallAdopted adopted -> {
                promises.change(callback.at(adopted.sipIngress()));
                resume(present(callback));
            }
            case AcdCommand.HearKeyPressed pressed -> {}
        }
    }

    private void told(Callback callback, State.Apologising telling) {
        if (telling.part() == Part.TELLING && voicemail().isPresent()) {
            go(callback, telling, Part.MESSAGE, HAND_OVER_MAX);
        } else {
            giveUp(callback);
        }
    }

    private void go(Callback callback, State.Apologising from, Part part, Duration longest) {
        var until = turn.now().plus(longest);
        promises.change(callback.in(new State.Apologising(from.call(), from.leg(), part, until)));
        resume(present(callback));
    }

    /**
     * The flow that was to take a message gives the call to us: it is a caller's like any other.
     */
    public void cameBack(CallId call) {
        turn.state()
                .waits()
                .callbacks()
                .of(call)
                .filter(Apologies::isWithFlow)
                .ifPresent(
                        callback -> promises.end(callback, Callback.End.EXPIRED, Optional.empty()));
    }

    /** An order on such a call could not be carried out. */
    public void failed(AcdEffect effect) {
        turn.state()
                .waits()
                .callbacks()
                .of(effect.order().call())
                .filter(callback -> callback.state() instanceof State.Apologising)
                .ifPresent(
                        callback -> {
                            if (effect instanceof AcdEffect.HandOver) {
                                hangUp(callback);
                            }
                            promises.end(callback, Callback.End.EXPIRED, Optional.empty());
                        });
    }
}
