// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr;

import org.junit.jupiter.api.Test;
import org.panacall.simkit.ArchitectureRules;

class ArchitectureTest {

    @Test
    void theCoreIsPureAndAdaptersDontKnowEachOther() {
        ArchitectureRules.verify("org.panacall.ivr");
    }
}
