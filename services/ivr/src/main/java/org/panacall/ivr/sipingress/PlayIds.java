// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.sipingress;

import java.util.OptionalLong;
import org.panacall.ivr.core.Caller;

/** Names plays after their run and the number of their effect, and reads the number again. */
final class PlayIds {

    private PlayIds() {}

    static String of(Caller caller, long number) {
        return "play_" + caller.origin().run() + "_" + number;
    }

    /** The number in a play's name; empty when the name is not one of ours. */
    static OptionalLong number(String playId) {
        var digits = playId.substring(playId.lastIndexOf('_') + 1);
        return digits.matches("[0-9]{1,18}")
                ? OptionalLong.of(Long.parseLong(digits))
                : OptionalLong.empty();
    }
}
