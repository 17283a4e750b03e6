// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core.say;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is said to somebody who listens to his messages, in one language. */
public final class MessagePhrases {

    /**
     * The words of one language.
     *
     * @param news "new messages"
     * @param have that there are so many
     * @param which of them it is
     * @param number what comes before a number, and before the end of one
     */
    private record Words(
            Noun news,
            String have,
            String none,
            String which,
            Days days,
            Number number,
            Answers answers) {}

    private record Days(String today, String yesterday) {}

    private record Number(String whole, String end) {}

    /** What is said to keys. */
    private record Answers(
            String menu,
            String deleted,
            String restored,
            String unheard,
            String cannot,
            String wrong,
            String over) {}

    private static final Words RUSSIAN =
            new Words(
                    new Noun(
                            Gender.NEUTER, "новое сообщение", "новых сообщения", "новых сообщений"),
                    "У вас %s.",
                    "У вас нет новых сообщений.",
                    "%s сообщение.",
                    new Days("Сегодня", "Вчера"),
                    new Number("Номер:", "Номер оканчивается на:"),
                    new Answers(
                            "Прослушать ещё раз: один. Следующее: два. Удалить: три."
                                    + " Предыдущее: четыре. Закончить: звёздочка.",
                            "Сообщение удалено. Чтобы вернуть его, нажмите ноль.",
                            "Сообщение возвращено.",
                            "Это сообщение сейчас нельзя прослушать.",
                            "Сейчас это невозможно. Попробуйте позже.",
                            "Этой клавише ничего не соответствует.",
                            "Больше новых сообщений нет."));

    private static final Map<String, Words> OTHERS =
            Map.of(
                    "uk",
                    new Words(
                            new Noun(
                                    Gender.NEUTER,
                                    "нове повідомлення",
                                    "нові повідомлення",
                                    "нових повідомлень"),
                            "У вас %s.",
                            "У вас немає нових повідомлень.",
                            "%s повідомлення.",
                            new Days("Сьогодні", "Учора"),
                            new Number("Номер:", "Номер закінчується на:"),
                            new Answers(
                                    "Прослухати ще раз: один. Наступне: два. Видалити: три."
                                            + " Попереднє: чотири. Закінчити: зірочка.",
                                    "Повідомлення видалено. Щоб повернути його, натисніть нуль.",
                                    "Повідомлення повернено.",
                                    "Це повідомлення зараз неможливо прослухати.",
                                    "Зараз це неможливо. Спробуйте пізніше.",
                                    "Цій клавіші нічого не відповідає.",
                                    "Більше нових повідомлень немає.")),
                    "en",
                    new Words(
                            Noun.of("new message", "new messages"),
                            "You have %s.",
                            "You have no new messages.",
                            "The %s message.",
                            new Days("Today", "Yesterday"),
                            new Number("Number:", "The number ends with:"),
                            new Answers(
                                    "To hear it again, press one. Next: two. Delete: three."
                                            + " Previous: four. To finish: star.",
                                    "The message is deleted. To have it back, press zero.",
                                    "The message is back.",
                                    "This message cannot be heard at present.",
                                    "This is not possible at present. Please try again later.",
                                    "This key does nothing.",
                                    "There are no more new messages.")));

    private final Words words;
    private final Tongue tongue;

    private MessagePhrases(Words words, Tongue tongue) {
        this.words = words;
        this.tongue = tongue;
    }

    /** Of another language, Russian. */
    public static MessagePhrases in(String language) {
        return new MessagePhrases(OTHERS.getOrDefault(language, RUSSIAN), Speech.tongue(language));
    }

    /** How many there are. */
    public String count(int messages) {
        return messages == 0
                ? words.none()
                : words.have().formatted(tongue.counted(messages, words.news()));
    }

    /** {@code place} from 1. */
    public String which(int place) {
        return words.which().formatted(tongue.ordinal(place, Gender.NEUTER));
    }

    /** When it came, as seen today. */
    public String when(LocalDateTime at, LocalDate today) {
        var day = at.toLocalDate();
        var said = tongue.date(day.getDayOfMonth(), day.getMonthValue());
        if (day.equals(today)) {
            said = words.days().today();
        } else if (day.equals(today.minusDays(1))) {
            said = words.days().yesterday();
        }
        return said + ", " + tongue.time(at.getHour(), at.getMinute()) + ".";
    }

    /**
     * Its number, or the end of one whose middle is "*"; nothing for none. Word by word, so that
     * what is spoken, which is kept, tells no number.
     */
    public List<String> from(String number) {
        if (number.isEmpty()) {
            return List.of();
        }
        int hidden = number.lastIndexOf('*');
        var said = new ArrayList<String>();
        said.add(hidden < 0 ? words.number().whole() : words.number().end());
        said.addAll(List.of(Speech.spelled(number.substring(hidden + 1), tongue).split(" ")));
        return said;
    }

    /** What the keys do. */
    public String menu() {
        return words.answers().menu();
    }

    public String deleted() {
        return words.answers().deleted();
    }

    public String restored() {
        return words.answers().restored();
    }

    /** A message that cannot be played. */
    public String unheard() {
        return words.answers().unheard();
    }

    /** A message that cannot be changed. */
    public String cannot() {
        return words.answers().cannot();
    }

    /** A key that does nothing. */
    public String wrong() {
        return words.answers().wrong();
    }

    /** There are no more. */
    public String over() {
        return words.answers().over();
    }
}
