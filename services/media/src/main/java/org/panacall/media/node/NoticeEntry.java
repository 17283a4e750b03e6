// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.node;

import java.time.Instant;
import java.util.Optional;
import org.panacall.media.pipeline.Notice;

/**
 * One line of a stream of notices.
 *
 * @param notice empty: some notices are gone
 */
public record NoticeEntry(
        String streamId, long sequence, String legId, Instant at, Optional<Notice> notice) {}
