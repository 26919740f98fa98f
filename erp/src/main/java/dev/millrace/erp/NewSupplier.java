package dev.millrace.erp;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * A supplier as it is sent in; nothing of it is checked yet. What is left out of a change is gone.
 *
 * @param pan that of the GSTIN when absent
 * @param stateCode that of the GSTIN when absent
 * @param country ISO 3166-1 alpha-2; the company's when absent
 * @param currency ISO 4217; the company's when absent
 * @param paymentTermsDays 30 when absent
 * @param msme {@code none} when absent
 */
public record NewSupplier(
        String code,
        String name,
        Optional<String> gstin,
        Optional<String> pan,
        Optional<String> stateCode,
        Optional<String> country,
        Optional<String> addressLine1,
        Optional<String> city,
        Optional<String> pin,
        Optional<String> email,
        Optional<String> phone,
        Optional<String> currency,
        Optional<Integer> paymentTermsDays,
        Optional<String> msme,
        Optional<String> udyamNo,
        Optional<String> category,
        Optional<BigDecimal> expectedAnnualSpend) {}
