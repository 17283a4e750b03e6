// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.waiting;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.panacall.acd.core.AcdEffect;
import org.panacall.acd.core.AcdEvent;
import org.panacall.acd.core.call.EndReason;
import org.panacall.acd.core.call.QueuedCall;
import org.panacall.acd.core.call.Sound;
import org.panacall.acd.core.id.CallId;
import org.panacall.acd.core.id.PlayId;
import org.panacall.acd.core.phrase.Language;
import org.panacall.acd.core.phrase.Phrases;
import org.panacall.acd.core.plan.QueuePlan;
import org.panacall.acd.core.plan.WaitingRoom;
import org.panacall.acd.core.state.AcdState;
import org.panacall.acd.core.state.Turn;
import org.panacall.acd.core.wait.Forecast;
import org.panacall.acd.core.wait.SpokenWait;

/**
 * Lets callers hear something while they wait: music, and from time to time one announcement made
 * of all that is due. The next one begins when this one has ended and music has gone on; none
 * begins while a phone rings for the caller, as its answer would cut it short.
 */
public final class Hosting {

    private static final String MUSIC = "music/waiting";
    private static final String OFFER = "callback/offer";

    /** How long announcements may take, lest a lost word leaves a caller in silence. */
    private static final Duration PROMPT_MAX = Duration.ofSeconds(5);

    private static final Duration INFORMATION_MAX = Duration.ofSeconds(90);

    private final Turn turn;
    private final AcdState state;

    public Hosting(Turn turn) {
        this.turn = turn;
        state = turn.state();
    }

    private Optional<Listening> listening(QueuedCall call) {
        return state.waits().listening(call.id());
    }

    private WaitingRoom room(QueuedCall call) {
        return call.queue()
                .flatMap(state.plan()::queue)
                .map(QueuePlan::waitingRoom)
                .orElse(WaitingRoom.MUSIC_ONLY);
    }

    private String language(QueuedCall call) {
        var own = call.caller().attributes().getOrDefault("language", "");
        return Language.of(own.isEmpty() ? room(call).language() : own).tag();
    }

    /** What he is meant to hear now. A new leader says the same, and it is not done twice. */
    public void resume(QueuedCall call) {
        listening(call)
                .ifPresent(
                        heard ->
                                heard.announcement()
                                        .ifPresentOrElse(
                                                announcement -> play(call, announcement),
                                                () -> music(call, heard.music())));
    }

    private void music(QueuedCall call, PlayId play) {
        var prompt = call.queue().flatMap(state.plan()::queue).map(QueuePlan::musicPrompt);
        play(call, play, new Sound.Music(prompt.orElse(MUSIC)));
    }

    private void play(QueuedCall call, Announcement said) {
        play(
                call,
                said.play(),
                new Sound.Announcement(said.prompts(), said.language(), said.bargeIn()));
    }

    private void play(QueuedCall call, PlayId play, Sound sound) {
        var order = turn.order(call, play.value(), "play");
        turn.act(new AcdEffect.Play(order, call.caller().leg(), play, sound));
    }

    /** Something about what he hears is due. */
    public void due(CallId id) {
        var call = state.queued(id);
        var heard = call.flatMap(this::listening);
        if (heard.isEmpty()) {
            state.waits().agenda().set(id, Optional.empty());
        } else if (heard.get().announcement().isPresent()) {
            backToMusic(call.get());
        } else if (heard.get().dialogue().underWay()) {
            new CallbackTalk(turn).nothingPressed(call.get(), heard.get());
        } else {
            announce(call.get(), heard.get());
        }
    }

    private void announce(QueuedCall call, Listening heard) {
        var room = room(call);
        var prompts = new ArrayList<String>();
        var next = heard;
        Predicate<Instant> due = at -> !at.isAfter(turn.now());
        var figures = heard.figuresDue(room).filter(due).isPresent();
        var longest = Duration.ZERO;
        if (figures) {
            next = figures(call, next, prompts);
        }
        if (heard.informationDue(room).filter(due).isPresent()) {
            var all = room.information().prompts();
            prompts.add(all.get(heard.heard().count() % all.size()));
            next = next.heardInformation(turn.now());
            longest = INFORMATION_MAX;
        }
        if (figures && offersCallback(call, room)) {
            prompts.add(OFFER);
            next = next.in(new Dialogue.Offered());
        }
        if (prompts.isEmpty()) {
            // Nothing that could be said without breaking what was said before.
            var later = turn.now().plus(room.figures().every());
            var at = heard.informationDue(room).filter(later::isAfter).orElse(later);
            state.waits().agenda().set(call.id(), Optional.of(at));
        } else {
            var bargeIn = next.dialogue() instanceof Dialogue.Offered;
            say(call, next, prompts, bargeIn, longest);
        }
    }

