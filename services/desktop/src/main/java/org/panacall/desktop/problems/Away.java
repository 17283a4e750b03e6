// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.problems;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Optional;
import java.util.function.Supplier;

/** Asks a service that may be away, where there is something to say without it. */
public final class Away {

    private Away() {}

    /** The answer; empty while nobody answers. */
    public static <A> Optional<A> unless(Supplier<A> question) {
        try {
            return Optional.of(question.get());
        } catch (StatusRuntimeException fault) {
            var code = fault.getStatus().getCode();
            if (code != Status.Code.UNAVAILABLE && code != Status.Code.DEADLINE_EXCEEDED) {
                throw fault;
            }
            return Optional.empty();
        }
    }
}
