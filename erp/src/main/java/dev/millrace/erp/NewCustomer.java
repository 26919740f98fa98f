package dev.millrace.erp;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * A customer as it is sent in; nothing of it is checked yet.
 *
 * @param treatment regular when absent
 * @param country ISO 3166-1 alpha-2; the company's own when absent
 * @param creditLimit in the company's currency; 0 when absent
 * @param creditDays 30 when absent
 */
public record NewCustomer(
        String code,
        String name,
        Optional<String> gstin,
        Optional<Customer.Treatment> treatment,
        Optional<String> stateCode,
        Optional<String> country,
        Optional<String> addressLine1,
        Optional<String> city,
        Optional<String> pin,
        Optional<String> email,
        Optional<String> phone,
        Optional<Boolean> isKeyAccount,
        Optional<BigDecimal> creditLimit,
        Optional<Integer> creditDays) {}
