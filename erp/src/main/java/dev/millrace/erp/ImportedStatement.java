package dev.millrace.erp;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;

/**
 * A GSTR-2B that was imported.
 *
 * @param itcAvailable the credit that it shows
 * @param importedBy in words, for people
 */
public record ImportedStatement(
        YearMonth period, int documents, BigDecimal itcAvailable, String importedBy, Instant importedAt) {}
