package dev.millrace.erp;

import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * A company to set up.
 *
 * @param slug lower case letters, digits and hyphens: what people sign in with
 * @param taxRegime {@code IN_GST} (needs a state code), {@code EU_VAT} or {@code none}
 * @param modules out of {@link ErpCatalogue#MODULES}; {@code core} is always among them
 * @param people at least the first one, who should hold {@link Permissions#ADMIN}
 */
public record NewCompany(
        String slug,
        String name,
        String legalName,
        String baseCurrency,
        String country,
        ZoneId timeZone,
        String taxRegime,
        Optional<String> gstin,
        Optional<String> stateCode,
        Optional<String> addressLine1,
        Optional<String> city,
        Optional<String> pin,
        int fiscalYearStartMonth,
        List<String> modules,
        List<NewMember> people) {
    public NewCompany {
        modules = List.copyOf(modules);
        people = List.copyOf(people);
        if (!ErpCatalogue.MODULES.containsAll(modules) || !modules.contains("core")) {
            throw new IllegalArgumentException(
                    "Expected modules out of " + ErpCatalogue.MODULES + ", core among them, but got " + modules);
        }
    }

    /**
     * @param passwordHash as the sign-in compares it; never the password
     */
    public record NewMember(
            String name, String email, String passwordHash, Optional<String> phone, List<String> roles) {
        public NewMember {
            roles = List.copyOf(roles);
        }
    }
}
