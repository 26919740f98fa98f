package dev.millrace.erp.imports;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Transactions;
import dev.millrace.engine.Tx;
import dev.millrace.erp.ImportJob;
import dev.millrace.erp.ImportJob.Fault;
import dev.millrace.erp.ImportJob.Mode;
import dev.millrace.erp.ImportJob.Status;
import dev.millrace.erp.PostingRefused;
import dev.millrace.erp.Trail;
import dev.millrace.erp.core.MemberRows;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Does one import. Row by row left out or written: in chunks, each a transaction with its progress, so that whoever takes it up
 * after a crash goes on where it was. All or nothing: looked at first, in chunks too, and then written in one transaction.
 */
public final class ImportRun {
    /** Rows of one transaction. */
    static final int CHUNK = 500;

    private static final int FAULTS_KEPT = 1_000;

    private final Transactions transactions;
    private final UUID tenant;
    private final UUID id;
    private final KindImport kind;
    private final CsvFile file;
    private final Trail trail;
    private final ImportRows rows = new ImportRows();
    private final MemberRows members = new MemberRows();

    public ImportRun(Transactions transactions, UUID tenant, UUID id, KindImport kind, CsvFile file, Trail trail) {
        this.transactions = transactions;
        this.tenant = tenant;
        this.id = id;
        this.kind = kind;
        this.file = file;
        this.trail = trail;
    }

