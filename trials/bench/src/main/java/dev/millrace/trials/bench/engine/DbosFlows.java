package dev.millrace.trials.bench.engine;

/** What DBOS runs: five steps in a row, and a fan, whose branches are child workflows since it has no parallel step. */
interface DbosFlows {
    int linear();

    int branch();

    int fan();
}
