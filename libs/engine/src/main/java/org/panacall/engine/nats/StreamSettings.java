// SPDX-License-Identifier: Apache-2.0
package org.panacall.engine.nats;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The stream of one service: {@code PANACALL_<SERVICE>} with subjects {@code
 * panacall.v1.<service>.<shard>}.
 *
 * @param service in kebab case
 * @param maxAge turns older than that are dropped
 * @param maxBytes the oldest turns are dropped beyond that size
 * @param replicas copies in a cluster of servers
 */
public record StreamSettings(String service, Duration maxAge, long maxBytes, int replicas) {

    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Duration DUPLICATE_WINDOW = Duration.ofMinutes(2);
    private static final int STREAM_NOT_FOUND = 10059;
    private static final int STREAM_NAME_IN_USE = 10058;

    public StreamSettings {
        requireToken(service);
    }

    /** A week and 1 GiB, one copy. */
    public static StreamSettings of(String service) {
        return new StreamSettings(service, Duration.ofDays(7), 1L << 30, 1);
    }

    public String stream() {
        return "PANACALL_" + service.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    /** Where the turns of a shard go. The shard may not hold personal data. */
    public String subject(String shard) {
        return "panacall.v1." + service + "." + requireToken(shard);
    }

    /** Creates the stream when it is absent; leaves one that is there as it is. */
    void ensure(Connection connection) throws IOException, JetStreamApiException {
        var management = connection.jetStreamManagement();
        try {
            management.getStreamInfo(stream());
        } catch (JetStreamApiException failure) {
            if (failure.getApiErrorCode() != STREAM_NOT_FOUND) {
                throw failure;
            }
            create(connection);
        }
    }

    private void create(Connection connection) throws IOException, JetStreamApiException {
        var configuration =
                StreamConfiguration.builder()
                        .name(stream())
                        .subjects("panacall.v1." + service + ".>")
                        .storageType(StorageType.File)
                        .maxAge(maxAge)
                        .maxBytes(maxBytes)
                        .replicas(replicas)
                        .duplicateWindow(DUPLICATE_WINDOW)
                        .build();
        try {
            connection.jetStreamManagement().addStream(configuration);
        } catch (JetStreamApiException failure) {
            // Somebody with other settings was faster: his stream will do.
            if (failure.getApiErrorCode() != STREAM_NAME_IN_USE) {
                throw failure;
            }
        }
    }

    private static String requireToken(String token) {
        if (!TOKEN.matcher(token).matches()) {
            throw new IllegalArgumentException("not a name for a subject: " + token);
        }
        return token;
    }
}
