// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.queues;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.panacall.desktop.problems.Problem;
import org.panacall.desktop.problems.Problem.Mistake;
import org.panacall.desktop.queues.QueueMembersResource.Share;
import org.panacall.desktop.queues.QueueMembersResource.Shares;
import org.panacall.proto.directory.v1.MemberShare;

/** Percentages as people say them, as the shares in proportion that a queue keeps. */
final class Percentages {

    private static final BigDecimal ALL = BigDecimal.valueOf(100);
    private static final int DECIMALS = 2;

    private Percentages() {}

    /** A problem when they make no sense together. */
    static List<MemberShare> of(Shares wish) {
        if (wish == null || wish.shares() == null || wish.shares().isEmpty()) {
            throw Problem.mistake("shares", "are missing");
        }
        var mistakes = new ArrayList<Mistake>();
        var seen = new HashSet<String>();
        for (int i = 0; i < wish.shares().size(); i++) {
            check("shares[" + i + "]", wish.shares().get(i), seen, mistakes);
        }
        if (mistakes.isEmpty() && sum(wish).compareTo(ALL) != 0) {
            mistakes.add(new Mistake("shares", "must add up to 100, are " + sum(wish)));
        }
        if (!mistakes.isEmpty()) {
            throw Problem.mistakes(mistakes);
        }
        boolean whole = wish.shares().stream().allMatch(one -> decimals(one.percent()) <= 0);
        return wish.shares().stream().map(one -> share(one, whole ? 0 : DECIMALS)).toList();
    }

    private static void check(
            String at, Share share, HashSet<String> seen, List<Mistake> mistakes) {
        if (share == null || share.extension() == null == (share.group() == null)) {
            mistakes.add(new Mistake(at, "must name an extension or a group"));
            return;
        }
        if (!seen.add(share.group() == null ? share.extension() : "group " + share.group())) {
            mistakes.add(new Mistake(at, "is there twice; keep one"));
        }
        var percent = share.percent();
        if (percent == null
                || percent.signum() < 0
                || percent.compareTo(ALL) > 0
                || decimals(percent) > DECIMALS) {
            mistakes.add(
                    new Mistake(at + ".percent", "must be 0 to 100, with at most two decimals"));
        }
    }

    private static int decimals(BigDecimal percent) {
        return percent.stripTrailingZeros().scale();
    }

    private static BigDecimal sum(Shares wish) {
        return wish.shares().stream().map(Share::percent).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static MemberShare share(Share share, int decimals) {
        var made =
                MemberShare.newBuilder()
                        .setShare(share.percent().movePointRight(decimals).intValueExact());
        return share.group() == null
                ? made.setExtension(share.extension()).build()
                : made.setGroup(share.group()).build();
    }
}
