package dev.millrace.engine;

import java.time.ZoneId;
import java.util.UUID;

/**
 * What definitions see as {@code tenant}.
 *
 * @param currency ISO 4217
 * @param country ISO 3166-1 alpha-2
 * @param taxRegime {@code IN_GST}, {@code EU_VAT} or {@code none}
 */
public record TenantInfo(
        UUID id, String slug, String name, String currency, String country, ZoneId timeZone, String taxRegime) {}
