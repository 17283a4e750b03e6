// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.calls;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/** A number as people write it, as the platform needs it: E.164 with "+", or an extension. */
public final class DialledNumber {

    private static final Pattern EXTENSION = Pattern.compile("[0-9]{2,5}");
    private static final int LENGTH_MAX = 40;

    private DialledNumber() {}

    /** Empty when it is no number that could be dialled from that country. */
    public static Optional<String> of(String written, String country) {
        var text = written.strip();
        if (EXTENSION.matcher(text).matches()) {
            return Optional.of(text);
        }
        if (text.length() > LENGTH_MAX) {
            return Optional.empty();
        }
        var numbers = PhoneNumberUtil.getInstance();
        try {
            var number = numbers.parse(text, country);
            return numbers.isPossibleNumber(number)
                    ? Optional.of(numbers.format(number, PhoneNumberFormat.E164))
                    : Optional.empty();
        } catch (NumberParseException none) {
            return Optional.empty();
        }
    }
}
