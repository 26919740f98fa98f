package dev.millrace.erp.gst;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.Locale;

/**
 * The number under which the portal knows a document: the SHA-256 of seller, financial year, type and number. The
 * same document has the same one, whoever computes it and however often it is sent.
 */
public final class Irn {
    private static final int APRIL = 4;

    private Irn() {}

    /** Of a document as the portal takes it: since 1 June 2025 it hashes the number in upper case. */
    public static String of(String sellerGstin, DocumentType type, String number, LocalDate date) {
        return hash(sellerGstin, financialYear(date), type, number.toUpperCase(Locale.ROOT));
    }

    /**
     * @param financialYear {@code 2026-27}
     * @param number hashed as it is
     */
    static String hash(String sellerGstin, String financialYear, DocumentType type, String number) {
        try {
            byte[] parts = (sellerGstin + financialYear + type + number).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(parts));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** India's, from April to March, whatever year the company itself keeps: {@code 2026-27}. */
    public static String financialYear(LocalDate date) {
        int first = date.getMonthValue() < APRIL ? date.getYear() - 1 : date.getYear();
        return first + "-" + String.format("%02d", (first + 1) % 100);
    }
}
