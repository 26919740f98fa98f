package dev.millrace.engine;

/**
 * The end of a tenant's chain at some moment: kept elsewhere, it shows later that nothing up to it was cut off or written
 * anew.
 *
 * @param seq 0 for a journal without entries
 * @param hash in hexadecimal; empty for seq 0
 */
public record ChainHead(long seq, String hash) {}
