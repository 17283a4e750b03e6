// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.transaction;

import org.panacall.sipingress.core.message.Endpoint;

/** Where datagrams go. */
public interface Wire {

    /** Sends a datagram; the array must not be changed afterwards. */
    void send(byte[] datagram, Endpoint to);
}
