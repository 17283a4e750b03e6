// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.contacts.file;

/** A file of which nothing is taken; says why, without anything that stands in it. */
public final class FileRefused extends Exception {

    private static final long serialVersionUID = 1L;

    FileRefused(String why) {
        super(why);
    }
}
