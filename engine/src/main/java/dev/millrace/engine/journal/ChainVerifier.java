package dev.millrace.engine.journal;

import dev.millrace.engine.ChainHead;
import dev.millrace.engine.Tx;
import dev.millrace.engine.journal.JournalRows.Cut;
import dev.millrace.engine.journal.JournalRows.Head;
import dev.millrace.engine.journal.JournalRows.Sealed;
import dev.millrace.engine.journal.JournalRows.Unsealed;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Recomputes a tenant's chain from its first kept entry, and the chains of its executions, in one transaction. */
public final class ChainVerifier {
    private static final int PAGE = 1000;

    private final Optional<Cut> cut;
    private final Optional<ChainHead> exported;
    private long seq;
    private String hash;

    private ChainVerifier(Optional<Cut> cut, Optional<ChainHead> exported) {
        this.cut = cut;
        this.exported = exported;
        this.seq = cut.map(Cut::fromSeq).orElse(0L);
        this.hash = cut.map(Cut::fromHash).orElse("");
    }

    /**
     * @param entries in all; {@code sealed} of them numbered
     * @param unsealed younger than a minute is no fault
     * @param firstBroken the first seal at which the chain does not hold
     */
    public record Verified(boolean ok, long entries, long sealed, long unsealed, Optional<Broken> firstBroken) {}

    /** What is wrong, said so that a person can look at it. */
    public record Broken(long seq, String reason) {}

    /**
     * @param exported the chain must go through this head, which was kept elsewhere: that finds a tail that was cut off
     *     and a chain that was written anew
     */
    public static Verified verify(Tx tx, Optional<ChainHead> exported) {
        // Read first: what is sealed meanwhile lies behind it.
        Head head = JournalRows.head(tx);
        Unsealed unsealed = JournalRows.unsealed(tx);
        var walk = new ChainVerifier(JournalRows.cut(tx), exported);
        Optional<Broken> broken = walk.walk(tx, head)
                .or(() -> walk.checkHead(head))
                .or(() -> walk.checkExported(tx, head))
                .or(() -> walk.checkLinks(tx, head))
                .or(() -> checkUnsealed(head, unsealed));
        return new Verified(broken.isEmpty(), head.seq() + unsealed.count(), head.seq(), unsealed.count(), broken);
    }

    private Optional<Broken> walk(Tx tx, Head head) {
        Optional<UUID> cutBefore = cut.map(Cut::before);
        List<Sealed> page;
        do {
            page = JournalRows.sealedFrom(tx, seq, cutBefore, PAGE);
            for (Sealed seal : page) {
                if (seal.seq() > head.seq()) {
                    return Optional.empty();
                }
                Optional<Broken> broken = check(seal);
                if (broken.isPresent()) {
                    return broken;
                }
                seq = seal.seq();
                hash = seal.hash();
            }
        } while (page.size() == PAGE);
        return Optional.empty();
    }

    private Optional<Broken> check(Sealed seal) {
        if (seal.seq() != seq + 1) {
            return broken(seq + 1, "this seal is missing");
        }
        if (seal.entry().isEmpty()) {
            boolean dropped = seal.cut() && seal.seq() <= cut.map(Cut::lastSeq).orElse(0L);
            return dropped ? Optional.empty() : broken(seal.seq(), "the entry of this seal is missing");
        }
        String expected = Chain.hash(hash, seal.seq(), seal.entry().get());
        if (!expected.equals(seal.hash())) {
            return broken(seal.seq(), "the entry or its seal was changed");
        }
        return exported.filter(e -> e.seq() == seal.seq() && !e.hash().equals(seal.hash()))
                .flatMap(e -> rewritten(seal.seq()));
    }

    private Optional<Broken> checkHead(Head head) {
        return head.seq() == seq && head.hash().equals(hash)
                ? Optional.empty()
                : broken(Math.min(head.seq(), seq) + 1, "the chain ends elsewhere than its head says");
    }

    /** What lies above the end, or below the first kept entry, was not met on the way. */
    private Optional<Broken> checkExported(Tx tx, Head head) {
        return exported.flatMap(e -> {
            if (e.seq() > head.seq()) {
                return broken(
                        head.seq() + 1,
                        "the chain ends here, but it went up to " + e.seq()
                                + " when its head was exported: its end was cut off");
            }
            return e.seq() == 0
                            || JournalRows.hash(tx, e.seq())
                                    .filter(e.hash()::equals)
                                    .isPresent()
                    ? Optional.empty()
                    : rewritten(e.seq());
        });
    }

    private static Optional<Broken> rewritten(long seq) {
        return broken(seq, "the chain had another hash here when its head was exported: it was written anew");
    }

    /** What was changed before it was sealed fits its seal and not the entry before it. */
    private Optional<Broken> checkLinks(Tx tx, Head head) {
        return LinkRows.firstMisfit(tx, cut.isPresent())
                .flatMap(misfit -> broken(
                        misfit.seq().orElse(head.seq() + 1),
                        "the history of execution " + misfit.execution() + " does not hold at its entry "
                                + misfit.entry()));
    }

    private static Optional<Broken> checkUnsealed(Head head, Unsealed unsealed) {
        return unsealed.overdue() == 0
                ? Optional.empty()
                : broken(
                        head.seq() + 1,
                        unsealed.overdue()
                                + " entries older than a minute have no seal: they were put in past the sealer,"
                                + " or it does not run");
    }

    private static Optional<Broken> broken(long seq, String reason) {
        return Optional.of(new Broken(seq, reason));
    }
}
