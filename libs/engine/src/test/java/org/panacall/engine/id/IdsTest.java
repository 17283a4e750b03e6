// SPDX-License-Identifier: Apache-2.0
package org.panacall.engine.id;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class IdsTest {

    @Test
    void idsOfOneProcessAscendAndAreVersionSeven() {
        // When
        var ids = Stream.generate(() -> Ids.next("call")).limit(100_000).toList();

        // Then
        assertEquals(ids.stream().sorted().distinct().toList(), ids);
        assertTrue(ids.getFirst().startsWith("call_"));
        var uuid = UUID.fromString(ids.getLast().substring("call_".length()));
        assertEquals(7, uuid.version());
        assertEquals(2, uuid.variant());
        var age = System.currentTimeMillis() - (uuid.getMostSignificantBits() >>> 16);
        assertTrue(Math.abs(age) < 60_000, () -> "age " + age);
    }
}