    /** Somebody else does it, or has done it. */
    private static final class Taken extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Taken() {
            super("another node has this import", null, false, false);
        }
    }

    /** Rows that were sound when they were looked at are not any more. */
    private static final class NotSound extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient List<Fault> faults;

        NotSound(List<Outcome> outcomes) {
            super("rows have faults", null, false, false);
            this.faults = faultsOf(outcomes);
        }
    }

    public void run() {
        try {
            ImportJob job = begin();
            boolean leavesOut = job.mode() == Mode.SKIP;
            inChunks(job.rowsDone(), chunk -> look(chunk, leavesOut && !job.dryRun()));
            if (leavesOut || job.dryRun()) {
                finish();
            } else {
                writeAll();
            }
        } catch (Taken e) {
            // Its own node ends it.
        }
    }

    /** What is only looked at is looked at anew after a crash: nothing of it was written. */
    private ImportJob begin() {
        return transactions.run(tenant, tx -> {
            ImportJob job = held(tx);
            boolean goesOn = job.mode() == Mode.SKIP && !job.dryRun();
            if (!goesOn) {
                rows.clearFaults(tx, id);
            }
            rows.set(tx, id, Status.RUNNING, goesOn ? Tally.of(job) : Tally.NOTHING);
            return rows.find(tx, id).orElseThrow();
        });
    }

    private ImportJob held(Tx tx) {
        return rows.hold(tx, id).orElseThrow(Taken::new);
    }

    /** A row, and what is wrong with it if an earlier row is about the same thing. */
    private record Looked(Row row, Optional<Fault> repeats) {}

    private void inChunks(int passed, Consumer<List<Looked>> taker) {
        var chunks = new Chunks(passed, taker);
        file.forEachRow(chunks);
        chunks.flush();
    }

    /** Collects rows until there are enough for a transaction. */
    private final class Chunks implements Consumer<Row> {
        private final RepeatedRows repeated = new RepeatedRows(kind.key());
        private final List<Looked> chunk = new ArrayList<>();
        private final Consumer<List<Looked>> taker;
        private int toPass;

        /**
         * @param toPass rows at the beginning that are done already
         */
        Chunks(int toPass, Consumer<List<Looked>> taker) {
            this.toPass = toPass;
            this.taker = taker;
        }

        @Override
        public void accept(Row row) {
            var looked = new Looked(row, repeated.fault(row));
            if (toPass > 0) {
                toPass--;
                return;
            }
            chunk.add(looked);
            if (chunk.size() == CHUNK) {
                flush();
            }
        }

        void flush() {
            if (!chunk.isEmpty()) {
                taker.accept(List.copyOf(chunk));
                chunk.clear();
            }
        }
    }

    private void look(List<Looked> chunk, boolean write) {
        try {
            lookAt(chunk, write);
        } catch (RuntimeException e) {
            Optional<String> refusal = refusal(e);
            if (refusal.isEmpty()) {
                throw e;
            }
            if (chunk.size() > 1) {
                // One of them is not taken: which, they tell one by one.
                chunk.forEach(one -> look(List.of(one), write));
                return;
            }
            Fault fault = notTaken(chunk.getFirst().row().number(), refusal.get());
            transactions.run(tenant, tx -> progress(tx, held(tx), List.of(new Outcome.Refused(List.of(fault)))));
        }
    }

    private void lookAt(List<Looked> chunk, boolean write) {
        transactions.run(tenant, tx -> {
            ImportJob job = held(tx);
            return progress(tx, job, taken(tx, chunk, write, actor(tx, job)));
        });
    }

    /** In the rows' order; those that repeat an earlier one are not taken. */
    private List<Outcome> taken(Tx tx, List<Looked> chunk, boolean write, Actor actor) {
        List<Row> once = chunk.stream()
                .filter(one -> one.repeats().isEmpty())
                .map(Looked::row)
                .toList();
        Deque<Outcome> outcomes = new ArrayDeque<>(kind.take(tx, once, write, actor));
        return chunk.stream()
                .map(one -> one.repeats()
                        .<Outcome>map(fault -> new Outcome.Refused(List.of(fault)))
                        .orElseGet(outcomes::removeFirst))
                .toList();
    }

    private ImportJob progress(Tx tx, ImportJob job, List<Outcome> outcomes) {
        keep(tx, job.errors(), faultsOf(outcomes));
        rows.set(tx, id, Status.RUNNING, Tally.of(job).with(outcomes));
        return job;
    }

    private void keep(Tx tx, int before, List<Fault> faults) {
        int room = Math.clamp(FAULTS_KEPT - before, 0, faults.size());
        rows.addFaults(tx, id, before + 1, faults.subList(0, room));
    }

    private static List<Fault> faultsOf(List<Outcome> outcomes) {
        return outcomes.stream()
                .filter(Outcome.Refused.class::isInstance)
                .flatMap(outcome -> ((Outcome.Refused) outcome).faults().stream())
                .toList();
    }

    private void writeAll() {
        try {
            transactions.run(tenant, tx -> {
                ImportJob job = held(tx);
                if (job.skipped() > 0) {
                    return end(tx, job, Status.FAILED);
                }
                inChunks(0, chunk -> write(tx, chunk, actor(tx, job)));
                return end(tx, job, Status.COMPLETED);
            });
        } catch (NotSound e) {
            fail(e.faults);
        } catch (RuntimeException e) {
            String refusal = refusal(e).orElseThrow(() -> e);
            fail(List.of(notTaken(1, refusal)));
        }
    }

    private void write(Tx tx, List<Looked> chunk, Actor actor) {
        List<Outcome> outcomes = taken(tx, chunk, true, actor);
        if (outcomes.stream().anyMatch(Outcome.Refused.class::isInstance)) {
            throw new NotSound(outcomes);
        }
    }

    /** Something changed between looking and writing. */
    private void fail(List<Fault> faults) {
        transactions.run(tenant, tx -> {
            ImportJob job = held(tx);
            keep(tx, 0, faults);
            int refused = (int) faults.stream().mapToInt(Fault::row).distinct().count();
            rows.set(
                    tx,
                    id,
                    Status.RUNNING,
                    new Tally(0, 0, Math.max(0, job.rowsTotal() - refused), refused, faults.size()));
            return end(tx, rows.find(tx, id).orElseThrow(), Status.FAILED);
        });
    }

    private void finish() {
        transactions.run(tenant, tx -> end(tx, held(tx), Status.COMPLETED));
    }

    private ImportJob end(Tx tx, ImportJob job, Status status) {
        rows.set(tx, id, status, Tally.of(job));
        if (!job.dryRun()) {
            trail.write(
                    tx,
                    actor(tx, job),
                    status == Status.COMPLETED ? "import.completed" : "import.failed",
                    "import",
                    id,
                    Optional.empty(),
                    Optional.of(status.name().toLowerCase(Locale.ROOT)),
                    words(job, status));
        }
        return job;
    }

    private static String words(ImportJob job, Status status) {
        String what = job.kind().path() + " from " + job.fileName() + ": ";
        return status == Status.FAILED
                ? what + "nothing was written, " + job.skipped()
                        + (job.skipped() == 1 ? " row has errors" : " rows have errors")
                : what + job.created() + " created, " + job.updated() + " changed, " + job.unchanged() + " as before, "
                        + job.skipped() + " left out";
    }

    private Actor actor(Tx tx, ImportJob job) {
        return Optional.ofNullable(members.byIds(tx, List.of(job.askedBy())).get(job.askedBy()))
                .map(Actor::user)
                .orElse(Actor.SYSTEM);
    }

    private static Fault notTaken(int row, String refusal) {
        return new Fault(
                row,
                "",
                "",
                "not_taken",
                "The row was refused when it was written (" + refusal + "): correct it and bring the file in again");
    }

    /** Why a row is not taken, if it is that and not the database that is away. */
    private static Optional<String> refusal(RuntimeException e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof PostingRefused refused) {
                return Optional.of(String.valueOf(refused.getMessage()));
            }
            if (t instanceof SQLException sql && sql.getSQLState() != null && isOfTheData(sql.getSQLState())) {
                return Optional.of(
                        String.valueOf(sql.getMessage()).lines().findFirst().orElse(""));
            }
        }
        return Optional.empty();
    }

    /** Data exceptions and violated constraints. */
    private static boolean isOfTheData(String sqlState) {
        return sqlState.startsWith("22") || sqlState.startsWith("23");
    }
}
