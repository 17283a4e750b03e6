// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.prompt;

import java.nio.file.Path;

/**
 * Where prompts come from.
 *
 * @param directory of those that were shipped: tenant/language/id.wav
 * @param published what tenants made instead
 * @param audio of what they made
 */
public record PromptSources(
        Path directory, PromptIndex published, AudioStore audio, TextToSpeech speech) {}
