// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.directory;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import java.util.Optional;
import java.util.regex.Pattern;
import org.panacall.sipingress.core.plan.Numbering;

/** Numbering plans as libphonenumber knows them. Safe for all threads. */
public final class PhoneNumbers implements Numbering {

    private static final Pattern DIALLED = Pattern.compile("\\+?[0-9]{2,18}");

    private final PhoneNumberUtil plans = PhoneNumberUtil.getInstance();

    @Override
    public Optional<String> toE164(String dialled, String country) {
        if (!DIALLED.matcher(dialled).matches()) return Optional.empty();
        try {
            var number = plans.parse(dialled, country);
            // Possible is enough: plans grow faster than what libraries know of them.
            return plans.isPossibleNumberWithReason(number) == ValidationResult.IS_POSSIBLE
                    ? Optional.of(plans.format(number, PhoneNumberFormat.E164))
                    : Optional.empty();
        } catch (NumberParseException noNumber) {
            return Optional.empty();
        }
    }
}
