// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core.lookup;

import org.panacall.ivr.core.id.Extension;
import org.panacall.ivr.core.id.QueueId;

/** Who takes somebody's calls. */
public sealed interface Target {

    record Person(Extension extension) implements Target {}

    record Registry(QueueId queue) implements Target {}
}
