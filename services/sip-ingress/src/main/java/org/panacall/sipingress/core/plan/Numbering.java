// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.plan;

import java.util.Optional;

/** Knows the numbering plans of the world. Must give the same answer to the same question. */
public interface Numbering {

    /**
     * The E.164 form with + of what somebody dialled; empty when it is no possible number.
     *
     * @param dialled digits with or without +
     * @param country ISO 3166 country whose national numbers are meant when there is no +
     */
    Optional<String> toE164(String dialled, String country);
}
