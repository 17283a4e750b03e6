// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.soak;

import java.util.List;
import java.util.Map;
import org.panacall.tests.bench.ProcessTimes;

/**
 * The whole platform at a moment.
 *
 * @param figures counts by name: legs, sessions, consumers and the like; -1 when not to be had
 */
record Sample(
        long second, List<ProcessSample> processes, ProcessTimes times, Map<String, Long> figures) {

    long pssBytes() {
        return processes.stream().mapToLong(ProcessSample::pssBytes).sum();
    }

    long heapBytes() {
        return processes.stream().mapToLong(ProcessSample::heapBytes).sum();
    }

    int descriptors() {
        return processes.stream().mapToInt(ProcessSample::descriptors).sum();
    }

    int threads() {
        return processes.stream().mapToInt(ProcessSample::threads).sum();
    }
}
