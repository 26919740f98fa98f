package dev.millrace.erp;

import java.util.Optional;
import java.util.UUID;

/**
 * An account of the chart.
 *
 * @param type {@code asset}, {@code liability}, {@code equity}, {@code income} or {@code expense}
 * @param controlKind {@code party}, {@code stock} or {@code grni}: whose documents alone post to it
 * @param currency the only one that it is kept in
 */
public record LedgerAccount(
        UUID id,
        String code,
        String name,
        String type,
        Optional<String> controlKind,
        Optional<String> currency,
        boolean active) {}
