// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.plan;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which tenant an INVITE belongs to and what it asks for: an immutable view of the directory's
 * configuration.
 */
public record DialPlan(long version, List<TenantPlan> tenants, Numbering numbering) {

    public DialPlan {
        tenants = List.copyOf(tenants);
    }

    /** The tenant of this id. */
    public Optional<TenantPlan> tenant(TenantId id) {
        return tenants.stream().filter(tenant -> tenant.id().equals(id)).findFirst();
    }

    /**
     * What a call is to become; empty when nobody has the number dialled.
     *
     * @param dialled user part of the request URI
     * @param caller who says to be calling: user part of P-Asserted-Identity or From
     */
    public Optional<Route> route(TrustedSource source, String dialled, String caller) {
        return switch (source) {
            case TrustedSource.Carrier(var name) -> fromCarrier(name, dialled, caller);
            case TrustedSource.Phone(var user, var domain) ->
                    tenants.stream()
                            .filter(tenant -> tenant.sipDomain().equals(domain))
                            .findFirst()
                            .flatMap(tenant -> fromPhone(tenant, user, dialled));
        };
    }

    /** Carriers write E.164 with or without +, or national numbers of the tenant's country. */
    private Optional<Route> fromCarrier(String carrier, String dialled, String caller) {
        var international = dialled.startsWith("+") ? dialled : "+" + dialled;
        return tenants.stream()
                .map(tenant -> ownNumber(tenant, international, dialled))
                .flatMap(Optional::stream)
                .findFirst()
                .map(found -> inbound(found, carrier, caller));
    }

    private record Found(TenantPlan tenant, String number, TenantPlan.OwnNumber own) {}

    private Optional<Found> ownNumber(TenantPlan tenant, String international, String dialled) {
        return Optional.of(international)
                .filter(tenant.numbers()::containsKey)
                .or(() -> numbering.toE164(dialled, tenant.country()))
                .filter(tenant.numbers()::containsKey)
                .map(number -> new Found(tenant, number, tenant.numbers().get(number)));
    }

    private Route inbound(Found found, String carrier, String caller) {
        var tenant = found.tenant();
        var from =
                numbering
                        .toE164(caller, tenant.country())
                        .or(() -> numbering.toE164("+" + caller, tenant.country()))
                        .orElse("");
        var own = found.own();
        var fallback = own.fallbackQueue().or(tenant::firstQueue);
        return new Route(tenant, own.destination(), fallback, from, found.number(), carrier);
    }

    private Optional<Route> fromPhone(TenantPlan tenant, String user, String dialled) {
        var inside = tenant.extensions().get(dialled);
        if (inside != null) {
            return Optional.of(new Route(tenant, inside, Optional.empty(), user, dialled, ""));
        }
        return numbering
                .toE164(dialled, tenant.country())
                .filter(Predicate.not(String::isEmpty))
                .map(number -> numberFromPhone(tenant, user, number));
    }

    /** A phone that dials one of the tenant's own numbers gets what patients get. */
    private static Route numberFromPhone(TenantPlan tenant, String user, String number) {
        var own = tenant.numbers().get(number);
        return own == null
                ? new Route(
                        tenant, new Destination.Outside(number), Optional.empty(), user, number, "")
                : new Route(
                        tenant,
                        own.destination(),
                        own.fallbackQueue().or(tenant::firstQueue),
                        user,
                        number,
                        "");
    }
}
