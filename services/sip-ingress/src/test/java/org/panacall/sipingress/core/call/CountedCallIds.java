// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.call;

import org.panacall.sipingress.core.dialog.LegId;
import org.panacall.sipingress.core.leg.PlayId;

/** Ids that say whose they are and count. */
public final class CountedCallIds implements CallIds {

    private final String owner;
    private int count;

    public CountedCallIds(String owner) {
        this.owner = owner;
    }

    private String next(String what) {
        return "%s_%s%06d".formatted(what, owner, ++count);
    }

    @Override
    public CallId call() {
        return new CallId(next("call"));
    }

    @Override
    public LegId leg() {
        return new LegId(next("leg"));
    }

    @Override
    public PlayId play() {
        return new PlayId(next("play"));
    }

    @Override
    public long sdp() {
        return ++count;
    }

    @Override
    public String traceparent() {
        return "00-%032x-%016x-01".formatted(++count, count);
    }

    @Override
    public String tag() {
        return next("tag").replace("_", "");
    }

    @Override
    public String callId() {
        return next("dialog") + "@" + owner;
    }

    @Override
    public String branch() {
        return next("branch").replace("_", "");
    }

    @Override
    public int below(int bound) {
        return ++count % bound;
    }
}
