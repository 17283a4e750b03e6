// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.audio;

/** An upload that cannot become a prompt. The message says what to do. */
public final class AudioRefused extends Exception {

    private static final long serialVersionUID = 1L;

    AudioRefused(String message) {
        super(message, null, false, false);
    }
}
