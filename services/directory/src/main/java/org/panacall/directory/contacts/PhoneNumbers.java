// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.contacts;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import org.panacall.proto.directory.v1.Contact;

/** Numbers as files have them: "8 (495) 123-45-00". */
final class PhoneNumbers {

    private static final int LENGTH_MAX = 40;

    private PhoneNumbers() {}

    /** With all numbers in E.164 that can be dialled from that country; others stay as they are. */
    static Contact dialled(Contact.Builder contact, String country) {
        contact.getNumbersBuilderList()
                .forEach(one -> one.setNumber(dialled(one.getNumber(), country)));
        return contact.build();
    }

    private static String dialled(String written, String country) {
        if (written.length() > LENGTH_MAX) {
            return written;
        }
        var numbers = PhoneNumberUtil.getInstance();
        try {
            var number = numbers.parse(written, country);
            return numbers.isPossibleNumber(number)
                    ? numbers.format(number, PhoneNumberFormat.E164)
                    : written;
        } catch (NumberParseException none) {
            return written;
        }
    }
}
