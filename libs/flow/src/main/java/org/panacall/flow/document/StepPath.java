// SPDX-License-Identifier: Apache-2.0
package org.panacall.flow.document;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.panacall.proto.directory.v1.FlowOrBuilder;

/** Places in a flow by the names of steps: "steps(menu).menu.keys" for "steps[3].menu.keys". */
public final class StepPath {

    private static final Pattern NUMBERED = Pattern.compile("^steps\\[([0-9]{1,6})\\]");

    private StepPath() {}

    /** The path with the step's own name where it has one. */
    public static String named(FlowOrBuilder flow, String path) {
        var matcher = NUMBERED.matcher(path);
        if (!matcher.find()) {
            return path;
        }
        int number = Integer.parseInt(matcher.group(1));
        var id = number < flow.getStepsCount() ? flow.getSteps(number).getStepId() : "";
        return id.isEmpty()
                ? path
                : matcher.replaceFirst(Matcher.quoteReplacement("steps(" + id + ")"));
    }
}
