// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.nats;

import java.time.Instant;
import java.util.Optional;
import org.panacall.acd.Wording;
import org.panacall.acd.core.id.PartyNumber;
import org.panacall.acd.core.id.PlayId;
import org.panacall.acd.core.wait.Forecast;
import org.panacall.acd.core.wait.SpokenWait;
import org.panacall.acd.core.wait.Told;
import org.panacall.acd.core.waiting.Announcement;
import org.panacall.acd.core.waiting.Dialogue;
import org.panacall.acd.core.waiting.Listening;
import org.panacall.proto.acd.v1.CallbackStep;
import org.panacall.proto.acd.v1.ListeningChanged;
import org.panacall.proto.acd.v1.WaitForecast;

/** What a waiting caller hears, as a message and back. */
final class ListeningForm {

    private ListeningForm() {}

    static ListeningChanged write(Listening listening) {
        var told = listening.told();
        var heard = listening.heard();
        var message =
                ListeningChanged.newBuilder()
                        .setCameAt(Wording.time(listening.entry().at()))
                        .setMusicPlayId(listening.music().value())
                        .setToldPosition(told.position())
                        .setInformationCount(heard.count());
        if (listening.entry().forecast().known()) {
            message.setForecast(write(listening.entry().forecast()));
        }
        listening.announcement().map(ListeningForm::write).ifPresent(message::setAnnouncement);
        told.spoken().map(SpokenWait::minutes).ifPresent(message::setToldMinutes);
        told.until().map(Wording::time).ifPresent(message::setToldUntil);
        heard.figures().map(Wording::time).ifPresent(message::setFiguresAt);
        heard.information().map(Wording::time).ifPresent(message::setInformationAt);
        write(listening.dialogue(), message);
        return message.build();
    }

    static WaitForecast write(Forecast forecast) {
        return WaitForecast.newBuilder()
                .setExpected(Wording.duration(forecast.expected()))
                .setLikely(Wording.duration(forecast.likely()))
                .setStep(Wording.duration(forecast.step()))
                .setSamples(forecast.samples())
                .build();
    }

    private static org.panacall.proto.acd.v1.Announcement write(Announcement said) {
        return org.panacall.proto.acd.v1.Announcement.newBuilder()
                .setPlayId(said.play().value())
                .addAllPromptIds(said.prompts())
                .setLanguage(said.language())
                .setBargeIn(said.bargeIn())
                .setEndsBy(Wording.time(said.endsBy()))
                .build();
    }

    private static void write(Dialogue dialogue, ListeningChanged.Builder message) {
        switch (dialogue) {
            case Dialogue.None none -> {}
            case Dialogue.Offered offered ->
                    message.setCallbackStep(CallbackStep.CALLBACK_STEP_OFFERED);
            case Dialogue.Confirming(var number, var asked, var until) ->
                    message.setCallbackStep(CallbackStep.CALLBACK_STEP_CONFIRMING)
                            .setNumber(number.value())
                            .setAsked(asked)
                            .setAnswerUntil(Wording.time(until));
            case Dialogue.Typing(var keys, var tries, var until) ->
                    message.setCallbackStep(CallbackStep.CALLBACK_STEP_TYPING)
                            .setNumber(keys.value())
                            .setAsked(tries)
                            .setAnswerUntil(Wording.time(until));
            case Dialogue.Promised promised ->
                    message.setCallbackStep(CallbackStep.CALLBACK_STEP_PROMISED);
        }
    }

    static Listening read(ListeningChanged message) {
        return new Listening(
                new Listening.Entry(
                        Wording.time(message.getCameAt()),
                        read(message.hasForecast(), message.getForecast())),
                told(message),
                new PlayId(message.getMusicPlayId()),
                message.hasAnnouncement()
                        ? Optional.of(read(message.getAnnouncement()))
                        : Optional.empty(),
                new Listening.Heard(
                        when(message.hasFiguresAt(), Wording.time(message.getFiguresAt())),
                        when(message.hasInformationAt(), Wording.time(message.getInformationAt())),
                        message.getInformationCount()),
                dialogue(message));
    }

    static Forecast read(boolean present, WaitForecast message) {
        return present
                ? new Forecast(
                        Wording.duration(message.getExpected()),
                        Wording.duration(message.getLikely()),
                        Wording.duration(message.getStep()),
                        message.getSamples())
                : Forecast.NONE;
    }

    private static Told told(ListeningChanged message) {
        return new Told(
                message.getToldPosition(),
                message.hasToldMinutes()
                        ? Optional.of(new SpokenWait(message.getToldMinutes()))
                        : Optional.empty(),
                when(message.hasToldUntil(), Wording.time(message.getToldUntil())));
    }

    private static Optional<Instant> when(boolean present, Instant at) {
        return Optional.of(at).filter(time -> present);
    }

    private static Announcement read(org.panacall.proto.acd.v1.Announcement message) {
        return new Announcement(
                new PlayId(message.getPlayId()),
                message.getPromptIdsList(),
                message.getLanguage(),
                message.getBargeIn(),
                Wording.time(message.getEndsBy()));
    }

    private static Dialogue dialogue(ListeningChanged message) {
        var number = new PartyNumber(message.getNumber());
        var until = Wording.time(message.getAnswerUntil());
        return switch (message.getCallbackStep()) {
            case CALLBACK_STEP_OFFERED -> new Dialogue.Offered();
            case CALLBACK_STEP_CONFIRMING ->
                    new Dialogue.Confirming(number, message.getAsked(), until);
            case CALLBACK_STEP_TYPING -> new Dialogue.Typing(number, message.getAsked(), until);
            case CALLBACK_STEP_PROMISED -> new Dialogue.Promised();
            case CALLBACK_STEP_UNSPECIFIED, UNRECOGNIZED -> new Dialogue.None();
        };
    }
}
