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

/**
 * Rings patients for whom nobody was free in time, and tells them so, with the number at which the
 * clinic is to be had. Who was promised nothing is not rung.
 */
public final class Apologies {

    private static final Duration RING = Duration.ofSeconds(30);
    private static final Duration TELLING_MAX = Duration.ofSeconds(90);
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
        var ringing = new State.Apologising(call, turn.ids().leg(), false, until);
        promises.change(callback.at(ingress).in(ringing));
        resume(present(callback));
    }

    private Callback present(Callback callback) {
        return turn.state().waits().callbacks().callback(callback.id()).orElseThrow();
    }

    /** All that an apology under way asks for. */
    public void resume(Callback callback) {
        if (callback.state() instanceof State.Apologising apologising) {
            if (apologising.answered()) {
                tell(callback, apologising);
            } else {
                ring(callback, apologising);
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

    private AcdEffect.Order order(Callback callback, CallId call, String deed) {
        return turn.order(call, callback.caller().sipIngress(), call.value() + ":" + deed);
    }

    void hangUp(Callback callback) {
        if (callback.state() instanceof State.Apologising apologising) {
            var order = order(callback, apologising.call(), "hang-up");
            turn.act(new AcdEffect.HangUpCall(order, EXPIRED));
        }
    }

    /** It took too long, or all has been said. */
    void giveUp(Callback callback) {
        hangUp(callback);
        promises.end(callback, Callback.End.EXPIRED, Optional.empty());
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
                if (!apologising.answered()) {
                    answered(callback, apologising);
                }
            }
            case AcdCommand.HearPlayEnded played -> giveUp(callback);
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

    private void answered(Callback callback, State.Apologising ringing) {
        var until = turn.now().plus(TELLING_MAX);
        promises.change(
                callback.in(new State.Apologising(ringing.call(), ringing.leg(), true, until)));
        resume(present(callback));
    }

    /** An order on such a call could not be carried out. */
    public void failed(AcdEffect effect) {
        turn.state()
                .waits()
                .callbacks()
                .of(effect.order().call())
                .filter(callback -> callback.state() instanceof State.Apologising)
                .ifPresent(
                        callback -> promises.end(callback, Callback.End.EXPIRED, Optional.empty()));
    }
}
