package dev.millrace.language;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * What {@link Shapes#fit} made of a value.
 *
 * @param value every declared field present, in declared order; absent optional ones hold their default or
 *     null; decimals are numbers; one value where a list is meant is a list of one
 * @param misfits empty when the value fits
 */
public record Fitted(ObjectNode value, List<Misfit> misfits) {
    public Fitted {
        misfits = List.copyOf(misfits);
    }

    public boolean fits() {
        return misfits.isEmpty();
    }

    /**
     * One thing that does not fit.
     *
     * @param code {@code required}, {@code unknown_field}, {@code type_mismatch}, {@code out_of_range},
     *     {@code not_one_of}, {@code exactly_one_of}
     * @param path within the value, {@code lines[0].quantity}
     */
    public record Misfit(String code, String path, String message) {}
}
