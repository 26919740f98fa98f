package dev.millrace.trials.faults;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Schema;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * What a process does when it is killed in the middle of it. That is forced without a word in the product: its data
 * source ends the process at the statement.
 */
enum CrashPoint {
    INTAKE("insert into workflow_events") {
        @Override
        void act(Company company, UUID subject) {
            company.publish(Flavour.STRAIGHT.event(), subject);
        }
    },
    REGISTRATION("insert into workflow_schedules") {
        @Override
        void act(Company company, UUID subject) {
            company.enable(Flavour.SCHEDULED);
        }
    },
    CANCEL("status = 'cancelled'") {
        @Override
        void act(Company company, UUID subject) {
            company.engine().executions().cancel(company.tenant(), subject, Actor.SYSTEM, Optional.empty());
        }
    },
    RETRY("set status = 'running', outcome = null") {
        @Override
        void act(Company company, UUID subject) {
            company.retry(subject);
        }
    },
    SEALER("insert into journal_seals") {
        @Override
        void act(Company company, UUID subject) {
            company.engine().seal();
        }
    },
    MIGRATION("create table approval_requests") {
        @Override
        void act(Company company, UUID subject) {
            throw new IllegalStateException("a migration needs no engine");
        }
    };

    private final String statement;

    CrashPoint(String statement) {
        this.statement = statement;
    }

    /** By a part of its text. */
    String statement() {
        return statement;
    }

    abstract void act(Company company, UUID subject);

    static void migrate(DataSource owner) {
        Schema.migrate(owner, List.of());
    }
}
