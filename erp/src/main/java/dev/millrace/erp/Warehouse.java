package dev.millrace.erp;

import java.util.Optional;
import java.util.UUID;

/**
 * A place where goods are kept.
 *
 * @param stateCode two digits of the Indian state: deliveries from here are taxed by it
 * @param isDefault goods go here when an order does not say; at most one of a company
 */
public record Warehouse(
        UUID id,
        String code,
        String name,
        Optional<String> stateCode,
        Optional<String> addressLine1,
        Optional<String> city,
        Optional<String> pin,
        boolean isDefault,
        boolean active) {}
