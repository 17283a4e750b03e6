// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress;

import org.junit.jupiter.api.Test;
import org.panacall.simkit.ArchitectureRules;

class ArchitectureTest {

    @Test
    void theCoreIsPureAndAdaptersDoNotKnowEachOther() {
        ArchitectureRules.verify("org.panacall.sipingress");
    }
}
