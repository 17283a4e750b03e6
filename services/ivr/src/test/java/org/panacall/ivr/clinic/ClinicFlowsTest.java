// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.clinic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.panacall.flow.check.FlowAround;
import org.panacall.flow.check.FlowChecks;
import org.panacall.ivr.clinic.ExampleClinic.Way;
import org.panacall.ivr.core.IvrEvent.CallTagged;
import org.panacall.ivr.core.IvrEvent.StepEntered;

/** Ten flows of clinics, as their documents have them, gone through without a telephone. */
class ClinicFlowsTest {

    static Stream<Path> documents() {
        return ExampleClinic.documents().stream();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyDocumentIsSound(Path document) {
        // When
        var read = ExampleClinic.read(document);

        // Then
        assertEquals(List.of(), read.flaws());
        var around = FlowAround.of(ExampleClinic.tenant());
        assertEquals(List.of(), FlowChecks.flaws(read.flow(), around));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, registry, Регистратура",
        "2, 2, paid, Реєстратура",
        "3, 2, paid, Registry",
        "3, 104, 104, Registry",
        "'', '', registry, Регистратура",
        "7, 1, registry, Здравствуйте"
    })
    void theMainMenuSpeaksTheCallersLanguage(
            String language, String choice, String end, String heard) {
        // When
        var way = Way.through("main-menu").pressing(language, choice);

        // Then
        assertEquals(end, way.end());
        assertTrue(way.heard().contains(heard), way.heard());
    }

