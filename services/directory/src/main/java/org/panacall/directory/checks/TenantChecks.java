// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.checks;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.panacall.defaults.tree.Flaw;
import org.panacall.flow.http.AllowedHosts;
import org.panacall.proto.directory.v1.Tenant;

/** All rules that a tenant's own settings must keep, in seeds as well as in edits. */
public final class TenantChecks {

    private static final int NAME_MAX = 100;
    private static final int HOSTS_MAX = 50;
    private static final Pattern LANGUAGE = Pattern.compile("ru|uk|en");
    private static final Pattern LIST = Pattern.compile("[a-z][A-Za-z0-9_]{0,39}");
    private static final Pattern LISTED = Pattern.compile("\\+[1-9][0-9]{0,14}\\*?");
    private static final Pattern OUTSIDE = Pattern.compile("\\+[1-9][0-9]{0,14}");
    private static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}");

    /** One rule. */
    interface TenantCheck {

        /**
         * Adds what is wrong.
         *
         * @param whole the tenant as it would be, with its lists
         */
        void check(Tenant tenant, Tenant whole, Faults faults);
    }

    /** One a line; whoever adds a field to tenants adds its rule. */
    private static final List<TenantCheck> ALL =
            List.of(
                    (tenant, whole, faults) -> Shape.check(tenant, faults),
                    TenantChecks::words,
                    TenantChecks::zone,
                    TenantChecks::categories,
                    WorkChecks::reasons,
                    WorkChecks::calendars,
                    TenantChecks::numberLists,
                    TenantChecks::outside,
                    TenantChecks::references,
                    TenantChecks::outsideHosts);

    private TenantChecks() {}

    /**
     * Everything wrong with a tenant's own settings; fields have their JSON names.
     *
     * @param present the tenant with its lists, in which the settings would come
     */
    public static List<Flaw> flaws(Tenant tenant, Tenant present) {
        var whole =
                tenant.toBuilder()
                        .addAllNumbers(present.getNumbersList())
                        .addAllQueues(present.getQueuesList())
                        .addAllPeople(present.getPeopleList())
                        .addAllServiceExtensions(present.getServiceExtensionsList())
                        .addAllFlows(present.getFlowsList())
                        .build();
        var faults = new Faults();
        ALL.forEach(check -> check.check(tenant, whole, faults));
        return faults.all();
    }

    private static void words(Tenant tenant, Tenant whole, Faults faults) {
        if (tenant.getName().isBlank() || tenant.getName().length() > NAME_MAX) {
            faults.add("name", "must have 1 to " + NAME_MAX + " characters");
        }
        if (!LANGUAGE.matcher(tenant.getLanguage()).matches()) {
            faults.add("language", "must be ru, uk or en");
        }
        if (!COUNTRY.matcher(tenant.getCountry()).matches()) {
            faults.add("country", "must be a code like RU");
        }
        if (!ConductChecks.E164.matcher(tenant.getDefaultCallerNumber()).matches()) {
            faults.add("defaultCallerNumber", "must be a number like +74950000100");
        }
    }

    private static void zone(Tenant tenant, Tenant whole, Faults faults) {
        try {
            ZoneId.of(tenant.getTimeZone());
        } catch (DateTimeException unknown) {
            faults.add("timeZone", "must be an IANA zone like Europe/Moscow");
        }
    }

    private static void categories(Tenant tenant, Tenant whole, Faults faults) {
        tenant.getCategoriesMap().forEach((name, time) -> MatchChecks.category(faults, name, time));
    }

    private static void numberLists(Tenant tenant, Tenant whole, Faults faults) {
        var ids = new TreeSet<String>();
        for (int i = 0; i < tenant.getNumberListsCount(); i++) {
            var list = tenant.getNumberLists(i);
            var at = "numberLists[" + i + "]";
            if (!LIST.matcher(list.getListId()).matches()) {
                faults.add(at + ".listId", "must be a letter, then letters, digits and _");
            } else if (!ids.add(list.getListId())) {
                faults.add(at + ".listId", "is there twice; choose another");
            }
            for (int j = 0; j < list.getNumbersCount(); j++) {
                if (!LISTED.matcher(list.getNumbers(j)).matches()) {
                    faults.add(
                            at + ".numbers[" + j + "]",
                            "must be a number like +74950000100, or a beginning like +7495*");
                }
            }
        }
    }

    private static void outsideHosts(Tenant tenant, Tenant whole, Faults faults) {
        if (tenant.getOutsideHostsCount() > HOSTS_MAX) {
            faults.add("outsideHosts", "are more than " + HOSTS_MAX);
        }
        for (int i = 0; i < tenant.getOutsideHostsCount(); i++) {
            if (!AllowedHosts.isEntry(tenant.getOutsideHosts(i))) {
                faults.add(
                        "outsideHosts[" + i + "]",
                        "must be like mis.clinic.ru, *.clinic.ru:8443 or http://mis.local");
            }
        }
    }

    private static void outside(Tenant tenant, Tenant whole, Faults faults) {
        for (int i = 0; i < tenant.getOutsidePrefixesCount(); i++) {
            if (!OUTSIDE.matcher(tenant.getOutsidePrefixes(i)).matches()) {
                faults.add("outsidePrefixes[" + i + "]", "must be a beginning like +7495");
            }
        }
    }

    /** What is taken away must not be used any more. */
    private static void references(Tenant tenant, Tenant whole, Faults faults) {
        References.checkLists(whole, faults);
    }
}
