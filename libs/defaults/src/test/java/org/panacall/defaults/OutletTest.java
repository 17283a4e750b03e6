// SPDX-License-Identifier: Apache-2.0
package org.panacall.defaults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A stream of answers to a reader who is ready or not, and at last goes. */
class OutletTest {

    /** gRPC's side of a stream, moved by hand. */
    private static final class Reader extends ServerCallStreamObserver<Integer> {
        final List<Integer> read = new ArrayList<>();
        final List<Status.Code> failures = new ArrayList<>();
        boolean ready = true;
        boolean completed;
        Runnable onReady;
        Runnable onCancel;

        void becomesReady() {
            ready = true;
            onReady.run();
        }

        @Override
        public void onNext(Integer message) {
            read.add(message);
        }

        @Override
        public void onError(Throwable fault) {
            failures.add(Status.fromThrowable(fault).getCode());
        }

        @Override
        public void onCompleted() {
            completed = true;
        }

        @Override
        public boolean isReady() {
            return ready;
        }

        @Override
        public void setOnReadyHandler(Runnable handler) {
            onReady = handler;
        }

        @Override
        public void setOnCancelHandler(Runnable handler) {
            onCancel = handler;
        }

        @Override
        public boolean isCancelled() {
            return false;
        }

        @Override
        public void setCompression(String compression) {}

        @Override
        public void disableAutoInboundFlowControl() {}

        @Override
        public void request(int count) {}

        @Override
        public void setMessageCompression(boolean enable) {}
    }

    private final Reader reader = new Reader();
    private int ends;
    private final Outlet<Integer> outlet = new Outlet<>(reader, 2, () -> ends++);

    @Test
    void aReaderWhoIsReadyGetsAMessageAtOnce() {
        // When
        boolean taken = outlet.offer(1);
        // Then
        assertTrue(taken);
        assertEquals(List.of(1), reader.read);
    }

    @Test
    void whatAReaderIsNotReadyForWaitsInOrder() {
        // Given
        reader.ready = false;
        outlet.offer(1);
        outlet.offer(2);
        // When
        reader.becomesReady();
        outlet.offer(3);
        // Then
        assertEquals(List.of(1, 2, 3), reader.read);
    }

    @Test
    void aReaderTooFarBehindIsCutOff() {
        // Given
        reader.ready = false;
        outlet.offer(1);
        outlet.offer(2);
        // When
        boolean taken = outlet.offer(3);
        // Then
        assertFalse(taken);
        assertEquals(List.of(Status.Code.RESOURCE_EXHAUSTED), reader.failures);
        assertEquals(1, ends);
    }

    @Test
    void nothingGoesToAReaderWhoLeftAndTheEndIsToldOnce() {
        // Given
        reader.onCancel.run();
        // When
        boolean taken = outlet.offer(1);
        outlet.complete();
        // Then
        assertFalse(taken);
        assertEquals(List.of(), reader.read);
        assertFalse(reader.completed);
        assertEquals(1, ends);
    }

    @Test
    void aStreamThatIsCompletedTakesNoMore() {
        // When
        outlet.complete();
        // Then
        assertTrue(reader.completed);
        assertFalse(outlet.offer(1));
        assertEquals(1, ends);
    }
}
