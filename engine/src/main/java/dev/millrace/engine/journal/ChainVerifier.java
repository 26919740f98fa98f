package dev.millrace.engine.journal;

import dev.millrace.engine.Tx;
import dev.millrace.engine.journal.JournalRows.Head;
import dev.millrace.engine.journal.JournalRows.Sealed;
import java.util.List;
import java.util.Optional;

/** Recomputes a tenant's chain from its first seal, in one transaction's eyes. */
public final class ChainVerifier {
    private static final int PAGE = 1000;

    private ChainVerifier() {}

    /**
     * @param entries in all; {@code sealed} of them numbered
     * @param firstBroken the first seal at which the chain does not hold
     */
    public record Verified(boolean ok, long entries, long sealed, long unsealed, Optional<Broken> firstBroken) {}

    /** What is wrong, said so that a person can look at it. */
    public record Broken(long seq, String reason) {}

    public static Verified verify(Tx tx) {
        long seq = 0;
        String hash = "";
        List<Sealed> page;
        do {
            page = JournalRows.sealedFrom(tx, seq, PAGE);
            for (Sealed seal : page) {
                Optional<Broken> broken = check(seal, seq, hash);
                if (broken.isPresent()) {
                    return verified(tx, broken);
                }
                seq = seal.seq();
                hash = seal.hash();
            }
        } while (page.size() == PAGE);
        return verified(tx, checkHead(JournalRows.head(tx), seq, hash));
    }

    private static Optional<Broken> check(Sealed seal, long previousSeq, String previousHash) {
        if (seal.seq() != previousSeq + 1) {
            return Optional.of(new Broken(previousSeq + 1, "this seal is missing"));
        }
        if (seal.entry().isEmpty()) {
            return Optional.of(new Broken(seal.seq(), "the entry of this seal is missing"));
        }
        String expected = Chain.hash(previousHash, seal.seq(), seal.entry().get());
        return expected.equals(seal.hash())
                ? Optional.empty()
                : Optional.of(new Broken(seal.seq(), "the entry or its seal was changed"));
    }

    private static Optional<Broken> checkHead(Head head, long seq, String hash) {
        if (head.seq() == seq && head.hash().equals(hash)) {
            return Optional.empty();
        }
        return Optional.of(new Broken(Math.min(head.seq(), seq) + 1, "the chain ends elsewhere than its head says"));
    }

    private static Verified verified(Tx tx, Optional<Broken> broken) {
        long sealed = JournalRows.head(tx).seq();
        long unsealed = JournalRows.countUnsealed(tx, 0);
        return new Verified(broken.isEmpty(), sealed + unsealed, sealed, unsealed, broken);
    }
}
