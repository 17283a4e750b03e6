// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.events;

/** Something that those who listen are told. */
sealed interface Told permits LiveEvent, FloorChange {

    String tenantId();
}
