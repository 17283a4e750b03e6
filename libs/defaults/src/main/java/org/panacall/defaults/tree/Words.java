// SPDX-License-Identifier: Apache-2.0
package org.panacall.defaults.tree;

import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The values of a contract's enum as people write them: STRATEGY_LONGEST_IDLE, longest-idle. */
public final class Words {

    private Words() {}

    /** The word of a value; of "unspecified" it is never asked. */
    public static String word(EnumValueDescriptor value) {
        var prefix = prefix(value.getType());
        var name = value.getName();
        return (name.startsWith(prefix) ? name.substring(prefix.length()) : name)
                .toLowerCase(Locale.ROOT)
                .replace('_', '-');
    }

    /** All words but that of "unspecified". */
    public static List<String> words(EnumDescriptor type) {
        return type.getValues().stream()
                .filter(value -> value.getNumber() != 0)
                .map(Words::word)
                .toList();
    }

    /** The value that a word stands for. */
    static Optional<EnumValueDescriptor> value(EnumDescriptor type, String word) {
        return type.getValues().stream()
                .filter(value -> value.getNumber() != 0 && word(value).equals(word))
                .findFirst();
    }

    /** "ServiceFunction" begins its values with "SERVICE_FUNCTION_". */
    private static String prefix(EnumDescriptor type) {
        return type.getName().replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toUpperCase(Locale.ROOT)
                + "_";
    }
}
