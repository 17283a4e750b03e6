// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.directory;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberToTimeZonesMapper;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import org.panacall.ivr.core.flow.NumberPlan;

/** The numbering plans of the world, as libphonenumber knows them. */
final class PhoneNumbers implements NumberPlan {

    private static final Origin UNKNOWN = new Origin("", "", false);
    private static final String NOWHERE = "ZZ";

    @Override
    public Origin origin(String number) {
        if (!number.startsWith("+")) {
            return UNKNOWN;
        }
        try {
            var numbers = PhoneNumberUtil.getInstance();
            var parsed = numbers.parse(number, NOWHERE);
            var country = numbers.getRegionCodeForNumber(parsed);
            var zones = PhoneNumberToTimeZonesMapper.getInstance().getTimeZonesForNumber(parsed);
            // A number of a whole country may be at home in many zones: then none is known.
            var zone = zones.size() == 1 ? zones.getFirst() : "";
            return new Origin(
                    country == null ? "" : country,
                    zone.equals(PhoneNumberToTimeZonesMapper.getUnknownTimeZone()) ? "" : zone,
                    numbers.getNumberType(parsed) == PhoneNumberType.MOBILE);
        } catch (NumberParseException none) {
            return UNKNOWN;
        }
    }
}
