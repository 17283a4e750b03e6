// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.audio;

import java.time.Duration;
import java.util.OptionalDouble;

/**
 * An upload as it is played.
 *
 * @param wave WAVE, 8 kHz, 16 bit, mono, at even loudness
 * @param format what it came as: "mp3"
 * @param loudness of the upload in LUFS; empty when it was too short to be measured
 */
public record ConvertedAudio(
        byte[] wave, Duration duration, String format, OptionalDouble loudness) {}
