// SPDX-License-Identifier: Apache-2.0
package org.panacall.engine.nats;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamOptions;
import io.nats.client.KeyValue;
import io.nats.client.KeyValueOptions;
import io.nats.client.api.KeyValueConfiguration;
import io.nats.client.api.StorageType;
import java.io.IOException;
import java.time.Duration;

/** A key-value bucket on disk, created when absent: revisions must not begin anew by a restart. */
public final class Bucket {

    /** What the server says to an update that expects another revision than there is. */
    public static final int WRONG_REVISION = 10071;

    private static final int BUCKET_NOT_FOUND = 10059;

    private final NatsLink link;
    private final String name;
    private final Duration timeout;
    private final Duration kept;

    /**
     * @param timeout of one request
     */
    public Bucket(NatsLink link, String name, Duration timeout) {
        this(link, name, timeout, Duration.ZERO);
    }

    /**
     * @param kept how long a value stays that is not put anew; zero: for ever
     */
    public Bucket(NatsLink link, String name, Duration timeout, Duration kept) {
        this.link = link;
        this.name = name;
        this.timeout = timeout;
        this.kept = kept;
    }

    /** The bucket, ready for use. */
    public KeyValue open() throws IOException, JetStreamApiException {
        var connection = link.require();
        var streams = JetStreamOptions.builder().requestTimeout(timeout).build();
        ensure(connection);
        return connection.keyValue(
                name, KeyValueOptions.builder().jetStreamOptions(streams).build());
    }

    private void ensure(Connection connection) throws IOException, JetStreamApiException {
        var management = connection.keyValueManagement();
        try {
            management.getStatus(name);
        } catch (JetStreamApiException failure) {
            if (failure.getApiErrorCode() != BUCKET_NOT_FOUND) {
                throw failure;
            }
            management.create(
                    KeyValueConfiguration.builder()
                            .name(name)
                            .maxHistoryPerKey(1)
                            .ttl(kept)
                            .storageType(StorageType.File)
                            .build());
        }
    }
}