    @ParameterizedTest
    @CsvSource({
        "say запись к врачу, '', registry",
        "say Платные услуги пожалуйста, '', paid",
        "2, '', paid",
        "say ещё раз, say платные, paid",
        "say добрый день, 2, paid",
        "say платные или регистратура, say платные, paid",
        "say registry, '', registry",
        "'', '', registry"
    })
    void aMenuIsAnsweredByWordsOrKeys(String first, String second, String end) {
        assertEquals(end, Way.through("spoken-menu").pressing(first, second).end());
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-06T09:30, registry, Доброе утро.",
        "2026-03-06T13:00, registry, Добрый день.",
        "2026-03-06T18:00, registry, Добрый вечер.",
        "2026-03-06T23:00, hung up: closed, шестое марта",
        "2026-01-09T10:05, hung up: closed, Сегодня девятое января клиника закрыта.",
        "2026-03-08T12:00, hung up: closed, восьмое марта"
    })
    void nightsAndHolidaysAreTold(String at, String end, String heard) {
        // When
        var way = Way.through("night-and-holiday").at(at).pressing();

        // Then
        assertEquals(end, way.end());
        assertTrue(way.heard().contains(heard), way.heard());
    }

    @Test
    void aGroupRingsAndWithoutAnAnswerTheFlowGoesOn() {
        // When
        var silent = Way.through("ring-group").outcome("ward", "no-answer").pressing();

        // Then
        assertEquals("ring-group", Way.through("ring-group").pressing().end());
        assertEquals("registry", silent.end());
        assertTrue(silent.heard().contains("Никто не отвечает"), silent.heard());
    }

    @Test
    void messagesAreHeardDeletedAndBroughtBack() {
        // When
        var way = Way.through("messages").messages("messages", 2).pressing("3", "0", "2", "*");

        // Then
        assertEquals("hung up: flow-ended", way.end());
        var said =
                List.of(
                        "У вас два новых сообщения. | первое сообщение. | Сегодня, десять часов.",
                        "Сообщение удалено.",
                        "Сообщение возвращено.",
                        "второе сообщение.");
        said.forEach(words -> assertTrue(way.heard().contains(words), way.heard()));
        assertTrue(
                Way.through("messages")
                        .outcome("messages", "unknown")
                        .pressing()
                        .heard()
                        .contains("только со своего телефона"));
        assertTrue(Way.through("messages").pressing().heard().contains("сейчас недоступны"));
    }

    @Test
    void aKnownPatientComesToHisOwnRegistryByHisManager() {
        // When
        var way = Way.through("known-patient").from("+79165550101").pressing();

        // Then
        assertEquals("cardiology", way.end());
        assertFalse(way.heard().contains("нажмите"), way.heard());
        assertEquals("registry", Way.through("known-patient").pressing("1", "1").end());
    }

    @ParameterizedTest
    @CsvSource({
        "+73432000000, 2026-03-06T11:00, ural",
        "+73432000000, 2026-03-06T19:00, registry",
        "+380442000000, 2026-03-06T11:00, paid",
        "+74952000000, 2026-03-06T11:00, registry",
        "'', 2026-03-06T11:00, registry"
    })
    void aRegionComesToItsBranchWhileThatIsOpen(String caller, String at, String end) {
        assertEquals(end, Way.through("region").from(caller).at(at).pressing().end());
    }

    @Test
    void aContractIsAskedForThreeTimesAndReadBack() {
        // When
        var way = Way.through("contract-number").pressing("12#", "012345", "123456#", "1");

        // Then
        assertEquals("paid", way.end());
        assertTrue(
                way.heard().contains("Номер договора один два три четыре пять шесть"), way.heard());
        assertEquals("registry", Way.through("contract-number").pressing("1#", "2#", "3#").end());
        assertEquals("registry", Way.through("contract-number").pressing().end());
    }

    @Test
    void whoFindsHisContractWrongTwiceMoreComesToTheRegistry() {
        // When
        var way =
                Way.through("contract-number")
                        .pressing("123456", "2", "123457", "2", "123458", "2");

        // Then
        assertEquals("registry", way.end());
        assertEquals(
                3,
                way.facts().stream()
                        .filter(StepEntered.class::isInstance)
                        .map(StepEntered.class::cast)
                        .filter(step -> step.flow().equals("ask-contract"))
                        .filter(step -> step.kind().equals("collect"))
                        .count());
    }

    @Test
    void vipsAreNotAskedAnything() {
        // When
        var way = Way.through("vip").from("+79160000001").pressing();

        // Then
        assertEquals("registry", way.end());
        assertEquals("", way.heard());
        assertTrue(way.facts().contains(new CallTagged("category", "vip")));
        assertTrue(Way.through("vip").pressing("1", "2").heard().contains("Здравствуйте"));
    }

    @Test
    void theBlacklistedAreNotEvenAnswered() {
        // When
        var way = Way.through("blacklist").from("+79160000066").pressing();

        // Then
        assertEquals("hung up: blacklisted", way.end());
        assertEquals("", way.heard());
        assertEquals("paid", Way.through("blacklist").pressing("1", "2").end());
        assertEquals("registry", Way.through("blacklist").from("").pressing("1", "1").end());
    }

    @ParameterizedTest
    @CsvSource({
        "5, 5, Спасибо за звонок.",
        "2, 2, Извините.",
        "9, '', Нужна цифра",
        "'', '', Спасибо за звонок."
    })
    void aTalkIsRated(String key, String rating, String heard) {
        // When
        var way = Way.through("rating").pressing(key);

        // Then
        assertEquals("hung up: flow-ended", way.end());
        assertTrue(way.heard().contains(heard), way.heard());
        assertEquals(!rating.isEmpty(), way.facts().contains(new CallTagged("rating", rating)));
    }

    @Test
    void afterHoursTheSpecialistOnDutyIsOffered() {
        var night = "2026-03-06T23:00";
        assertEquals("104", Way.through("duty-specialist").at(night).pressing("1").end());
        assertEquals("hung up: closed", Way.through("duty-specialist").at(night).pressing().end());
        assertEquals("registry", Way.through("duty-specialist").pressing().end());
    }

    @Test
    void anAnnouncementIsSwitchedOnForOneNumber() {
        // When
        var way = Way.through("emergency").to(ExampleClinic.EMERGENCY_NUMBER).pressing("1", "1");

        // Then
        assertEquals("registry", way.end());
        assertTrue(
                way.heard()
                        .contains(
                                "Приём начнётся в десять часов пять минут Выезд врача стоит одна"
                                        + " тысяча двадцать один рубль"),
                way.heard());
        assertFalse(Way.through("emergency").pressing("1", "1").heard().contains("Внимание"));
    }
}
