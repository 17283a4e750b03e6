// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.directory;

import com.google.protobuf.Duration;
import java.util.Optional;
import org.panacall.acd.Wording;
import org.panacall.acd.core.plan.WaitingRoom;
import org.panacall.acd.core.plan.WaitingRoom.Callbacks;
import org.panacall.acd.core.plan.WaitingRoom.Figures;
import org.panacall.acd.core.plan.WaitingRoom.Information;
import org.panacall.acd.core.wait.Trust;
import org.panacall.proto.directory.v1.CallbackRules;
import org.panacall.proto.directory.v1.Tenant;
import org.panacall.proto.directory.v1.WaitingFigures;
import org.panacall.proto.directory.v1.WaitingInformation;

/**
 * What callers hear and are offered while they wait, from the directory's configuration. What is
 * beyond the bounds is taken as the nearest that is within, for a queue is worth more than a
 * setting.
 */
final class WaitingRoomReader {

    private static final java.time.Duration OFTEN = java.time.Duration.ofSeconds(10);
    private static final java.time.Duration MINUTE = java.time.Duration.ofMinutes(1);
    private static final java.time.Duration RETRY_MIN = java.time.Duration.ofSeconds(1);
    private static final java.time.Duration DAY = java.time.Duration.ofDays(1);
    private static final int PROMPTS_MAX = 32;
    private static final int CAPACITY_MAX = 10_000;
    private static final int ATTEMPTS_MAX = 10;

    private WaitingRoomReader() {}

    static WaitingRoom read(Tenant tenant, org.panacall.proto.directory.v1.WaitingRoom room) {
        return new WaitingRoom(
                tenant.getLanguage(),
                figures(room.getFigures()),
                information(room.getInformation()),
                trust(room.getFigures()),
                callbacks(room.getCallbacks(), new PhoneNumbers(tenant.getCountry())));
    }

    private static Figures figures(WaitingFigures figures) {
        return new Figures(
                positive(figures.getFirstAfter()),
                every(figures.getEvery()),
                figures.getPosition(),
                figures.getExpectedWait());
    }

    private static Information information(WaitingInformation information) {
        var prompts = information.getPromptIdsList();
        return new Information(
                prompts.subList(0, Math.min(PROMPTS_MAX, prompts.size())),
                positive(information.getFirstAfter()),
                every(information.getEvery()));
    }

    private static Trust trust(WaitingFigures figures) {
        var usual = Trust.USUAL;
        return figures.getSamplesMin() == 0
                ? usual
                : new Trust(figures.getSamplesMin(), usual.share(), usual.floor());
    }

    private static Callbacks callbacks(CallbackRules rules, PhoneNumbers numbers) {
        var usual = WaitingRoom.Rules.USUAL;
        var key = rules.getKey().matches("[0-9]") ? rules.getKey().charAt(0) : '1';
        return new Callbacks(
                new WaitingRoom.Offer(
                        rules.getOffered(),
                        Math.max(0, rules.getWhenWaiting()),
                        positive(rules.getWhenWait()),
                        key),
                new WaitingRoom.Rules(
                        most(or(rules.getExpiresAfter(), usual.expiresAfter())),
                        Math.clamp(
                                rules.getAttempts() == 0 ? usual.attempts() : rules.getAttempts(),
                                1,
                                ATTEMPTS_MAX),
                        retry(or(rules.getRetryAfter(), usual.retryAfter())),
                        rules.getCapacity() == 0
                                ? usual.capacity()
                                : Math.clamp(rules.getCapacity(), 1, CAPACITY_MAX)),
                rules.hasAutomaticAfter()
                        ? Optional.of(positive(rules.getAutomaticAfter()))
                        : Optional.empty(),
                numbers);
    }

    private static java.time.Duration retry(java.time.Duration given) {
        var time = most(given);
        return time.compareTo(RETRY_MIN) < 0 ? RETRY_MIN : time;
    }

    private static java.time.Duration most(java.time.Duration given) {
        return given.compareTo(DAY) > 0 ? DAY : given;
    }

    private static java.time.Duration every(Duration given) {
        var time = or(given, MINUTE);
        return time.compareTo(OFTEN) < 0 ? OFTEN : time;
    }

    private static java.time.Duration or(Duration given, java.time.Duration otherwise) {
        var time = positive(given);
        return time.isZero() ? otherwise : time;
    }

    private static java.time.Duration positive(Duration given) {
        var time = Wording.duration(given);
        return time.isNegative() ? java.time.Duration.ZERO : time;
    }
}
