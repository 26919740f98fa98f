package dev.millrace.erp;

/**
 * One thing wrong with what was sent in.
 *
 * @param code stable, {@code supplier_unknown}
 * @param path within the input, {@code lines[0].quantity}
 * @param message what was expected, what there is, what to do
 */
public record InputProblem(String code, String path, String message) {}
