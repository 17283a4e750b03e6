// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.recordings;

import java.time.Duration;
import java.time.Instant;
import org.panacall.desktop.Wire;
import org.panacall.desktop.access.Caller;
import org.panacall.proto.recordings.v1.Recording;
import org.panacall.proto.recordings.v1.RecordingAccess;

/**
 * A recording as JSON.
 *
 * @param kind voicemail or call
 * @param mailbox queue, or extension of a person; absent: the clinic's
 * @param from who left it, or talked; absent when withheld
 * @param state new, heard or deleted
 * @param keepUntil it is purged then
 * @param agent extension of who talked with him; absent: it is a message
 * @param channels of the audio: 2 of a call, the caller on the first and the agent on the second
 * @param end why it ended: key, silence, longest, stopped, media-lost …
 */
public record RecordingView(
        String id,
        String kind,
        String call,
        String mailbox,
        String from,
        String language,
        Instant startedAt,
        Duration length,
        String state,
        Instant keepUntil,
        String end,
        String agent,
        int channels) {

    /** A recording as the caller may see it. */
    static RecordingView of(Recording recording, Caller caller) {
        return new RecordingView(
                recording.getRecordingId(),
                Wire.word(recording.getKind().name(), "RECORDING_KIND_"),
                Wire.text(recording.getCallId()),
                Wire.text(recording.getMailbox()),
                Wire.text(caller.shown(recording.getCallerNumber())),
                Wire.text(recording.getLanguage()),
                Wire.time(recording.hasStartedAt(), recording.getStartedAt()),
                Wire.duration(recording.hasLength(), recording.getLength()),
                Wire.word(recording.getState().name(), "RECORDING_STATE_"),
                Wire.time(recording.hasKeepUntil(), recording.getKeepUntil()),
                Wire.word(recording.getEnd().name(), "RECORDING_END_"),
                Wire.text(recording.getAgentExtension()),
                recording.getChannels());
    }

    /**
     * Somebody did something with a recording.
     *
     * @param deed listened, downloaded, heard, unheard, deleted, restored or purged
     */
    public record AccessView(Instant at, String by, String extension, String deed) {

        static AccessView of(RecordingAccess access) {
            return new AccessView(
                    Wire.time(access.hasAt(), access.getAt()),
                    access.getActor().getId(),
                    Wire.text(access.getActor().getExtension()),
                    access.getDeed());
        }
    }
}
