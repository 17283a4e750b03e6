// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.util.Durations;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.panacall.defaults.GrpcServer;
import org.panacall.defaults.ServiceToken;
import org.panacall.directory.KamailioServer;
import org.panacall.directory.PostgresTestServer;
import org.panacall.directory.configuration.ConfigurationFeed;
import org.panacall.directory.people.PeopleStore;
import org.panacall.directory.people.PhoneSecrets;
import org.panacall.directory.seed.SeedFile;
import org.panacall.directory.seed.SeedStore;
import org.panacall.proto.directory.v1.CheckTokenRequest;
import org.panacall.proto.directory.v1.Configuration;
import org.panacall.proto.directory.v1.DirectoryServiceGrpc;
import org.panacall.proto.directory.v1.Number;
import org.panacall.proto.directory.v1.SignInRequest;
import org.panacall.proto.directory.v1.SignInResponse;
import org.panacall.proto.directory.v1.WatchConfigurationRequest;

@QuarkusTest
@QuarkusTestResource(PostgresTestServer.class)
@QuarkusTestResource(KamailioServer.class)
class DirectoryGrpcTest {

    private static final Path CLINIC = Path.of("src/main/demo/clinic.yaml");
    private static final Duration SOON = Duration.ofSeconds(10);

    @Inject SeedStore seeds;
    @Inject PeopleStore people;
    @Inject ConfigurationFeed feed;

    @Inject GrpcServer grpc;

    private ManagedChannel channel;
    private DirectoryServiceGrpc.DirectoryServiceBlockingStub directory;

    @BeforeEach
    void connect() {
        channel = NettyChannelBuilder.forAddress("127.0.0.1", grpc.port()).usePlaintext().build();
        directory =
                DirectoryServiceGrpc.newBlockingStub(channel)
                        .withInterceptors(new ServiceToken("test-service-token"))
                        .withDeadlineAfter(SOON);
    }

    @AfterEach
    void disconnect() {
        channel.shutdownNow();
    }

    @Test
    void theDemoClinicIsStreamedWhole() {
        // When
        var configuration = directory.watchConfiguration(knowing(0)).next();

        // Then
        var clinic = configuration.getTenants(0);
        assertEquals("demo", clinic.getTenantId());
        assertEquals("panacall.test", clinic.getSipDomain());
        assertEquals(7, clinic.getNumbersCount());
        assertEquals("main", number(configuration, "+74950000100").getFlowId());
        assertEquals("registry", number(configuration, "+74950000101").getQueueId());
        assertEquals("radio", number(configuration, "+74950000102").getSource());
        assertTrue(number(configuration, "+74950000199").getEcho());
        assertEquals(12, clinic.getPeopleCount());
        assertEquals(6, clinic.getQueues(0).getAgentExtensionsCount());
        assertEquals(Durations.fromSeconds(15), clinic.getQueues(0).getOfferTimeout());
        assertEquals(15, clinic.getServiceExtensionsCount());
        var main =
                clinic.getFlowsList().stream()
                        .filter(flow -> flow.getFlowId().equals("main"))
                        .findFirst()
                        .orElseThrow();
        var menu = main.getSteps(1);
        assertEquals("registry", menu.getExitsOrThrow("no-input"));
        assertEquals(Durations.fromMillis(1500), menu.getMenu().getInterKeyTimeout());
        assertTrue(menu.getMenu().getPrompts(0).getFallbackText().contains("регистратур"));
    }

    @Test
    void aChangeIsStreamedToReadersOnceAndTheUnchangedSeedIsNot() throws Exception {
        // Given
        var seen = new LinkedBlockingQueue<Configuration>();
        DirectoryServiceGrpc.newStub(channel)
                .withInterceptors(new ServiceToken("test-service-token"))
                .watchConfiguration(knowing(0), collecting(seen));
        var first = seen.poll(10, TimeUnit.SECONDS);
        var seed = SeedFile.read(CLINIC);

        // When
        var written = seeds.apply(seed, "another").await().atMost(SOON);
        var again = seeds.apply(seed, "another").await().atMost(SOON);

        // Then
        assertTrue(written);
        assertFalse(again);
        var second = seen.poll(10, TimeUnit.SECONDS);
        assertTrue(second.getVersion() > first.getVersion());
        assertEquals(first.getTenantsList(), second.getTenantsList());
    }

