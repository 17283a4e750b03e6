// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.call;

import org.panacall.sipingress.core.dialog.LegId;

/** One leg hears another, or itself. */
public record MatrixCell(LegId listener, LegId speaker) {}
