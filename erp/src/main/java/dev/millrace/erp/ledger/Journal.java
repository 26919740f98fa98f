package dev.millrace.erp.ledger;

import java.math.BigDecimal;
import java.util.UUID;

/**
 * A journal that was posted.
 *
 * @param number {@code JV/2026-27/00001}, without gaps
 * @param total of the debit side, in the posting's currency
 */
public record Journal(UUID id, String number, BigDecimal total) {}
