// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.panacall.acd.core.Acd;
import org.panacall.acd.core.AcdCommand;
import org.panacall.acd.core.Refusal;

/** Where commands and questions for the core of one tenant go. For any thread. */
public interface AcdMailbox {

    /** Completes when what the command led to is durable. */
    CompletableFuture<Optional<Refusal>> send(AcdCommand command);

    /**
     * Several commands in one turn, one after another; completes when what all of them led to is
     * durable, and fails when nothing is.
     */
    CompletableFuture<List<Optional<Refusal>>> sendAll(List<AcdCommand> commands);

    /** Looks at the core on its own thread; must be brief and change nothing. */
    <T> CompletableFuture<T> ask(Function<Acd, T> question);
}
