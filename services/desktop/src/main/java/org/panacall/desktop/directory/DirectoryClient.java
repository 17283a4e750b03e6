// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.directory;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.panacall.defaults.ConfigurationSource;
import org.panacall.defaults.DefaultsConfig;
import org.panacall.defaults.Peers;
import org.panacall.defaults.SnapshotReader;
import org.panacall.desktop.DesktopConfig;
import org.panacall.desktop.problems.Problem;
import org.panacall.desktop.problems.ProblemKind;
import org.panacall.engine.id.Ids;
import org.panacall.proto.directory.v1.CheckTokenRequest;
import org.panacall.proto.directory.v1.Configuration;
import org.panacall.proto.directory.v1.DirectoryServiceGrpc;
import org.panacall.proto.directory.v1.DirectoryServiceGrpc.DirectoryServiceBlockingStub;
import org.panacall.proto.directory.v1.Person;
import org.panacall.proto.directory.v1.SignInRequest;
import org.panacall.proto.directory.v1.SignInResponse;
import org.panacall.proto.directory.v1.Tenant;
import org.panacall.proto.directory.v1.TokenValid;

/** The directory: configuration from memory, sign-in and tokens asked. */
@ApplicationScoped
public class DirectoryClient {

    private static final Duration AWAY = Duration.ofSeconds(2);

    private final Peers peers;
    private final DirectoryStubs stubs;
    private final String address;
    private final Path kept;
    private SnapshotReader<Configuration> configuration;

    DirectoryClient(
            Peers peers, DirectoryStubs stubs, DesktopConfig config, DefaultsConfig defaults) {
        this.peers = peers;
        this.stubs = stubs;
        address = config.directory().address();
        kept = defaults.dataDirectory().resolve("configuration.pb");
    }

    /** Begins to follow the configuration. */
    public void start() {
        var source = new ConfigurationSource(peers, address, Ids.next("reader"));
        configuration = source.follow(kept, snapshot -> {});
    }

    /** Ends. */
    public void stop() {
        configuration.close();
    }

    /** Whether there is a configuration to work with. */
    public boolean isReady() {
        return configuration.last().isPresent();
    }

    /** A tenant's configuration; a problem while there is none yet. */
    public Tenant tenant(String tenantId) {
        return configuration().getTenantsList().stream()
                .filter(tenant -> tenant.getTenantId().equals(tenantId))
                .findFirst()
                .orElseThrow(() -> new Problem(ProblemKind.NOT_SIGNED_IN, "The tenant is gone."));
    }

    /** The tenant of a SIP domain; the only one when no domain is said. */
    public Optional<Tenant> tenantOf(String sipDomain) {
        var tenants = configuration().getTenantsList();
        if (sipDomain == null) {
            return tenants.size() == 1 ? Optional.of(tenants.getFirst()) : Optional.empty();
        }
        return tenants.stream()
                .filter(tenant -> tenant.getSipDomain().equalsIgnoreCase(sipDomain))
                .findFirst();
    }

    /** A person with a phone, by id or extension. */
    public Optional<Person> person(String tenantId, String idOrExtension) {
        return tenant(tenantId).getPeopleList().stream()
                .filter(
                        person ->
                                person.getPersonId().equals(idOrExtension)
                                        || person.getExtension().equals(idOrExtension))
                .findFirst();
    }

    public SignInResponse signIn(SignInRequest request) {
        return stub().signIn(request);
    }

    public Optional<TokenValid> token(String token) {
        var answer = stub().checkToken(CheckTokenRequest.newBuilder().setToken(token).build());
        return answer.hasValid() ? Optional.of(answer.getValid()) : Optional.empty();
    }

    private Configuration configuration() {
        return configuration
                .last()
                .orElseThrow(
                        () ->
                                Problem.later(
                                        ProblemKind.SERVICE_AWAY,
                                        "The configuration has not come yet.",
                                        AWAY));
    }

    private DirectoryServiceBlockingStub stub() {
        return stubs.of(DirectoryServiceGrpc::newBlockingStub);
    }
}
