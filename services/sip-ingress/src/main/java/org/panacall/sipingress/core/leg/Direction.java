// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.leg;

/** Which way a leg or call was set up, seen from us. */
public enum Direction {
    INBOUND,
    OUTBOUND
}
