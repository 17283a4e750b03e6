// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.events;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import org.panacall.desktop.acd.AcdClient;

/** Follows those tenants of which somebody wants to see how they stand. */
@ApplicationScoped
public class FloorFeeds {

    private final AcdClient acd;
    private final Map<String, FloorFeed> feeds = new HashMap<>();

    FloorFeeds(AcdClient acd) {
        this.acd = acd;
    }

    synchronized void add(String tenantId, EventListener listener) {
        feeds.computeIfAbsent(tenantId, id -> new FloorFeed(id, acd)).add(listener);
    }

    synchronized void remove(EventListener listener) {
        feeds.values()
                .removeIf(
                        feed -> {
                            var deserted = feed.remove(listener);
                            if (deserted) {
                                feed.close();
                            }
                            return deserted;
                        });
    }

    @PreDestroy
    synchronized void close() {
        feeds.values().forEach(FloorFeed::close);
        feeds.clear();
    }
}
