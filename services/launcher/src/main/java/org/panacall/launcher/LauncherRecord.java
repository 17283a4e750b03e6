// SPDX-License-Identifier: Apache-2.0
package org.panacall.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.panacall.launcher.supervisor.ChildStatus;
import org.panacall.launcher.supervisor.ChildStatus.Identity;
import org.panacall.launcher.supervisor.ChildStatus.Phase;
import org.panacall.launcher.supervisor.ProcessTable;

/** What the other commands know of the launcher that runs the platform of a run directory. */
record LauncherRecord(Path runDirectory) {

    static final String NAME = "launcher";

    void write(Phase phase) throws IOException {
        long pid = ProcessHandle.current().pid();
        var startTime = ProcessTable.startTime(pid).orElseThrow();
        var identity = new Identity(NAME, pid, startTime);
        new ChildStatus(identity, phase, 0, "", "").write(directory());
    }

    /** The launcher that runs now, if one does. */
    Optional<ChildStatus> living() throws IOException {
        return ChildStatus.read(directory(), NAME).filter(status -> status.identity().isAlive());
    }

    private Path directory() {
        return runDirectory.resolve("state");
    }
}
