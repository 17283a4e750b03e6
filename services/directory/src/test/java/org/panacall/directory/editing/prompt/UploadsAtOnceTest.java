// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.editing.prompt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.panacall.defaults.GrpcServer;
import org.panacall.directory.KamailioServer;
import org.panacall.directory.PostgresTestServer;
import org.panacall.directory.audio.Uploads;
import org.panacall.proto.directory.v1.PutPromptAudioRequest;
import org.panacall.proto.directory.v1.PutPromptAudioResponse;
import org.panacall.simkit.Eventually;

/** Uploads stand in memory, so there may be but so many. */
@QuarkusTest
@QuarkusTestResource(PostgresTestServer.class)
@QuarkusTestResource(KamailioServer.class)
class UploadsAtOnceTest {

    private static final int MAX = 8;

    @Inject GrpcServer grpc;
    @Inject Pool pool;

    private PromptEditor editor;

    @BeforeEach
    void connect() {
        editor = new PromptEditor(grpc.port());
    }

    @AfterEach
    void forget() {
        editor.close();
        pool.query("delete from directory.prompt")
                .execute()
                .chain(() -> pool.query("delete from directory.prompt_audio").execute())
                .await()
                .atMost(Duration.ofSeconds(10));
    }

    @Test
    void oneMoreThanMayBeIsRefusedUntilAnotherIsOverOrGivesUp() throws Exception {
        // Given
        var sending = new ArrayList<StreamObserver<PutPromptAudioRequest>>();
        var answers = new ArrayList<CompletableFuture<PutPromptAudioResponse>>();

        // When: which of them comes last is not known.
        for (int i = 0; i <= MAX; i++) {
            answers.add(new CompletableFuture<>());
            sending.add(editor.begun("upload/" + i, answers.get(i)));
        }

        // Then
        var first = CompletableFuture.anyOf(answers.toArray(CompletableFuture[]::new));
        var refused = assertThrows(ExecutionException.class, () -> first.get(10, TimeUnit.SECONDS));
        assertEquals(
                Status.Code.RESOURCE_EXHAUSTED, Status.fromThrowable(refused.getCause()).getCode());
        var done = answers.stream().filter(CompletableFuture::isDone).toList();
        assertEquals(1, done.size());
        sending.remove(answers.indexOf(done.getFirst()));
        answers.remove(done.getFirst());

        // When
        sending.get(0).onNext(part());
        sending.get(0).onCompleted();
        assertTrue(answers.get(0).get(20, TimeUnit.SECONDS).hasPrompt());
        sending.get(1).onError(Status.CANCELLED.asRuntimeException());

        // Then
        whole("upload/then");
        whole("upload/after");
        for (int i = 2; i < MAX; i++) {
            sending.get(i).onNext(part());
            sending.get(i).onCompleted();
            assertTrue(answers.get(i).get(20, TimeUnit.SECONDS).hasPrompt());
        }
    }

    /** Both places are free a moment after those who had them are done. */
    private void whole(String id) {
        Eventually.isTrue(
                id,
                () -> {
                    var answer = new CompletableFuture<PutPromptAudioResponse>();
                    var sending = editor.begun(id, answer);
                    sending.onNext(part());
                    sending.onCompleted();
                    return answer.handle((kept, refused) -> refused == null && kept.hasPrompt())
                            .join();
                });
    }

    private static PutPromptAudioRequest part() {
        return PutPromptAudioRequest.newBuilder()
                .setPart(ByteString.copyFrom(Uploads.wave(600, 1, 0.3)))
                .build();
    }
}
