package dev.millrace.erp;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Transactions;
import dev.millrace.engine.Tx;
import dev.millrace.erp.core.CompanyRows;
import dev.millrace.erp.core.NotificationRows;
import dev.millrace.erp.core.NotificationRows.Draft;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Mails the end of each company's journal once a day to people who keep it elsewhere: by it a tail that was cut off later,
 * or a journal that was written anew, is found. The mail goes into the outbox like any other, and from there out.
 */
public final class HeadsByMail {
    private final Transactions transactions;
    private final Supplier<UUID> ids;
    private final Trail trail;
    private final List<String> addresses;
    private final Source source;
    private final CompanyRows companies = new CompanyRows();
    private final NotificationRows outbox = new NotificationRows();

    /** For which day this node knows it to be done. Spares the signing; what counts is the outbox. */
    private final Map<UUID, LocalDate> done = new ConcurrentHashMap<>();

    HeadsByMail(Transactions transactions, Supplier<UUID> ids, Trail trail, List<String> addresses, Source source) {
        this.transactions = transactions;
        this.ids = ids;
        this.trail = trail;
        this.addresses = List.copyOf(addresses);
        this.source = source;
    }

    /**
     * The end of a company's journal.
     *
     * @param seq the number of its last entry, 0 before the first
     * @param file what is to be kept: signed, and read by the verification
     */
    public record Head(long seq, String file) {}

    /** Where heads come from. */
    @FunctionalInterface
    public interface Source {
        Head read(Tx tx, Company company);
    }

    /**
     * Puts the mail of the company's day into the outbox, if it is not there yet: with each address once, however many nodes
     * ask however often. A day is the company's own.
     *
     * @return whether this call did it; false also for what is no company, and for a journal without an entry
     */
    public boolean runOnce(UUID tenant) {
        return !addresses.isEmpty() && transactions.run(tenant, tx -> companies.exists(tx) && post(tx));
    }

    private boolean post(Tx tx) {
        Company company = companies.get(tx);
        LocalDate day = company.today(tx.now());
        if (day.equals(done.get(tx.tenant()))) {
            return false;
        }
        Head head = source.read(tx, company);
        if (head.seq() == 0) {
            return false;
        }
        List<String> posted = addresses.stream()
                .filter(address -> outbox.insert(tx, ids.get(), mail(company, day, head, address)))
                .toList();
        if (!posted.isEmpty()) {
            trail.write(
                    tx,
                    Actor.SYSTEM,
                    "journal.head_mailed",
                    "journal",
                    tx.tenant(),
                    Optional.empty(),
                    Optional.empty(),
                    "entry " + head.seq() + " to " + String.join(", ", posted));
        }
        tx.afterCommit(() -> done.put(tx.tenant(), day));
        return !posted.isEmpty();
    }

    private static Draft mail(Company company, LocalDate day, Head head, String address) {
        String body = """
                The journal of %s ended with entry %d when this mail was written.

                Keep this mail where nobody who runs the database can change it. Save what begins with a brace as a file, and
                  ./millrace audit verify --heads FILE
                tells whether the journal still goes through that entry: whether its end was cut off since, or all of it was
                written anew.

                %s
                """.formatted(company.info().name(), head.seq(), head.file());
        return new Draft(
                "email",
                Optional.empty(),
                Optional.of(address),
                Optional.of("Journal of " + company.info().slug() + " on " + day + ": entry " + head.seq()),
                Optional.of(body),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "queued",
                Optional.empty(),
                Optional.of("journal-head/" + day + "/" + address));
    }
}
