// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.outside.lookup;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import java.util.Optional;
import org.panacall.ivr.core.Caller;

/** The caller's number as contacts and records have it. */
final class CallerNumbers {

    private static final String NOWHERE = "ZZ";
    private static final int LOCAL_MAX = 8;

    private CallerNumbers() {}

    /**
     * In E.164 with "+"; empty when it is withheld, or an extension.
     *
     * @param cityCode put before a local number, in the country of the number dialled; empty: none
     */
    static Optional<String> of(Caller caller, String cityCode) {
        var number = caller.numbers().caller();
        if (number.startsWith("+")) {
            return Optional.of(number);
        }
        if (cityCode.isEmpty() || !number.matches("[0-9]{5," + LOCAL_MAX + "}")) {
            return Optional.empty();
        }
        var numbers = PhoneNumberUtil.getInstance();
        try {
            var country =
                    numbers.getRegionCodeForNumber(
                            numbers.parse(caller.numbers().dialled(), NOWHERE));
            var whole = numbers.parse(cityCode + number, country == null ? NOWHERE : country);
            return numbers.isPossibleNumber(whole)
                    ? Optional.of(numbers.format(whole, PhoneNumberFormat.E164))
                    : Optional.empty();
        } catch (NumberParseException none) {
            return Optional.empty();
        }
    }
}
