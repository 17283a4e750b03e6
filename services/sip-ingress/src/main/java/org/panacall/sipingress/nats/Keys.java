// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.nats;

import io.nats.client.JetStreamApiException;
import io.nats.client.PurgeOptions;
import io.nats.client.api.StreamInfoOptions;
import java.io.IOException;
import java.util.List;
import org.panacall.engine.nats.NatsLink;

/** Keys of a bucket, by its stream: listed with one request, erased without leaving a mark. */
final class Keys {

    private Keys() {}

    static List<String> of(NatsLink link, String bucket) throws IOException, JetStreamApiException {
        var prefix = "$KV." + bucket + ".";
        var subjects =
                link.require()
                        .jetStreamManagement()
                        .getStreamInfo("KV_" + bucket, StreamInfoOptions.allSubjects())
                        .getStreamState()
                        .getSubjects();
        return subjects.stream()
                .map(subject -> subject.getName().substring(prefix.length()))
                .sorted()
                .toList();
    }

    static void erase(NatsLink link, String bucket, String key)
            throws IOException, JetStreamApiException {
        link.require()
                .jetStreamManagement()
                .purgeStream("KV_" + bucket, PurgeOptions.subject("$KV." + bucket + "." + key));
    }
}
