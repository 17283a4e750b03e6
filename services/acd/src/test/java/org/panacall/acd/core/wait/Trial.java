// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.wait;

import java.util.ArrayList;
import java.util.List;

/** Days of one workload, and how true what each rule told was in them. */
final class Trial {

    private static final int LEARNING_DAYS = 3;

    private final List<Errors> rules = new ArrayList<>();
    private final Errors ours = new Errors("ours: mean");
    private final Errors likely = new Errors("ours: nine of ten");
    private final Errors spoken = new Errors("ours: as spoken, when trusted");
    private int callers;

    Trial(Workload workload, int days, long seed) {
        Rules.NAMES.forEach(name -> rules.add(new Errors(name)));
        var world = new WaitWorld(workload, seed);
        world.live(LEARNING_DAYS, caller -> {});
        world.live(days, this::judge);
    }

    /** Those who gave up count too: it is known how long they would have waited. */
    private void judge(WaitWorld.Caller caller) {
        callers++;
        for (int rule = 0; rule < rules.size(); rule++) {
            rules.get(rule).add(caller.told[rule], caller.wait);
        }
        var forecast = caller.forecast;
        ours.add(forecast.expected().toMillis() / 1000.0, caller.wait);
        likely.add(forecast.likely().toMillis() / 1000.0, caller.wait);
        if (Trust.USUAL.in(forecast)) {
            spoken.add(SpokenWait.of(forecast.expected()).most().toSeconds(), caller.wait);
        }
    }

    List<Errors> all() {
        var all = new ArrayList<>(rules);
        all.addAll(List.of(ours, likely, spoken));
        return all;
    }

    Errors asterisk() {
        return rules.get(0);
    }

    Errors oracle() {
        return rules.get(Rules.ORACLE);
    }

    Errors ours() {
        return ours;
    }

    double ofAsterisk() {
        return ours.rootMeanSquare() / asterisk().rootMeanSquare();
    }

    double ofOracle() {
        return ours.rootMeanSquare() / oracle().rootMeanSquare();
    }

    double coverage() {
        return likely.within();
    }

    double spokenShare() {
        return spoken.count() / (double) callers;
    }
}
