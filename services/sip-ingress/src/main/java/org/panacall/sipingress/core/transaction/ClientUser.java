// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.transaction;

import org.panacall.sipingress.core.message.SipMessage.Response;

/** Who sent a request and waits for what becomes of it. */
public interface ClientUser {

    /** Does nothing: for requests whose outcome nobody needs. */
    ClientUser NOBODY =
            new ClientUser() {
                @Override
                public void onResponse(Response response, long now) {}

                @Override
                public void onTimeout(long now) {}
            };

    /** A response came; retransmissions are left out, except 2xx to INVITE. */
    void onResponse(Response response, long now);

    /** No final response came within 64*T1. The transaction is gone. */
    void onTimeout(long now);
}
