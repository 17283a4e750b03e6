// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.prompt;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** What tenants made of their prompts, as it was last told. Any thread. */
public final class PromptIndex {

    /**
     * A prompt in one language.
     *
     * @param text spoken when there is no audio
     * @param audio its hash; empty when there is none
     */
    public record Published(String text, String audio) {}

    /**
     * All of one tenant.
     *
     * @param language the tenant's own
     * @param prompts by id, then by language
     */
    public record Tenant(String language, Map<String, SortedMap<String, Published>> prompts) {}

    private static final Tenant NONE = new Tenant("", Map.of());

    private volatile Map<String, Tenant> tenants = Map.of();

    /** All that there is now. */
    public void set(Map<String, Tenant> all) {
        tenants = Map.copyOf(all);
    }

    /** The tenant's own language, while it is known. */
    public Optional<String> languageOf(String tenantId) {
        var language = tenants.getOrDefault(tenantId, NONE).language();
        return language.isEmpty() ? Optional.empty() : Optional.of(language);
    }

    Optional<Published> find(PromptName name) {
        return Optional.ofNullable(inAll(name.tenant(), name.id()).get(name.language()));
    }

    /** A prompt by language. */
    SortedMap<String, Published> inAll(String tenantId, String promptId) {
        var prompts = tenants.getOrDefault(tenantId, NONE).prompts().get(promptId);
        return prompts == null ? java.util.Collections.emptySortedMap() : prompts;
    }
}
