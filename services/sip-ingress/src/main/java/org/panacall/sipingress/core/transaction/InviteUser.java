// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.transaction;

import org.panacall.sipingress.core.message.SipMessage.Response;

/** Who sent an INVITE. ACKs of 2xx are his own business (RFC 3261 §13.2.2.4). */
public interface InviteUser extends ClientUser {

    /** The ACK for a response that is not 2xx (RFC 3261 §17.1.1.3). */
    byte[] refusalAck(Response response);
}
