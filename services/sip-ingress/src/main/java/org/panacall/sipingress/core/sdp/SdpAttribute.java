// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.sdp;

/** One a= line; the value is empty text when there is none. */
public record SdpAttribute(String name, String value) {}
