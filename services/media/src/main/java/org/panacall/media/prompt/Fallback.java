// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.prompt;

/** What is played when a prompt is not there in the language that was wished; best first. */
public enum Fallback {
    /** The prompt in the tenant's own language. */
    OWN_LANGUAGE,
    /** Audio in any other. */
    OTHER_LANGUAGE,
    /** The built-in tune. */
    MUSIC,
    /** The text, spoken. */
    TEXT,
    /** 0.4 s of tone. */
    TONE
}
