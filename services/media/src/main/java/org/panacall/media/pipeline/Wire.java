// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.pipeline;

import java.nio.ByteBuffer;
import org.panacall.media.rtp.Remote;

/** The way out for packets. Called by the media thread; the buffer is its own again afterwards. */
public interface Wire {

    void sendRtp(ByteBuffer packet, Remote to);

    void sendRtcp(ByteBuffer packet, Remote to);
}
