package dev.millrace.erp.imports;

import dev.millrace.erp.ImportJob;
import java.util.List;

/** How many rows came to what. */
public record Tally(int created, int updated, int unchanged, int skipped, int errors) {
    static final Tally NOTHING = new Tally(0, 0, 0, 0, 0);

    static Tally of(ImportJob job) {
        return new Tally(job.created(), job.updated(), job.unchanged(), job.skipped(), job.errors());
    }

    Tally with(List<Outcome> outcomes) {
        Tally tally = this;
        for (Outcome outcome : outcomes) {
            tally = switch (outcome) {
                case Outcome.Created more ->
                    new Tally(tally.created + 1, tally.updated, tally.unchanged, tally.skipped, tally.errors);
                case Outcome.Updated more ->
                    new Tally(tally.created, tally.updated + 1, tally.unchanged, tally.skipped, tally.errors);
                case Outcome.Unchanged more ->
                    new Tally(tally.created, tally.updated, tally.unchanged + 1, tally.skipped, tally.errors);
                case Outcome.Refused refused ->
                    new Tally(
                            tally.created,
                            tally.updated,
                            tally.unchanged,
                            tally.skipped + 1,
                            tally.errors + refused.faults().size());
            };
        }
        return tally;
    }

    int done() {
        return created + updated + unchanged + skipped;
    }
}
