package dev.millrace.erp.payments;

import dev.millrace.engine.Tx;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** What a module tells of those of one type who pay or are paid. */
public interface Payee {
    /** {@code supplier}, {@code customer} or {@code employee}. */
    String type();

    /** They stay as they are until the transaction ends (a share lock); empty: there is nobody with this id. */
    Optional<Facts> hold(Tx tx, UUID id);

    /**
     * @param blocked nothing is paid to them
     * @param bankVerified their bank data were verified since they were last changed
     * @param msme a micro or small enterprise, whom the law has paid in time
     */
    record Facts(
            String name,
            Optional<String> email,
            boolean blocked,
            boolean bankVerified,
            Optional<Instant> bankChangedAt,
            boolean msme) {}
}
