// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.grpc;

import com.google.protobuf.util.Durations;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.StreamObserver;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.panacall.defaults.Reply;
import org.panacall.directory.DatabaseAway;
import org.panacall.directory.DirectoryConfig;
import org.panacall.directory.configuration.ConfigurationFeed;
import org.panacall.directory.people.AttemptLimit;
import org.panacall.directory.people.Passwords;
import org.panacall.directory.people.PeopleStore;
import org.panacall.directory.people.PeopleStore.Account;
import org.panacall.proto.directory.v1.CheckTokenRequest;
import org.panacall.proto.directory.v1.CheckTokenResponse;
import org.panacall.proto.directory.v1.Configuration;
import org.panacall.proto.directory.v1.DirectoryServiceGrpc;
import org.panacall.proto.directory.v1.NoteConfigurationRequest;
import org.panacall.proto.directory.v1.NoteConfigurationResponse;
import org.panacall.proto.directory.v1.SignInRequest;
import org.panacall.proto.directory.v1.SignInResponse;
import org.panacall.proto.directory.v1.TokenInvalid;
import org.panacall.proto.directory.v1.TokenValid;
import org.panacall.proto.directory.v1.TooManyAttempts;
import org.panacall.proto.directory.v1.WatchConfigurationRequest;
import org.panacall.proto.directory.v1.WrongCredentials;

/** The directory's contract: configuration to services, sign-in to the desktop. */
@ApplicationScoped
public class DirectoryGrpc implements DirectoryServiceGrpc.AsyncService {

    private static final int USER_NAME_MAX = 128;

    private final ConfigurationFeed feed;
    private final PeopleStore people;
    private final Passwords passwords;
    private final AttemptLimit byAddress;
    private final AttemptLimit byUser;
    private final MeterRegistry metrics;
    private final Clock clock = Clock.systemUTC();

    DirectoryGrpc(
            ConfigurationFeed feed,
            PeopleStore people,
            DirectoryConfig config,
            MeterRegistry metrics) {
        this.feed = feed;
        this.people = people;
        this.metrics = metrics;
        passwords = new Passwords(config.directory().passwordIterations());
        byAddress = new AttemptLimit(config.directory().failuresPerAddress());
        byUser = new AttemptLimit(config.directory().failuresPerUser());
    }

    /** What the server serves. */
    @Produces
    @Singleton
    ServerServiceDefinition contract() {
        return DirectoryServiceGrpc.bindService(this);
    }

    @Override
    public void watchConfiguration(
            WatchConfigurationRequest request, StreamObserver<Configuration> caller) {
        feed.watch(request, caller);
    }

    @Override
    public void noteConfiguration(
            NoteConfigurationRequest request, StreamObserver<NoteConfigurationResponse> caller) {
        feed.used(request.getReaderId(), request.getVersion());
        Reply.now(NoteConfigurationResponse.getDefaultInstance(), caller);
    }

    @Override
    public void signIn(SignInRequest request, StreamObserver<SignInResponse> caller) {
        // Names of failed attempts are remembered, so they must not be of any length.
        if (request.getUserName().length() > USER_NAME_MAX) {
            throw new IllegalArgumentException("a user name has at most 128 characters");
        }
        var user = request.getTenantId() + "/" + request.getUserName();
        var userHere = user + "/" + request.getClientAddress();
        var now = clock.instant();
        var wait =
                Stream.of(byAddress.wait(userHere, now), byUser.wait(user, now))
                        .flatMap(Optional::stream)
                        .max(Duration::compareTo);
        if (wait.isPresent()) {
            count("too-many-attempts");
            Reply.now(tooMany(wait.get()), caller);
            return;
        }
        // Counted before the password is looked at, so that parallel attempts are not free.
        byAddress.failed(userHere, now);
        byUser.failed(user, now);
        var answer =
                people.account(request.getTenantId(), request.getUserName())
                        .onFailure()
                        .transform(DatabaseAway::explained)
                        .emitOn(Infrastructure.getDefaultWorkerPool())
                        .map(account -> verified(account, request.getPassword()))
                        .invoke(
                                response -> {
                                    count(
                                            response.hasSignedIn()
                                                    ? "signed-in"
                                                    : "wrong-credentials");
                                    if (response.hasSignedIn()) {
                                        byAddress.succeeded(userHere);
                                        byUser.succeeded(user);
                                    }
                                });
        Reply.later(answer.subscribeAsCompletionStage(), caller);
    }

    /** The password is checked for unknown people too, so that the time tells nothing. */
    private SignInResponse verified(Optional<Account> account, String password) {
        var stored = account.map(Account::passwordHash).orElse(passwords.nobodys());
        var matches = passwords.matches(password, stored);
        return account.isPresent() && matches
                ? SignInResponse.newBuilder().setSignedIn(account.get().person()).build()
                : SignInResponse.newBuilder()
                        .setWrongCredentials(WrongCredentials.getDefaultInstance())
                        .build();
    }

    @Override
    public void checkToken(CheckTokenRequest request, StreamObserver<CheckTokenResponse> caller) {
        var answer =
                people.token(request.getToken())
                        .onFailure()
                        .transform(DatabaseAway::explained)
                        .map(DirectoryGrpc::checked);
        Reply.later(answer.subscribeAsCompletionStage(), caller);
    }

    private static CheckTokenResponse checked(Optional<TokenValid> token) {
        var response = CheckTokenResponse.newBuilder();
        return token.map(response::setValid)
                .orElseGet(() -> response.setInvalid(TokenInvalid.getDefaultInstance()))
                .build();
    }

    private static SignInResponse tooMany(Duration wait) {
        return SignInResponse.newBuilder()
                .setTooManyAttempts(
                        TooManyAttempts.newBuilder()
                                .setRetryAfter(Durations.fromMillis(wait.toMillis())))
                .build();
    }

    private void count(String outcome) {
        metrics.counter("panacall.directory.sign.ins", "outcome", outcome).increment();
    }
}
