// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.journeys;

/** The platform that all journeys of a run share; ended with the test run. */
final class JourneyPlatform implements AutoCloseable {

    int portOffset() {
        throw new IllegalStateException("set PANACALL_JOURNEY_OFFSET");
    }

    @Override
    public void close() {}
}