    @Test
    void aReaderThatKnowsTheVersionIsNotSentItAgain() throws Exception {
        // Given
        var seen = new LinkedBlockingQueue<Configuration>();

        // When
        DirectoryServiceGrpc.newStub(channel)
                .withInterceptors(new ServiceToken("test-service-token"))
                .watchConfiguration(knowing(feed.version()), collecting(seen));

        // Then
        var sentAtOnce = directory.watchConfiguration(knowing(0)).next();
        assertEquals(feed.version(), sentAtOnce.getVersion());
        assertTrue(seen.isEmpty());
    }

    @Test
    void anAgentSignsInByExtensionAndAnAdministratorByName() {
        // When
        var agent = directory.signIn(signIn("103", "demo-103", "a")).getSignedIn();
        var administrator = directory.signIn(signIn("admin", "demo-admin", "a")).getSignedIn();

        // Then
        assertEquals("agent_103", agent.getPersonId());
        assertEquals("agent", agent.getRoles(0));
        assertEquals("administrator", administrator.getRoles(0));
        assertEquals("", administrator.getExtension());
    }

    @Test
    void theSixthWrongPasswordFromOneAddressWaits() {
        // Given
        var answers = new ArrayList<SignInResponse>();

        // When
        for (int i = 0; i < 6; i++) {
            answers.add(directory.signIn(signIn("104", "wrong", "b")));
        }

        // Then
        assertTrue(answers.subList(0, 5).stream().allMatch(SignInResponse::hasWrongCredentials));
        var wait = answers.getLast().getTooManyAttempts().getRetryAfter();
        assertTrue(Durations.toSeconds(wait) <= 60 && Durations.toMillis(wait) > 0);
        assertTrue(directory.signIn(signIn("104", "demo-104", "c")).hasSignedIn());
    }

    @Test
    void anUnknownPersonIsAnsweredLikeAWrongPassword() {
        // When
        var answer = directory.signIn(signIn("nobody", "demo-103", "d"));

        // Then
        assertTrue(answer.hasWrongCredentials());
    }

    @Test
    void aUserNameThatNobodyCouldHaveIsRefused() {
        // Given
        var request = signIn("x".repeat(129), "demo-103", "e");

        // When
        var refusal = assertThrows(StatusRuntimeException.class, () -> directory.signIn(request));

        // Then
        assertEquals(Status.Code.INVALID_ARGUMENT, refusal.getStatus().getCode());
    }

    @Test
    void theDemoTokenIsKnownAndOthersAreNot() {
        // When
        var demo = directory.checkToken(token("demo-token"));
        var other = directory.checkToken(token("demo-token "));

        // Then
        assertEquals("demo", demo.getValid().getTenantId());
        assertTrue(other.hasInvalid());
    }

    @Test
    void aServiceWithoutTheTokenIsTurnedAway() {
        // Given
        var stranger = DirectoryServiceGrpc.newBlockingStub(channel).withDeadlineAfter(SOON);

        // When
        var fault =
                assertThrows(
                        StatusRuntimeException.class,
                        () -> stranger.checkToken(token("demo-token")));

        // Then
        assertEquals(Status.Code.UNAUTHENTICATED, fault.getStatus().getCode());
    }

    @Test
    void phoneAccountsAreDecryptedForTheEdge() {
        // When
        var accounts = people.phoneAccounts().await().atMost(SOON);

        // Then
        assertEquals(12, accounts.ha1ByAddress().size());
        assertEquals(
                PhoneSecrets.ha1("103", "panacall.test", "demo-103"),
                accounts.ha1ByAddress().get("103@panacall.test"));
    }

    private static Number number(Configuration configuration, String number) {
        return configuration.getTenants(0).getNumbersList().stream()
                .filter(known -> known.getNumber().equals(number))
                .findFirst()
                .orElseThrow();
    }

    private static WatchConfigurationRequest knowing(long version) {
        return WatchConfigurationRequest.newBuilder().setKnownVersion(version).build();
    }

    private static SignInRequest signIn(String user, String password, String address) {
        return SignInRequest.newBuilder()
                .setTenantId("demo")
                .setUserName(user)
                .setPassword(password)
                .setClientAddress(address)
                .build();
    }

    private static CheckTokenRequest token(String token) {
        return CheckTokenRequest.newBuilder().setToken(token).build();
    }

    private static <T> StreamObserver<T> collecting(LinkedBlockingQueue<T> seen) {
        return new StreamObserver<>() {
            @Override
            public void onNext(T message) {
                seen.add(message);
            }

            @Override
            public void onError(Throwable over) {
                seen.drainTo(new ArrayList<>());
            }

            @Override
            public void onCompleted() {
                seen.drainTo(new ArrayList<>());
            }
        };
    }
}
