// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.outside;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.panacall.ivr.IvrConfig;

/** Settings as they are shipped, but for some. */
public final class OutsideSettings {

    private static final int FIRST = 500;

    private OutsideSettings() {}

    public static IvrConfig.OutsideConfig of(Map<String, String> changed) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withSources(new PropertiesConfigSource(changed, "changed", FIRST))
                .withMapping(IvrConfig.class)
                .build()
                .getConfigMapping(IvrConfig.class)
                .outside();
    }
}
