// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.directory;

import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.panacall.ivr.Clinics;
import org.panacall.ivr.core.flow.Catalog;
import org.panacall.ivr.core.id.TenantId;
import org.panacall.proto.directory.v1.OutsideServiceGrpc;
import org.panacall.proto.directory.v1.RevealSecretRequest;

/**
 * What tenants have said of servers that may be asked. Secrets are asked of directory when they are
 * needed, and again after a change of the configuration; they are kept in memory alone, so that
 * they go on to be known while directory is away.
 */
public final class ClinicSecrets implements Clinics {

    private static final int KEPT_MAX = 10_000;
    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    private final Supplier<Channel> directory;
    private final Supplier<Optional<Catalog>> catalogs;
    private final Map<Key, Known> known =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Key, Known> eldest) {
                    return size() > KEPT_MAX;
                }
            };

    private record Key(TenantId tenant, String name) {}

    /** What it was as of a version of the configuration. */
    private record Known(Optional<String> value, long version) {
        @Override
        public String toString() {
            return "Known[version=" + version + "]";
        }
    }

    /**
     * @param directory the way there, asked for each time so that a broken one is tried anew
     */
    public ClinicSecrets(Supplier<Channel> directory, Supplier<Optional<Catalog>> catalogs) {
        this.directory = directory;
        this.catalogs = catalogs;
    }

    @Override
    public List<String> hosts(TenantId tenant) {
        return catalogs.get()
                .flatMap(catalog -> catalog.tenant(tenant))
                .map(Catalog.Tenant::outsideHosts)
                .orElse(List.of());
    }

    @Override
    public Optional<String> secret(TenantId tenant, String name) {
        var version = catalogs.get().map(Catalog::version).orElse(0L);
        var key = new Key(tenant, name);
        var last = last(key);
        if (last.isPresent() && last.get().version() == version) {
            return last.get().value();
        }
        try {
            var value = revealed(key);
            keep(key, new Known(value, version));
            return value;
        } catch (StatusRuntimeException away) {
            return last.flatMap(Known::value);
        }
    }

    private Optional<String> revealed(Key key) {
        var answer =
                OutsideServiceGrpc.newBlockingStub(directory.get())
                        .withDeadlineAfter(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                        .revealSecret(
                                RevealSecretRequest.newBuilder()
                                        .setTenantId(key.tenant().value())
                                        .setName(key.name())
                                        .build());
        return answer.hasValue() ? Optional.of(answer.getValue()) : Optional.empty();
    }

    private Optional<Known> last(Key key) {
        synchronized (known) {
            return Optional.ofNullable(known.get(key));
        }
    }

    private void keep(Key key, Known value) {
        synchronized (known) {
            known.put(key, value);
        }
    }
}
