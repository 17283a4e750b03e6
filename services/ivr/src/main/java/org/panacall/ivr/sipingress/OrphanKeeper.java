// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.sipingress;

import org.panacall.ivr.core.Caller;

/** Takes a call that is ours to control though no run knows it. Does nothing when one does. */
@FunctionalInterface
public interface OrphanKeeper {

    void adopt(Caller caller, boolean answered);
}
