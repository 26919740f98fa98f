package dev.millrace.trials.faults;

import dev.millrace.engine.Engine;
import dev.millrace.engine.EventTypes;
import dev.millrace.engine.HintChannel;
import dev.millrace.engine.Holds;
import dev.millrace.engine.NodeSettings;
import dev.millrace.engine.RetentionSettings;
import dev.millrace.engine.action.ActionRegistry;
import dev.millrace.language.EntityType;
import dev.millrace.language.Shape;
import java.util.List;
import javax.sql.DataSource;

/** Engines of a trial, in whatever process. */
final class Nodes {
    private Nodes() {}

    static Engine engine(
            DataSource serving,
            DataSource committers,
            NodeSettings settings,
            ActionRegistry actions,
            Holds holds,
            HintChannel hints) {
        var events = new EventTypes();
        Flavour.EVENTS.forEach(events::register);
        return new Engine(new Engine.Setup(
                serving,
                committers,
                1,
                settings,
                new TrialDirectory(),
                actions,
                events,
                List.of(new EntityType("order", "trial", Shape.FREE)),
                holds,
                hints,
                RetentionSettings.USUAL));
    }
}
