package dev.millrace.erp.imports;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Whose tax numbers are whose: each belongs to one code. */
final class GstinHolders {
    private final Map<String, String> codes = new HashMap<>();

    void put(Optional<String> gstin, String code) {
        gstin.ifPresent(text -> codes.put(text, code));
    }

    /** Takes the number for the code, or says in the row whose it is. */
    void claim(Optional<String> gstin, String code, Cells cells) {
        gstin.ifPresent(text -> {
            String holder = codes.putIfAbsent(text, code);
            if (holder != null && !holder.equals(code)) {
                cells.add(
                        "gstin",
                        text,
                        "gstin_taken",
                        "Expected a GSTIN of its own but " + text + " is that of " + holder
                                + ": correct one of the two");
            }
        });
    }
}
