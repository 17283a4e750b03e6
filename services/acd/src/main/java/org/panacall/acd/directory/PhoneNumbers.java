// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.directory;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.Optional;
import org.panacall.acd.core.id.PartyNumber;
import org.panacall.acd.core.plan.NumberRules;

/**
 * Numbering plans as libphonenumber knows them, as seen from one country. Safe for all threads.
 *
 * @param country ISO 3166; whose national numbers are meant when there is no country code
 */
record PhoneNumbers(String country) implements NumberRules {

    @Override
    public Optional<PartyNumber> complete(String keys) {
        return valid(keys).or(() -> valid("+" + keys));
    }

    /** Nobody is to earn by being called back. */
    private static boolean costsExtra(PhoneNumber number) {
        var type = PhoneNumberUtil.getInstance().getNumberType(number);
        return type == PhoneNumberType.PREMIUM_RATE || type == PhoneNumberType.SHARED_COST;
    }

    private Optional<PartyNumber> valid(String keys) {
        var plans = PhoneNumberUtil.getInstance();
        try {
            var number = plans.parse(keys, country);
            return plans.isValidNumber(number) && !costsExtra(number)
                    ? Optional.of(new PartyNumber(plans.format(number, PhoneNumberFormat.E164)))
                    : Optional.empty();
        } catch (NumberParseException none) {
            return Optional.empty();
        }
    }
}