    private Listening figures(QueuedCall call, Listening heard, List<String> prompts) {
        var figures = room(call).figures();
        var language = Language.of(language(call));
        var told = heard.told();
        if (figures.position()) {
            var position = state.floor().position(call.id());
            var phrase = Phrases.position(position, language);
            if (told.allows(position) && phrase.isPresent()) {
                told = told.withPosition(position);
                prompts.addAll(phrase.get());
            }
        }
        if (figures.expectedWait()) {
            var forecast = new Prospects(state, turn.now()).of(call);
            var spoken = SpokenWait.of(forecast.expected());
            if (room(call).trust().in(forecast) && told.allows(spoken, turn.now())) {
                told = told.withWait(spoken, turn.now());
                prompts.addAll(Phrases.expectedWait(spoken, language));
            }
        }
        return heard.heardFigures(told, turn.now());
    }

    private boolean offersCallback(QueuedCall call, WaitingRoom room) {
        var offer = room.callbacks().offer();
        var queue = call.queue().orElseThrow();
        if (!offer.made()
                || state.waits().callbacks().count(queue) >= room.callbacks().rules().capacity()) {
            return false;
        }
        var waiting = state.line(queue).size() > offer.waiting();
        if (waiting || !offer.expectedWait().isPositive()) {
            return waiting;
        }
        Forecast forecast = new Prospects(state, turn.now()).of(call);
        return room.trust().in(forecast) && forecast.expected().compareTo(offer.expectedWait()) > 0;
    }

    /** Says something instead of what he hears. */
    void say(QueuedCall call, Listening next, List<String> prompts, boolean bargeIn) {
        say(call, next, prompts, bargeIn, Duration.ZERO);
    }

    private void say(
            QueuedCall call,
            Listening next,
            List<String> prompts,
            boolean bargeIn,
            Duration longest) {
        var ends = turn.now().plus(PROMPT_MAX.multipliedBy(1 + prompts.size())).plus(longest);
        var said = new Announcement(turn.ids().play(), prompts, language(call), bargeIn, ends);
        change(call, next.announcing(said));
        play(call, said);
    }

    void change(QueuedCall call, Listening next) {
        turn.emit(new AcdEvent.ListeningChanged(turn.stamp(call.id()), call.id(), next));
    }

    /** Music goes on, if it was interrupted. */
    public void backToMusic(QueuedCall call) {
        listening(call).filter(heard -> call.inLine()).ifPresent(heard -> music(call, heard));
    }

    private void music(QueuedCall call, Listening heard) {
        var next = heard.music(turn.ids().play());
        change(call, next);
        music(call, next.music());
    }

    /** Why a call ends that is leaving: its caller was promised to be called back, for one. */
    public EndReason whyLeaving(QueuedCall call) {
        return listening(call)
                .filter(heard -> heard.dialogue() instanceof Dialogue.Promised)
                .map(heard -> EndReason.CALLBACK_PROMISED)
                .orElse(EndReason.CALL_LOST);
    }

    /** A play is over. */
    public void playEnded(QueuedCall call, PlayId play) {
        listening(call)
                .filter(
                        heard ->
                                heard.announcement()
                                        .map(Announcement::play)
                                        .equals(Optional.of(play)))
                .ifPresent(heard -> ended(call, heard));
    }

    private void ended(QueuedCall call, Listening heard) {
        if (call.leaving()) {
            var order = turn.order(call, call.id().value(), "hang-up");
            turn.act(new AcdEffect.HangUpCall(order, whyLeaving(call)));
        } else if (call.inLine()) {
            music(call, heard);
        }
    }
}
